import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Whether a header holds the HMAC-SHA256 of these bytes, as hex or base64, with `sha256=` before it or without. Takes as
 * long for a signature that is wrong in its first byte as for one that is wrong in its last.
 */
export function isSignatureOf(header: string, body: Buffer, secret: string): boolean {
  const text = header.replace(/^sha256=/i, '').trim()
  const given = Buffer.from(text, HEX_DIGEST.test(text) ? 'hex' : 'base64')
  const expected = createHmac('sha256', secret).update(body).digest()
  return given.length === expected.length && timingSafeEqual(given, expected)
}

const HEX_DIGEST = /^[0-9a-f]{64}$/i
