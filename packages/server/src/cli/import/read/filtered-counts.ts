import type { FilterReason } from '../../../collect/policy/admit.ts'

/** Lines that the source does not want, by the reason. */
export type FilteredCounts = Readonly<Partial<Record<FilterReason, number>>>

export function countOf(counts: FilteredCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

export function addedCounts(one: FilteredCounts, other: FilteredCounts): FilteredCounts {
  const sum: Partial<Record<FilterReason, number>> = { ...one }
  for (const [reason, count] of Object.entries(other) as [FilterReason, number][]) {
    sum[reason] = (sum[reason] ?? 0) + count
  }
  return sum
}
