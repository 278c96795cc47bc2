import type { Frame } from '@almanac/core/charts/frame.ts'
import type { CohortAnswer, CohortRequest, CohortTable } from '@almanac/core/cohorts/cohort.ts'
import type { Column, Row, Value } from '@almanac/core/query/query.ts'
import { GRAIN_NAMES } from '@almanac/core/time/grain-choice.ts'

type Asked = Pick<CohortRequest, 'by' | 'from' | 'to'> & { readonly firstDayOfWeek: number }

/**
 * A row for each cohort and period. The totals by period are over all cohorts whose period has ended; with `by`, each of its
 * values has rows of its own, and what is not among the largest is null.
 */
export function frameOfCohorts(answer: CohortAnswer, { by, from, to, firstDayOfWeek }: Asked): Frame {
  const { all, slices, grain, timezone, meta } = answer
  const rows =
    by === undefined ? rowsOf(all) : slices.flatMap((slice) => rowsOf(slice, { name: by, value: slice.value }))
  return {
    columns: columnsOf(grain, by),
    rows,
    totals: [
      {
        dimensions: ['period'],
        rows: all.average.map(({ of, persons, share }, period) => ({ period, size: of, persons, share })),
      },
    ],
    timezone,
    firstDayOfWeek,
    grain,
    openFrom: all.cohorts.find(({ isOpen }) => isOpen)?.start,
    from,
    to,
    comparisons: [],
    asOf: meta.asOf,
    isTruncated: false,
  }
}

function rowsOf(
  { cohorts }: Pick<CohortTable, 'cohorts'>,
  slice?: { readonly name: string; readonly value: Value },
): Row[] {
  return cohorts.flatMap(({ start, size, periods }) =>
    periods.map(({ persons, share, isOpen }, period) => ({
      cohort: start,
      ...(slice && { [slice.name]: slice.value }),
      period,
      size,
      persons,
      share,
      is_open: isOpen,
    })),
  )
}

function columnsOf(grain: CohortAnswer['grain'], by: string | undefined): Column[] {
  return [
    { name: 'cohort', kind: 'time', type: 'time', label: 'Began' },
    ...(by === undefined ? [] : [{ name: by, kind: 'dimension', type: 'string', label: by } as const]),
    { name: 'period', kind: 'dimension', type: 'number', label: GRAIN_NAMES[grain] },
    { name: 'size', kind: 'measure', type: 'number', label: 'Persons', format: 'integer', better: 'higher' },
    { name: 'persons', kind: 'measure', type: 'number', label: 'Came back', format: 'integer', better: 'higher' },
    { name: 'share', kind: 'measure', type: 'number', label: 'Share', format: 'percent', better: 'higher' },
    { name: 'is_open', kind: 'flag', type: 'boolean', label: 'Still running' },
  ]
}
