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
  const absolute = url.startsWith('/') ? null : ABSOLUTE.exec(url)
  if (absolute) return { host: hostName(absolute[1] ?? ''), path: (absolute[2] || '/').slice(0, MAX_PATH) }
  const end = url.search(/[?#]/)
  return { host: '', path: (end < 0 ? url : url.slice(0, end)).slice(0, MAX_PATH) }
}

/** The site that a visit came from, without `www.`; empty when there is none or it is not an address. */
export function referrerHost(referrer: string): string {
  const host = ABSOLUTE.exec(referrer)?.[1]
  return host ? hostName(host).replace(/^www\./, '') : ''
}

const hostName = (authority: string) => authority.toLowerCase().replace(/:\d*$/, '')
