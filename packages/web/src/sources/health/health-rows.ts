import type { HealthCounts, SourceHealth } from '../../api/sources.ts'
import { total } from './rate.ts'
import { reasonText } from './reason-text.ts'

/** A line of the table of figures. */
export interface HealthRow {
  readonly id: string
  readonly label: string
  readonly lastHour: number
  readonly today: number
  /** Part of the line above that is no reason. */
  readonly isReason: boolean
  readonly isProblem: boolean
}

/** What came of the events; under each total its reasons, the most frequent first. */
export function healthRows({ lastHour, today }: SourceHealth): readonly HealthRow[] {
  return [
    plainRow('accepted', 'Accepted', lastHour.accepted, today.accepted),
    plainRow('duplicates', 'Came again, counted once', lastHour.duplicates, today.duplicates),
    ...rowsByReason('rejected', 'Rejected', lastHour, today),
    ...rowsByReason('filtered', 'Left out by the settings', lastHour, today),
  ]
}

function plainRow(id: string, label: string, lastHour: number, today: number): HealthRow {
  return { id, label, lastHour, today, isReason: false, isProblem: id === 'rejected' && lastHour > 0 }
}

function rowsByReason(
  id: 'rejected' | 'filtered',
  label: string,
  lastHour: HealthCounts,
  today: HealthCounts,
): readonly HealthRow[] {
  const reasons = new Set([...today[id], ...lastHour[id]].map(({ reason }) => reason))
  const countOf = (counts: HealthCounts, reason: string) => total(counts[id].filter((one) => one.reason === reason))
  const rows = [...reasons].map((reason) => ({
    id: `${id} ${reason}`,
    label: reasonText(reason),
    lastHour: countOf(lastHour, reason),
    today: countOf(today, reason),
    isReason: true,
    isProblem: false,
  }))
  return [
    plainRow(id, label, total(lastHour[id]), total(today[id])),
    ...rows.toSorted((a, b) => Math.max(b.today, b.lastHour) - Math.max(a.today, a.lastHour)),
  ]
}
