import { WEB_CUBE } from '@almanac/core/cubes/web.ts'
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
import { seriesQuery, totalsQuery } from './overview-queries.ts'
import { type Figures, figuresOf, seriesOf } from './overview-series.ts'

interface Props {
  readonly scope: Parameters<typeof totalsQuery>[0]
  readonly range: DashboardRange
  readonly grain: Grain
  readonly now: Temporal.ZonedDateTime
  readonly totals: UseQueryResult<QueryAnswer>
  readonly onChange: (search: DashboardSearch) => void
}

/** Asks for the figures of the range and of the one before it, and for the shape in between. */
export function Headlines({ scope, range, grain, now, totals, onChange }: Props): ReactElement {
  const previous = useQuery({
    ...cubeQuery(totalsQuery(scope, range.previous ?? range)),
    enabled: range.previous !== undefined,
    placeholderData: keepPreviousData,
  })
  // The chart below asks the same and shares the answer.
  const series = useQuery({ ...cubeQuery(seriesQuery(scope, range, grain)), placeholderData: keepPreviousData })
  const before = range.previous && previous.data && figuresOf(previous.data.rows[0])
  const { search } = scope
  return (
    <BigNumbersView
      numbers={loadable(totals, (answer) => bigNumbers(figuresOf(answer.rows[0]), before))}
      shapes={shapesOf(
        series.isPlaceholderData ? undefined : series.data,
        bucketsOf(range, grain, scope.firstDayOfWeek),
        now,
      )}
      comparedWith={
        range.previous && { short: formatShortRange(range.previous, now.year), exact: formatRange(range.previous) }
      }
      names={MEASURES}
      selected={search.measure ?? 'hits'}
      onSelect={(name) => {
        const { measure: _, ...others } = search
        onChange(name === 'hits' ? others : { ...others, measure: name as MeasureName })
      }}
    />
  )
}

function bigNumbers(figures: Figures, before: Figures | undefined): BigNumber[] {
  return MEASURES.flatMap((name) => {
    const measure = WEB_CUBE.measures[name]
    if (!measure) return []
    const previous = before?.[name]
    return [{ name, measure, value: figures[name], previous, delta: deltaOf(figures[name], previous, measure.better) }]
  })
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
