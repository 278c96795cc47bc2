import { timingSafeEqual } from 'node:crypto'
import { AppError } from '@almanac/core/errors.ts'
import type { ApiKey } from '../accounts/api-key.ts'
import { hashToken } from '../accounts/secret-token.ts'
import type { Principal } from './access.ts'

interface BearerDeps {
  readonly verifyKey: (secret: string) => ApiKey | undefined
  /** The secret in the data directory that gives the command line of this machine full rights. */
  readonly localToken: string
}

/**
 * Reads an Authorization header, without asking a database. Undefined when there is none; a header that is there and
 * wrong is an error even where nobody has to say who they are, so that a typo in a key is noticed.
 */
export function bearerPrincipal({ verifyKey, localToken }: BearerDeps): BearerCheck {
  const localHash = hashToken(localToken)
  return (header) => {
    if (header === undefined) return undefined
    const secret = /^bearer (?<secret>\S+)$/i.exec(header)?.groups?.secret
    if (secret === undefined) {
      throw new AppError('unauthorized', 'The Authorization header has a form that is not known here', {
        hint: 'Send it as: Authorization: Bearer alm_…',
      })
    }
    if (secret.startsWith('alm_')) {
      const key = verifyKey(secret)
      if (key !== undefined) return { kind: 'key', key }
    } else if (timingSafeEqual(hashToken(secret), localHash)) {
      return { kind: 'local' }
    }
    throw new AppError('unauthorized', 'This key is not known, or it was revoked or has expired', {
      hint: 'Make a new one with: almanac keys create',
    })
  }
}

export type BearerCheck = (header: string | undefined) => Principal | undefined
