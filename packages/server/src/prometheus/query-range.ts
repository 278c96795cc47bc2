import { AppError } from '@almanac/core/errors.ts'
import type { Query, QueryAnswer, Row } from '@almanac/core/query/query.ts'
import { bucketStarts } from '@almanac/core/time/buckets.ts'
import { instantText, wholeBuckets } from '../feeds/whole-buckets.ts'
import type { PromPlan } from './prom-plan.ts'
import type { StepPlan } from './step-plan.ts'

/** The moments at which a query is evaluated, as Prometheus does: both ends are included. Milliseconds. */
export interface Steps {
  readonly start: number
  readonly end: number
  readonly step: number
}

export interface Series {
  readonly labels: Readonly<Record<string, string>>
  /** Moment in milliseconds and value, in order; moments without a value are left out. */
  readonly points: readonly (readonly [number, number])[]
}

export interface SeriesAnswer {
  readonly series: readonly Series[]
  readonly warnings: readonly string[]
}

export interface SeriesRequest {
  readonly plan: PromPlan
  readonly steps: Steps
  readonly stepPlan: StepPlan
  /** IANA name; the cube's own when absent. */
  readonly timezone: string | undefined
  /** Milliseconds. What has not begun yet has no value. */
  readonly now: number
}

export type RunQuery = (query: Query, signal?: AbortSignal) => Promise<QueryAnswer>

const MAX_ROWS = 100_000

/** Asks the cube, and reads its buckets at the steps. */
export async function answerSeries(
  request: SeriesRequest,
  runQuery: RunQuery,
  signal?: AbortSignal,
): Promise<SeriesAnswer> {
  const { plan, stepPlan } = request
  const buckets = bucketsOf(request)
  const warnings = stepPlan.warning === undefined ? [] : [stepPlan.warning]
  const [first] = buckets
  if (!first) return { series: [], warnings }
  const answer = await runQuery(queryOf(request, first), signal)
  if (answer.meta.truncated) {
    throw new AppError('too_large', `the answer has more than ${MAX_ROWS} values`, {
      hint: 'Ask for fewer series by matchers, a shorter range or a longer step.',
    })
  }
  const starts = buckets.map(({ epochMilliseconds }) => epochMilliseconds)
  const all = seriesOf(answer.rows, plan).map(({ labels, values }) => ({
    labels,
    points: pointsOf(withGaps(values, starts, request), starts, request),
  }))
  return { series: ranked(all, plan.ranking).filter(({ points }) => points.length > 0), warnings }
}

/** Those that are read, whole. */
function bucketsOf({ plan, steps, stepPlan, timezone, now }: SeriesRequest): Temporal.ZonedDateTime[] {
  const calendar = plan.cube.calendar
  const zoned = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timezone ?? calendar.timezone)
  const last = Math.min(stepPlan.mode === 'sum' ? steps.end + steps.step : steps.end + 1, now + 1)
  if (last <= steps.start) return []
  const { firstDayOfWeek, fiscalYearStart } = calendar
  const range = { from: zoned(steps.start), to: zoned(last) }
  const starts = bucketStarts({ ...range, grain: stepPlan.grain, firstDayOfWeek, fiscalYearStart })
  if (stepPlan.mode === 'bucket') return starts
  return starts.filter(({ epochMilliseconds }) => epochMilliseconds >= steps.start)
}

function queryOf({ plan, steps, stepPlan, timezone, now }: SeriesRequest, from: Temporal.ZonedDateTime): Query {
  const end = Math.min(stepPlan.mode === 'sum' ? steps.end + steps.step : steps.end + 1, now + 1)
  const to = Temporal.Instant.fromEpochMilliseconds(end).toZonedDateTimeISO(from.timeZoneId)
  const range = wholeBuckets({ from, to }, stepPlan.grain, plan.cube.calendar)
  return {
    cube: plan.cube.name,
    measures: [plan.measureName],
    dimensions: [...plan.dimensions],
    filters: [...plan.filters],
    segments: [],
    from: instantText(range.from),
    to: instantText(range.to),
    grain: stepPlan.grain,
    ...(timezone !== undefined && { timezone }),
    compare: [],
    having: [],
    totals: [],
    order: [],
    limit: MAX_ROWS,
  }
}

interface BucketSeries {
  readonly labels: Record<string, string>
  /** By the start of the bucket. */
  readonly values: Map<number, number>
}

function seriesOf(rows: readonly Row[], plan: PromPlan): BucketSeries[] {
  const found = new Map<string, BucketSeries>()
  for (const row of rows) {
    const named = plan.dimensions.map((name): [string, string] => [name, String(row[name] ?? '')])
    const key = JSON.stringify(named)
    const series = found.get(key) ?? { labels: labelsOf(named, plan), values: new Map() }
    found.set(key, series)
    const value = row[plan.measureName]
    if (value !== null && value !== undefined) series.values.set(Date.parse(String(row.time)), Number(value))
  }
  return [...found.values()]
}

/** An empty label is no label. */
function labelsOf(named: readonly [string, string][], { metric }: PromPlan): Record<string, string> {
  return {
    ...(metric !== undefined && { __name__: metric }),
    ...Object.fromEntries(named.filter(([, value]) => value !== '')),
  }
}

/** Where rows are parted by dimensions the answer leaves out what is not there; what that means is the measure's policy. */
function withGaps(
  values: Map<number, number>,
  starts: readonly number[],
  { plan }: SeriesRequest,
): Map<number, number> {
  const { gaps } = plan.measure
  if (gaps === 'null') return values
  const filled = new Map<number, number>()
  let previous: number | undefined
  for (const start of starts) {
    const value = values.get(start) ?? (gaps === 'zero' ? 0 : previous)
    if (value !== undefined) filled.set(start, value)
    previous = value
  }
  return filled
}

function pointsOf(
  values: Map<number, number>,
  starts: readonly number[],
  { steps, stepPlan, now }: SeriesRequest,
): [number, number][] {
  const points: [number, number][] = []
  let at = 0
  for (let moment = steps.start; moment <= Math.min(steps.end, now); moment += steps.step) {
    if (stepPlan.mode === 'sum') {
      let sum: number | undefined
      for (; at < starts.length && (starts[at] as number) < moment + steps.step; at++) {
        const value = values.get(starts[at] as number)
        if (value !== undefined) sum = (sum ?? 0) + value
      }
      if (sum !== undefined) points.push([moment, sum])
    } else {
      while (at + 1 < starts.length && (starts[at + 1] as number) <= moment) at += 1
      const value = values.get(starts[at] as number)
      if (value !== undefined) points.push([moment, value])
    }
  }
  return points
}

/** At each moment by itself, as Prometheus does: over a range there can be more series than that. */
function ranked(all: readonly Series[], ranking: PromPlan['ranking']): readonly Series[] {
  if (!ranking) return all
  const sign = ranking.kind === 'topk' ? -1 : 1
  const byMoment = Map.groupBy(
    all.flatMap(({ points }, index) => points.map(([moment, value]) => ({ moment, value, index }))),
    ({ moment }) => moment,
  )
  const kept = new Map<number, Set<number>>()
  for (const [moment, entries] of byMoment) {
    const best = entries.toSorted((a, b) => sign * (a.value - b.value)).slice(0, Math.max(0, ranking.count))
    kept.set(moment, new Set(best.map(({ index }) => index)))
  }
  return all.map(({ labels, points }, index) => ({
    labels,
    points: points.filter(([moment]) => kept.get(moment)?.has(index)),
  }))
}
