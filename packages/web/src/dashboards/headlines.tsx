import type { QueryAnswer } from '@almanac/core/query/query.ts'
import type { Grain } from '@almanac/core/time/grain.ts'
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { cubeQuery } from '../api/queries.ts'
import { type BigNumber, BigNumbersView } from '../widgets/big-numbers.tsx'
import { formatRange, formatShortRange } from '../widgets/format-time.ts'
import { loadable } from '../widgets/loadable.ts'
import { bucketsOf } from './buckets.ts'
import type { DashboardRange } from './dashboard-range.ts'
import { type DashboardSearch, MEASURES, type MeasureName } from './dashboard-search.ts'
import { deltaOf } from './delta.ts'
import { BEFORE, seriesQuery } from './overview-queries.ts'
import { seriesOf } from './overview-series.ts'
import { WEB_CUBE } from './web-cube.ts'

interface Props {
  readonly scope: Parameters<typeof seriesQuery>[0]
  readonly range: DashboardRange
  readonly grain: Grain
  readonly now: Temporal.ZonedDateTime
  readonly totals: UseQueryResult<QueryAnswer>
  readonly onChange: (search: DashboardSearch) => void
}

/** The figures of the range, what they are compared with, and the shape in between. */
export function Headlines({ scope, range, grain, now, totals, onChange }: Props): ReactElement {
  // The chart below asks the same and shares the answer.
  const series = useQuery({ ...cubeQuery(seriesQuery(scope, range, grain)), placeholderData: keepPreviousData })
  const { search } = scope
  return (
    <BigNumbersView
      numbers={loadable(totals, bigNumbers)}
      shapes={shapesOf(
        series.isPlaceholderData ? undefined : series.data,
        bucketsOf(range, grain, scope.firstDayOfWeek),
        now,
      )}
      comparedWith={totals.data && comparedWith(totals.data, now.year)}
      names={MEASURES}
      selected={search.measure ?? 'hits'}
      onSelect={(name) => {
        const { measure: _, ...others } = search
        onChange(name === 'hits' ? others : { ...others, measure: name as MeasureName })
      }}
    />
  )
}

function bigNumbers({ rows: [row] }: Pick<QueryAnswer, 'rows'>): BigNumber[] {
  return MEASURES.map((name) => {
    const measure = WEB_CUBE.measures[name]
    const value = Number(row?.[name] ?? 0)
    const before = row?.[`${name}:${BEFORE}`]
    const previous = typeof before === 'number' ? before : undefined
    return { name, measure, value, previous, delta: deltaOf(value, previous, measure.better) }
  })
}

/** The other time in words, as the server took it. */
function comparedWith({ meta }: QueryAnswer, thisYear: number) {
  const other = meta.comparisons.find(({ name }) => name === BEFORE)
  if (!other) return undefined
  const zoned = (moment: string) => Temporal.Instant.from(moment).toZonedDateTimeISO(meta.timezone)
  const range = { from: zoned(other.from), to: zoned(other.to) }
  return { short: formatShortRange(range, thisYear), exact: formatRange(range) }
}

/** Without the running bucket: its dip at the end would look like a fall. */
function shapesOf(
  answer: QueryAnswer | undefined,
  buckets: ReturnType<typeof bucketsOf>,
  now: Temporal.ZonedDateTime,
): ReadonlyMap<string, number[]> {
  if (!answer) return new Map()
  const closed = seriesOf(answer.rows, buckets, now.toInstant()).filter(({ state }) => state === 'closed')
  return new Map(MEASURES.map((name) => [name, closed.map(({ figures }) => figures?.[name] ?? 0)]))
}
