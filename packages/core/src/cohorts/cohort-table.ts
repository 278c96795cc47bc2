import { zonedText } from '../time/moment.ts'
import type { CohortAnswer, CohortPeriod, CohortTable } from './cohort.ts'
import type { CohortRow } from './cohorts-sql.ts'
import type { ResolvedCohorts } from './resolve-cohorts.ts'

type Plan = Pick<ResolvedCohorts, 'starts' | 'end' | 'cohortCount' | 'periods' | 'timezone' | 'by' | 'to'>

/** How many values of a dimension have a table of their own. */
export const MOST_SLICES = 10

/** The answer's tables from the engine's rows. What has not ended at `nowMs` is open. */
export function cohortTables(
  rows: readonly CohortRow[],
  plan: Plan,
  nowMs: number,
): Pick<CohortAnswer, 'all' | 'slices'> {
  const all = tableOf(rows, plan, nowMs)
  if (!plan.by) return { all, slices: [] }
  const byValue = [...Map.groupBy(rows, ({ slice }) => slice)]
    .map(([value, own]) => ({ value, rows: own, size: sizeOf(own) }))
    .sort((a, b) => b.size - a.size || String(a.value).localeCompare(String(b.value)))
  const rest = byValue.slice(MOST_SLICES).flatMap((one) => one.rows)
  return {
    all,
    slices: [
      ...byValue.slice(0, MOST_SLICES).map((one) => ({ value: one.value, ...tableOf(one.rows, plan, nowMs) })),
      ...(rest.length > 0 ? [{ value: null, ...tableOf(rest, plan, nowMs) }] : []),
    ],
  }
}

const sizeOf = (rows: readonly CohortRow[]) => rows.reduce((sum, { size }) => sum + size, 0)

/** Every person is in one cohort and one slice, and so the rows of several slices add up. */
function tableOf(rows: readonly CohortRow[], plan: Plan, nowMs: number): CohortTable {
  const byCohort = Map.groupBy(rows, ({ cohort }) => cohort)
  const cohorts = Array.from({ length: plan.cohortCount }, (_, at) => cohortOf(byCohort.get(at) ?? [], at, plan, nowMs))
  return {
    size: sizeOf(rows),
    cohorts,
    average: Array.from({ length: plan.periods + 1 }, (_, n) => averageOf(cohorts, n)),
  }
}

function cohortOf(rows: readonly CohortRow[], at: number, plan: Plan, nowMs: number): CohortTable['cohorts'][number] {
  const { starts, end, timezone, to } = plan
  const endOf = (period: number) => starts[period + 1] ?? end
  const size = sizeOf(rows)
  const periods = Array.from({ length: plan.periods + 1 }, (_, n): CohortPeriod => {
    const isOpen = endOf(at + n) > nowMs
    if ((starts[at + n] ?? end) > nowMs) return { persons: null, share: null, isOpen }
    const persons = rows.reduce((sum, { came }) => sum + (came[n] ?? 0), 0)
    return { persons, share: size === 0 ? null : persons / size, isOpen }
  })
  const isOpen = Math.min(endOf(at), to) > nowMs
  return { start: textAt(starts[at] ?? end, timezone), size, isOpen, periods }
}

function averageOf(cohorts: CohortTable['cohorts'], n: number): CohortTable['average'][number] {
  const ended = cohorts.filter(({ size, periods }) => size > 0 && periods[n]?.isOpen === false)
  const persons = ended.reduce((sum, { periods }) => sum + (periods[n]?.persons ?? 0), 0)
  const of = ended.reduce((sum, { size }) => sum + size, 0)
  return { persons, of, share: of === 0 ? null : persons / of, cohorts: ended.length }
}

const textAt = (ms: number, timezone: string) =>
  zonedText(Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timezone))
