import type { ProtocolRequest } from './protocol.ts'

/** The user name of HTTP Basic, where several clients put their key and leave the password empty. */
export function basicCredential({ headers }: Pick<ProtocolRequest, 'headers'>): string | undefined {
  const encoded = /^basic +([\w+/=-]+) *$/i.exec(headers.authorization ?? '')?.[1]
  if (encoded === undefined) return undefined
  const [name = ''] = Buffer.from(encoded, 'base64').toString().split(':', 1)
  return name === '' ? undefined : name
}
