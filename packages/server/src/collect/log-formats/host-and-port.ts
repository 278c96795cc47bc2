/** A port at the end of an address. */
export const HOST_AND_PORT = /:\d{1,5}$/

/** The host of `192.0.2.1:2817`, `[2001:db8::1]:443` or `www.example.com:443`; text without a port stays as it is. */
export function withoutPort(text: string): string {
  if (text.startsWith('[')) return text.slice(1, text.includes(']') ? text.indexOf(']') : undefined)
  const colon = text.lastIndexOf(':')
  // Several colons and no brackets are an IPv6 address with no port, or one whose port cannot be told apart.
  return colon === -1 || text.indexOf(':') !== colon ? text : text.slice(0, colon)
}
