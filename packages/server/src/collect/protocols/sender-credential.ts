import { basicCredentials } from './basic-credential.ts'
import { isOwnKey } from './credential.ts'
import type { ProtocolRequest } from './protocol.ts'

/**
 * Where servers that deliver to an address put the key: at the end of the path, or before the host (`https://KEY@…`, which
 * arrives as Basic credentials; some insist on a user, so the key may stand in the password's place too), or as a bearer.
 */
export function senderCredential({ params, headers }: ProtocolRequest): string | undefined {
  if (params.key) return params.key
  const basic = basicCredentials(headers.authorization)
  if (!basic) return /^bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  const { user, password } = basic
  return isOwnKey(password) && !isOwnKey(user) ? password : user || password || undefined
}
