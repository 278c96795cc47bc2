import type { Grain } from '@almanac/core/time/grain.ts'
import type { ZonedRange } from '@almanac/core/time/range-preset.ts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { lazy, type ReactElement, Suspense, useCallback, useMemo, useState } from 'react'
import { cubeQuery } from '../api/queries.ts'
import { axisTicks } from '../widgets/axis-ticks.ts'
import { formatNumber } from '../widgets/format-number.ts'
import { formatBucket, formatTick } from '../widgets/format-time.ts'
import { loadable } from '../widgets/loadable.ts'
import { SeriesTableView } from '../widgets/series-table.tsx'
import { ChartSkeleton, SeriesWidgetView } from '../widgets/series-widget.tsx'
import { bucketsOf } from './buckets.ts'
import { type DashboardRange, rangeToSearch } from './dashboard-range.ts'
import { type DashboardSearch, MEASURES } from './dashboard-search.ts'
import { EmptySeries } from './empty-series.tsx'
import { GRAIN_WORDS } from './grain-choice.ts'
import { seriesQuery } from './overview-queries.ts'
import { type SeriesPoint, seriesOf } from './overview-series.ts'
import { WEB_CUBE } from './web-cube.ts'

const SeriesCanvas = lazy(() => import('../widgets/series-canvas.tsx'))

interface Props {
  readonly scope: Parameters<typeof seriesQuery>[0]
  readonly range: DashboardRange
  readonly grain: Grain
  readonly now: Temporal.ZonedDateTime
  readonly onChange: (search: DashboardSearch) => void
}

/** The chosen measure over time, as a line or as a table of all measures. */
export function OverviewSeries({ scope, range, grain, now, onChange }: Props): ReactElement {
  const [isTable, setTable] = useState(false)
  const result = useQuery({ ...cubeQuery(seriesQuery(scope, range, grain)), placeholderData: keepPreviousData })
  const { search, firstDayOfWeek } = scope
  const name = search.measure ?? 'hits'
  const measure = WEB_CUBE.measures[name]

  const rows = result.data?.rows
  // The rows of another question may lie on other buckets; they stay on their own until the answer is there.
  const axis = useSettled(useAxis(range, grain, firstDayOfWeek), !result.isPlaceholderData)
  const nowMs = now.epochMilliseconds
  const series = useMemo(
    () => (rows ? seriesOf(rows, axis.buckets, Temporal.Instant.fromEpochMilliseconds(nowMs)) : []),
    [rows, axis, nowMs],
  )
  const points = useMemo(
    () =>
      series.map((point) => ({
        label: formatBucket(point, axis.grain),
        state: point.state,
        value: point.figures?.[name],
      })),
    [series, axis, name],
  )
  const labels = useCallback((most: number) => labelsOf(axis, most), [axis])

  const title = `${measure.label} by ${GRAIN_WORDS[axis.grain]}`
  return (
    <SeriesWidgetView
      title={title}
      state={loadable(result, (answer) => answer.rows.some(({ hits }) => Number(hits) > 0))}
      isTable={isTable}
      onToggleTable={() => setTable(!isTable)}
      empty={<EmptySeries scope={scope} range={range} onChange={onChange} />}
    >
      {isTable ? (
        <SeriesTableView
          caption={title}
          columns={COLUMNS}
          rows={series.map((point) => ({ ...tableRow(point, axis.grain), ...point }))}
        />
      ) : (
        <Suspense fallback={<ChartSkeleton />}>
          <SeriesCanvas
            points={points}
            labels={labels}
            measureLabel={measure.label}
            format={measure.format}
            summary={summaryOf(title, range.label, points, (value) => formatNumber(value, measure.format))}
            onZoom={(first, last) => {
              const zoomed = zoomRange(series, first, last, range)
              const { range: _, ...others } = search
              if (zoomed) onChange({ ...others, ...rangeToSearch(zoomed) })
            }}
          />
        </Suspense>
      )}
    </SeriesWidgetView>
  )
}

const COLUMNS = MEASURES.map((name) => ({ name, ...WEB_CUBE.measures[name] }))

interface Axis {
  readonly grain: Grain
  readonly buckets: ReturnType<typeof bucketsOf>
}

/** The same object as long as the range means the same, so that the chart is not set up again every minute. */
function useAxis(range: ZonedRange, grain: Grain, firstDayOfWeek: number): Axis {
  const [from, to] = [range.from.toString(), range.to.toString()]
  return useMemo(() => {
    const same = { from: Temporal.ZonedDateTime.from(from), to: Temporal.ZonedDateTime.from(to) }
    return { grain, buckets: bucketsOf(same, grain, firstDayOfWeek) }
  }, [from, to, grain, firstDayOfWeek])
}

/** The latest value that was settled. */
function useSettled<T>(value: T, isSettled: boolean): T {
  const [settled, setSettled] = useState(value)
  if (isSettled && settled !== value) setSettled(value)
  return isSettled ? value : settled
}

function labelsOf({ buckets, grain }: Axis, most: number) {
  const starts = buckets.map(({ start }) => start)
  return axisTicks(starts, grain, most).flatMap(({ index, isMajor }) => {
    const start = starts[index]
    return start ? [{ index, isMajor, text: formatTick(start, grain, isMajor) }] : []
  })
}

function tableRow(point: SeriesPoint, grain: Grain) {
  return { key: String(point.start.epochMilliseconds), label: formatBucket(point, grain) }
}

/** From the first marked bucket to the end of the last; a bucket may reach beyond the range, and the zoom does not. */
function zoomRange(
  series: readonly SeriesPoint[],
  first: number,
  last: number,
  range: ZonedRange,
): ZonedRange | undefined {
  const [start, end] = [series[first]?.start, series[last]?.end]
  if (!start || !end) return undefined
  const { compare } = Temporal.ZonedDateTime
  return { from: compare(start, range.from) < 0 ? range.from : start, to: compare(end, range.to) > 0 ? range.to : end }
}

interface Spoken {
  readonly state: SeriesPoint['state']
  readonly label: string
  readonly value: number | undefined
}

function summaryOf(title: string, range: string, points: readonly Spoken[], text: (value: number) => string): string {
  const known = points.flatMap(({ label, value, state }) =>
    value === undefined || state !== 'closed' ? [] : [{ label, value }],
  )
  const [first] = known
  if (!first) return `${title}, ${range}.`
  const highest = known.reduce((most, point) => (point.value > most.value ? point : most), first)
  const lowest = known.reduce((least, point) => (point.value < least.value ? point : least), first)
  return `${title}, ${range}: highest ${text(highest.value)} on ${highest.label}, lowest ${text(lowest.value)} on ${lowest.label}.`
}
