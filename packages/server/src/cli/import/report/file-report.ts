import { AppError } from '@almanac/core/errors.ts'
import type { FileTally } from '../import-file.ts'
import { countOf, type FilteredCounts } from '../read/filtered-counts.ts'

/** One file's account. It is right when `unaccounted` is 0 and there is no `error`. */
export interface FileReport {
  readonly file: string
  readonly importId?: string
  /** Lines that an earlier, interrupted run had sent already. */
  readonly linesBefore: number
  readonly read: number
  readonly empty: number
  readonly stored: number
  readonly alreadyThere: number
  readonly quarantined: number
  /** Left out by the settings of the source. */
  readonly filtered: FilteredCounts
  readonly unaccounted: number
  readonly reasons: readonly { readonly line: number | null; readonly reason: string }[]
  readonly error?: { readonly message: string; readonly hint?: string }
}

type Counts = Pick<FileTally['before'], 'stored' | 'duplicates' | 'quarantined'>

/**
 * Compares what was read with what the server has counted since. A chunk whose answer was lost can have come to the log
 * twice; its lines are stored once, but are counted as often as they came. So much more than was read, and no more, is
 * right, and is taken off again: the second copies are no lines of the file.
 */
export function reportOf(file: string, tally: FileTally, after: Counts): FileReport {
  const stored = after.stored - tally.before.stored
  const duplicates = after.duplicates - tally.before.duplicates
  const quarantined = after.quarantined - tally.before.quarantined

  const sent = tally.readLines - countOf(tally.filtered)
  const surplus = Math.min(Math.max(0, stored + duplicates + quarantined - sent), tally.maybeTwice)
  const surplusQuarantined = Math.min(surplus, tally.maybeTwiceRejected, Math.max(0, quarantined - tally.rejectedLines))
  const surplusDuplicates = Math.min(surplus - surplusQuarantined, duplicates)
  const alreadyThere = duplicates - surplusDuplicates
  const kept = quarantined - surplusQuarantined
  return {
    file,
    importId: tally.importId,
    linesBefore: tally.linesBefore,
    read: tally.readLines,
    empty: tally.emptyLines,
    stored,
    alreadyThere,
    quarantined: kept,
    filtered: tally.filtered,
    unaccounted: sent - stored - alreadyThere - kept,
    reasons: tally.reasons,
    ...(tally.failure !== undefined && { error: errorWords(tally.failure) }),
  }
}

/** A file of which nothing was read. */
export function failedReport(file: string, error: unknown): FileReport {
  const nothing = { linesBefore: 0, read: 0, empty: 0, stored: 0, alreadyThere: 0, quarantined: 0, unaccounted: 0 }
  return { file, ...nothing, filtered: {}, reasons: [], error: errorWords(error) }
}

export function isRight({ unaccounted, error }: FileReport): boolean {
  return unaccounted === 0 && error === undefined
}

/** In words for the reader, if it is a failure that we can explain; a bug is passed on with its stack. */
function errorWords(error: unknown): { message: string; hint?: string } {
  if (!(error instanceof AppError)) throw error
  return { message: error.message, ...(error.hint !== undefined && { hint: error.hint }) }
}
