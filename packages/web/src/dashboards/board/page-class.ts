/** Of a page that holds a board, and of what stands in for it: nothing moves when the board is there. */
export const PAGE =
  'mx-auto flex w-full max-w-[112rem] flex-col gap-3 px-3 pt-3 pb-8 sm:px-6 sm:pt-5 print:max-w-none print:p-0'
