import type { ProtocolRequest } from './protocol.ts'

export interface BasicCredentials {
  /** Empty when there is none. */
  readonly user: string
  readonly password: string
}

/** What the Authorization header says in the scheme Basic (RFC 7617); undefined for other schemes and nonsense. */
export function basicCredentials(authorization: string | undefined): BasicCredentials | undefined {
  if (authorization === undefined) return undefined
  if (authorization !== lastHeader) {
    lastCredentials = decoded(authorization)
    lastHeader = authorization
  }
  return lastCredentials
}

function decoded(authorization: string): BasicCredentials | undefined {
  const encoded = /^basic +([\w+/=-]+) *$/i.exec(authorization)?.[1]
  if (encoded === undefined) return undefined
  const [user = '', password = ''] = Buffer.from(encoded, 'base64').toString().split(':', 2)
  return { user, password }
}

// A busy client sends the same header ten thousand times a second.
let lastHeader: string | undefined
let lastCredentials: BasicCredentials | undefined

/** The user name, where several clients put their key and leave the password empty. */
export function basicCredential({ headers }: Pick<ProtocolRequest, 'headers'>): string | undefined {
  return basicCredentials(headers.authorization)?.user || undefined
}
