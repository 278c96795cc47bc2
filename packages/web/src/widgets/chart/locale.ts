/** How figures and dates are written for this reader. Not `navigator.language`: some browsers say `en-US@posix` there, which nothing understands. */
export const LOCALE = new Intl.NumberFormat().resolvedOptions().locale
