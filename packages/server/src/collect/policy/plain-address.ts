import { isIP } from 'node:net'

export interface PlainAddress {
  readonly text: string
  readonly family: 'ipv4' | 'ipv6'
}

/**
 * An IP address however a proxy or a client writes it: with a port, in brackets, with a zone. An IPv4 address that is
 * written as an IPv6 one is the IPv4 address. Undefined for everything else.
 */
export function plainAddress(given: string): PlainAddress | undefined {
  const text = withoutPort(given.trim())
  const family = isIP(text)
  if (family === 4) return { text, family: 'ipv4' }
  if (family === 0) return undefined
  const mapped = mappedIpv4(text)
  return mapped === undefined ? { text, family: 'ipv6' } : { text: mapped, family: 'ipv4' }
}

/** `192.0.0.0` for `192.0.2.7`, `2001:db8:1::` for `2001:db8:1:2::3`: what is left tells of a network, not of a line. */
export function maskedAddress(given: string): string | undefined {
  const address = plainAddress(given)
  if (address === undefined) return undefined
  if (address.family === 'ipv4') return `${address.text.split('.', 2).join('.')}.0.0`
  return `${groupsOf(address.text).slice(0, 3).join(':')}::`
}

function withoutPort(text: string): string {
  const inner = /^\[([^\]]*)\](?::\d*)?$/.exec(text)?.[1] ?? /^([\d.]+):\d*$/.exec(text)?.[1] ?? text
  const zone = inner.indexOf('%')
  return zone < 0 ? inner : inner.slice(0, zone)
}

function mappedIpv4(ipv6: string): string | undefined {
  const groups = groupsOf(ipv6)
  if (groups.slice(0, 5).some((group) => group !== '0') || groups[5] !== 'ffff') return undefined
  return groups
    .slice(6)
    .flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff])
    .join('.')
}

/** The eight groups of a valid IPv6 address, without leading zeros. The URL parser writes all of its forms in one way. */
function groupsOf(ipv6: string): string[] {
  const [head = '', tail] = new URL(`http://[${ipv6}]/`).hostname.slice(1, -1).split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail ? tail.split(':') : []
  return [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after]
}
