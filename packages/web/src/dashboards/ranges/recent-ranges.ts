import { ALL_TIME, NAMED_RANGES } from '@almanac/core/time/range-expression.ts'
import { isRangePresetId } from '@almanac/core/time/range-preset.ts'

const KEY = 'almanac.recent-ranges'
const MOST = 5

/** Ranges that were typed or marked lately, the newest first. What has a place in the list of named ones is not kept. */
export function recentRanges(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, MOST) : []
  } catch {
    return []
  }
}

export function rememberRange(text: string): void {
  if (text === ALL_TIME || isRangePresetId(text) || NAMED_RANGES.some((named) => named.text === text)) return
  try {
    localStorage.setItem(KEY, JSON.stringify([text, ...recentRanges().filter((one) => one !== text)].slice(0, MOST)))
  } catch {
    // A browser that keeps nothing.
  }
}
