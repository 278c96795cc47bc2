/**
 * A link shows one board to whoever has it. What its reader may choose is named by it; all else is the board's own, whatever
 * a request says (`public-scope.ts`).
 */
export interface ShareLink {
  readonly id: string
  readonly label: string
  readonly hasPassword: boolean
  /** `range`, `grain`, `compare`, or the name of a variable of the board. */
  readonly allowed: readonly string[]
  /** Of days and ranges, where neither the board has one nor the reader may choose. */
  readonly timezone: string
  /** A name for people; null: somebody who is gone. */
  readonly createdBy: string | null
  readonly createdAt: Date
  readonly expiresAt: Date | null
  /** To about a minute. */
  readonly lastUsedAt: Date | null
}

export interface NewShareLink {
  readonly label: string
  readonly password?: string | undefined
  readonly allowed: readonly string[]
  readonly timezone: string
  readonly expiresAt?: Date | undefined
}

/** What is no name of a variable among the things that a link can allow. */
export const ALLOWED_CHOICES = ['range', 'grain', 'compare'] as const
