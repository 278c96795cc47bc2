import { formatNumber } from '@almanac/core/charts/format/format-number.ts'
import type { HealthCounts } from '../../api/sources.ts'

/** How many events come, by the second, or by the minute where that says more: `12.5 / s`, `3 / min`. */
export function formatRate(eventsPerSecond: number, locale?: string): string {
  if (eventsPerSecond === 0) return '0'
  const isFast = eventsPerSecond >= 1
  const value = isFast ? round(eventsPerSecond) : Math.max(1, Math.round(eventsPerSecond * 60))
  return `${formatNumber(value, 'decimal', 'short', locale)} / ${isFast ? 's' : 'min'}`
}

/** Whole numbers from ten on: the rest would only flicker. */
function round(value: number): number {
  return value < 10 ? Math.round(value * 10) / 10 : Math.round(value)
}

const KEPT_RATES = 60

/** The rates that were seen, the newest last. */
export function withRate(rates: readonly number[], rate: number): readonly number[] {
  return [...rates, rate].slice(-KEPT_RATES)
}

export function rejectedCount({ rejected }: HealthCounts): number {
  return total(rejected)
}

export function total(reasons: readonly { readonly count: number }[]): number {
  return reasons.reduce((sum, { count }) => sum + count, 0)
}
