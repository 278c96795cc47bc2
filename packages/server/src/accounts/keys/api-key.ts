import { randomBytes } from 'node:crypto'
import { newToken } from '../sign-in/secret-token.ts'

/**
 * A key is `alm_<prefix>_<secret>`. The prefix finds it and is shown in lists; the secret is stored as a hash only. The
 * fixed start lets secret scanners recognise a key that was published by mistake.
 */
export const KEY_SCOPES = ['ingest', 'read', 'admin'] as const
export type KeyScope = (typeof KEY_SCOPES)[number]

export const ENVIRONMENTS = ['production', 'sandbox'] as const
export type Environment = (typeof ENVIRONMENTS)[number]

export interface ApiKey {
  readonly id: string
  readonly prefix: string
  readonly name: string
  readonly scopes: readonly KeyScope[]
  /** What an ingest key writes to; its events cannot name another. */
  readonly source: string | null
  /** Null: each event says it, and production is the default. */
  readonly environment: Environment | null
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
}

/** What the server keeps in memory of a key that works. */
export interface ActiveKey {
  readonly key: ApiKey
  readonly secretHash: Uint8Array
}

export function newKeySecret(): { prefix: string; secret: string } {
  const prefix = randomBytes(6).toString('hex')
  return { prefix, secret: `alm_${prefix}_${newToken()}` }
}

/** Undefined when the text cannot be a key at all. */
export function keyPrefix(secret: string): string | undefined {
  if (!secret.startsWith('alm_')) return undefined
  const end = secret.indexOf('_', 4)
  return end === -1 ? undefined : secret.slice(4, end)
}
