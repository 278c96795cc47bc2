import type { Cell } from '../file-rows.ts'
import type { NumberKind } from './number-kinds.ts'

const DAY_SECONDS = 86_400
/** 1 January 1970 in days since the beginning. Excel believes that there was a 29 February 1900. */
const EPOCH_DAY = { since1900: 25_569, since1904: 24_107 }
const FIRST_OF_MARCH_1900 = 61
/** 31 December 9999; Excel itself shows nothing beyond it. */
const LAST_DAY = 2_958_465

/**
 * A number of days as what it says: a date, with its time unless that is midnight; a time of day; a time that passed. None of
 * them has a zone. Excel counts in floating point numbers, which are off by parts of a second.
 */
export function excelTime(days: number, kind: Exclude<NumberKind, 'number'>, startsIn1904: boolean): Cell {
  if (kind === 'duration') return `${days < 0 ? '-' : ''}${clock(Math.round(Math.abs(days) * DAY_SECONDS))}`
  if (days < 0 || days >= LAST_DAY + 1) return days
  if (kind === 'clock' && days < 1) return clock(Math.min(Math.round(days * DAY_SECONDS), DAY_SECONDS - 1))
  const isEarly = !startsIn1904 && days < FIRST_OF_MARCH_1900 - 1
  const since1970 = days + (isEarly ? 1 : 0) - (startsIn1904 ? EPOCH_DAY.since1904 : EPOCH_DAY.since1900)
  const text = new Date(Math.round(since1970 * DAY_SECONDS) * 1000).toISOString().slice(0, 19)
  return text.endsWith('T00:00:00') ? text.slice(0, 10) : text
}

function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}
