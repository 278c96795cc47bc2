/**
 * Takes the end of every IP address out of a text that is kept although it could not be understood: `192.0.x.x`,
 * `2001:db8:x`. Rather too much than too little: what only looks like an address, such as a version of four small numbers,
 * loses its end as well. Times of day stay. Linear in the text.
 */
export function maskAddresses(text: string): string {
  return text.replace(IPV4, '$1$2$3$2x$2x').replace(IPV6_LIKE, maskedIpv6)
}

// Also in names of hosts, where providers write dashes: 192-0-2-1.example.com.
const IPV4 = /(\d{1,3})([.-])(\d{1,3})\2\d{1,3}\2\d{1,3}/g

/** Hexadecimal digits around two colons or more; in addresses of pages, a colon may be `%3A`. */
const IPV6_LIKE = /(?<![0-9a-f:])[0-9a-f]*(?:(?::|%3a)[0-9a-f]*){2,}/gi

function maskedIpv6(found: string, at: number, text: string): string {
  const [separator = ':'] = /:|%3a/i.exec(found) ?? []
  const groups = found.split(/:|%3a/i)
  const known = groups.filter((group) => group !== '')
  const isPartOfWord = /\w/.test(text.charAt(at - 1)) || /\w/.test(text.charAt(at + found.length))
  const isAddress = found.includes(separator + separator)
    ? known.length > (isPartOfWord && !/\d/.test(found) ? 2 : 0)
    : known.length > 3 && !TIME_OF_DAY.test(found)
  return isAddress ? [...groups.slice(0, 2), 'x'].join(separator) : found
}

/** `10:05:03:123`, or `2015:10:05:03` behind the day and month of a web server. */
const TIME_OF_DAY = /^(?:\d{4}:\d\d:\d\d:\d\d|\d{1,2}:\d\d:\d\d:\d{1,9}):?$/
