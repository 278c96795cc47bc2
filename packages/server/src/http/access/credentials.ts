import { timingSafeEqual } from 'node:crypto'
import { AppError } from '@almanac/core/errors.ts'
import type { ApiKey } from '../../accounts/keys/api-key.ts'
import { hashToken } from '../../accounts/sign-in/secret-token.ts'
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
  const readSecret = remembersLast(secretIn)
  return (header) => {
    if (header === undefined) return undefined
    const secret = readSecret(header)
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

function secretIn(header: string): string | undefined {
  return /^bearer (?<secret>\S+)$/i.exec(header)?.groups?.secret
}

/** A busy client sends the same header ten thousand times a second. */
function remembersLast<T>(read: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly value: T } | undefined
  return (text) => {
    if (last?.text !== text) last = { text, value: read(text) }
    return last.value
  }
}

export type BearerCheck = (header: string | undefined) => Principal | undefined
