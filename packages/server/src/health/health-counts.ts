import type { Environment } from '../accounts/keys/api-key.ts'

/** What became of an event, for the health of its source. */
export type HealthKind = 'accepted' | 'duplicate' | 'rejected' | 'filtered'

export interface HealthCount {
  readonly source: string
  readonly environment: Environment
  /** Its start, in milliseconds. */
  readonly minuteMs: number
  readonly kind: HealthKind
  /** Empty where there is nothing to say. */
  readonly reason: string
  readonly count: number
}

/**
 * Counts by minute, in memory, until they are written down. It is bounded: while they cannot be written, the minutes that
 * came first are kept, and a source that finds ever new reasons has the rest counted as `other`.
 */
export interface HealthCounts {
  add(what: HealthCount): void
  /** What was counted since the last time. */
  drain(): HealthCount[]
}

const MAX_COUNTS = 20_000
const MAX_REASONS_OF_A_SOURCE = 50
const OTHER = 'other'

export function createHealthCounts(): HealthCounts {
  let counts = new Map<string, { -readonly [Key in keyof HealthCount]: HealthCount[Key] }>()
  let reasons = new Map<string, Set<string>>()

  const knownReason = ({ source, reason }: HealthCount): string => {
    if (reason === '') return ''
    const ofSource = reasons.get(source) ?? new Set()
    reasons.set(source, ofSource)
    if (!ofSource.has(reason) && ofSource.size >= MAX_REASONS_OF_A_SOURCE) return OTHER
    ofSource.add(reason)
    return reason
  }

  return {
    add(what) {
      const reason = knownReason(what)
      const key = `${what.source}\0${what.environment}\0${what.minuteMs}\0${what.kind}\0${reason}`
      const known = counts.get(key)
      if (known) known.count += what.count
      else if (counts.size < MAX_COUNTS) counts.set(key, { ...what, reason })
    },
    drain() {
      const drained = [...counts.values()]
      counts = new Map()
      reasons = new Map()
      return drained
    },
  }
}
