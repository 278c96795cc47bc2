/** A page's address in parts. For a bare path such as a log's `/a?b=1`, the host is empty. */
export interface PageAddress {
  readonly host: string
  /** Without query and fragment: the key of a page in reports. At most 2,000 characters. */
  readonly path: string
}

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)([^?#]*)/i
const MAX_PATH = 2000

/** Never fails: what is not an address is taken for a path as it stands, so that a broken request is still a line in a report. */
export function pageAddress(url: string): PageAddress {
  if (url === '') return { host: '', path: '' }
  const isPath = url.startsWith('/')
  const absolute = isPath ? null : ABSOLUTE.exec(url)
  if (absolute) return { host: hostName(absolute[1] ?? ''), path: spelled(absolute[2] || '/').slice(0, MAX_PATH) }
  const end = url.search(/[?#]/)
  const path = end < 0 ? url : url.slice(0, end)
  return { host: '', path: (isPath ? spelled(path) : path).slice(0, MAX_PATH) }
}

/**
 * One page has one spelling, whether a client encodes its path or, as Matomo's script, decodes it: letters of all languages as they
 * are read, and what has no place in an address encoded, what cannot be seen as well.
 */
function spelled(path: string): string {
  if (!SPELLED_TWICE.test(path)) return path
  return path.replaceAll(ENCODED_RUN, decodedRun).normalize('NFC').replaceAll(NOT_IN_PATH, encodeURIComponent)
}

const SPELLED_TWICE = /%[89a-f]|[ "<>`{}]|[^\x20-\x7e]/i
const ENCODED_RUN = /(?:%[89a-f][0-9a-f])+/gi
const NOT_IN_PATH = /[ "<>`{}]|(?!\p{Cs})[\p{C}\p{Z}]/gu

function decodedRun(run: string): string {
  try {
    return decodeURIComponent(run)
  } catch {
    return run
  }
}

/** The site that a visit came from, without `www.`; empty when there is none or it is not an address. */
export function referrerHost(referrer: string): string {
  const host = ABSOLUTE.exec(referrer)?.[1]
  return host ? hostName(host).replace(/^www\./, '') : ''
}

const hostName = (authority: string) => authority.toLowerCase().replace(/:\d*$/, '')
