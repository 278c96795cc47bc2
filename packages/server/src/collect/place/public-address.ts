import { isIP } from 'node:net'

/**
 * The address to look up in a database of places, or undefined for what stands nowhere on a map: text that is no address,
 * private and local networks, documentation. Databases do have entries for such addresses, by mistake.
 */
export function publicAddress(text: string): string | undefined {
  // A server on the same machine sends most of what has no place.
  if (text === '127.0.0.1') return undefined
  const address = MAPPED.exec(text)?.[1] ?? text
  switch (isIP(address)) {
    case 4:
      return isPublic4(address) ? address : undefined
    case 6:
      return isPublic6(address) ? address : undefined
    default:
      return undefined
  }
}

/** What a server that listens on both families calls an IPv4 client. */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

function isPublic4(address: string): boolean {
  const [a = 0, b = 0, c = 0] = address.split('.', 3).map(Number)
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false
  if (a === 100) return b < 64 || b > 127
  if (a === 169) return b !== 254
  if (a === 172) return b < 16 || b > 31
  if (a === 192) return b !== 168 && (b !== 0 || (c !== 0 && c !== 2))
  if (a === 198) return b !== 18 && b !== 19 && (b !== 51 || c !== 100)
  return a !== 203 || b !== 0 || c !== 113
}

/** Only 2000::/3 is given out to networks of the world; in it, 2001:db8::/32 is for examples. */
function isPublic6(address: string): boolean {
  if (address.includes('%')) return false
  const [first = '', second = ''] = address.split(':', 2)
  const group = Number.parseInt(first, 16)
  return group >= 0x2000 && group <= 0x3fff && !(group === 0x2001 && Number.parseInt(second, 16) === 0xdb8)
}
