// Set by the build: what is false leaves no trace in the file.

/** Clicks on links to other hosts and to files. */
declare const LINKS: boolean
/** Page views without a page load: the History API. */
declare const SPA: boolean
/** How long a page was seen, and how far down. */
declare const ENGAGEMENT: boolean
