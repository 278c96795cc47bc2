import { hash, randomBytes } from 'node:crypto'

/** 256 random bits as text for a cookie, a link or a key. Nobody guesses it, so a fast hash is enough to store it by. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database holds in place of a token: a copy of the database opens no session. */
export function hashToken(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}
