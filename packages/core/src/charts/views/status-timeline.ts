import type { Column, Row } from '../../query/query.ts'
import { zonedText } from '../../time/moment.ts'
import type { TimeBucket } from '../axes/time-buckets.ts'
import { timeBuckets } from '../axes/time-buckets.ts'
import type { ChartOf } from '../chart-spec.ts'
import type { Drawing, Look, Reading, TimelineDrawing } from '../drawing.ts'
import { axisTicks } from '../format/axis-ticks.ts'
import { formatRange, formatTick } from '../format/format-time.ts'
import { parseTime } from '../format/format-value.ts'
import type { Frame } from '../frame.ts'
import { briefly, exactText, type Given, nameOf, picksOf } from '../parts/value-lines.ts'
import { columnOf, dimensionFor, labelOf, numberIn, timeOf, UnfitFrame, valueFor } from '../roles.ts'
import { rowsBy } from '../whole.ts'
import { bandLabel, bandOf, type Tone } from './bands.ts'

type Timeline = Given<ChartOf<'status_timeline'>>
type Span = TimelineDrawing['lanes'][number]['spans'][number]

/**
 * How things were over time: a lane for each, coloured by the band that holds the value. Buckets of one state in a row are one span.
 * Without bands, values of 0 and 1 alone are those of checks: 0 is bad and 1 is good. Nobody has said what is good of any other figure.
 */
export function drawStatusTimeline(spec: ChartOf<'status_timeline'>, frame: Frame, look: Look): Drawing {
  const given = { spec, frame, look }
  const time = spec.time === undefined ? timeOf(frame) : columnOf(frame, spec.time)
  if (!time) throw new UnfitFrame('It needs the time, and there is none.')
  const column = valueFor(frame, spec.value)
  const by = dimensionFor(frame, spec.by, [time.name])
  const rows = rowsBy(frame, by ? [time.name, by.name] : [time.name], column)
  const { buckets, indexes } = timeBuckets(frame, time.name)
  const range = rangeOf(frame, buckets)
  if (!range) throw new UnfitFrame(`The column “${time.name}” has no times.`)
  const things = [...Map.groupBy(rows, (row) => JSON.stringify(by ? row[by.name] : null)).values()]
  const isJudged = hasBands(spec) || rows.every((row) => isCheck(numberIn(row, column)))
  const lanes = things.slice(0, MOST_LANES).map((own) => {
    const label = by ? nameOf(given, own[0] as Row, by) : labelOf(spec, column)
    const byBucket = new Map(own.map((row) => [indexes.get(String(row[time.name])), row]))
    const lane = { label, buckets, byBucket, range, column, by, isJudged, example: own[0] as Row }
    return { label, spans: spansOf(given, lane) }
  })
  return {
    as: 'timeline',
    ticks: ticksOf(given, buckets, range),
    lanes,
    legend: legendOf(lanes),
    ...(!isJudged && { isUnjudged: true as const }),
    summary: summaryOf(given, { lanes, left: things.length - lanes.length, column, isJudged }),
  }
}

const hasBands = ({ bands = [] }: ChartOf<'status_timeline'>) => bands.length > 0
const isCheck = (value: number | null) => value === null || value === 0 || value === 1

/** Nobody reads on; the table has them all. */
const MOST_LANES = 200

interface Stretch {
  readonly from: Temporal.ZonedDateTime
  readonly to: Temporal.ZonedDateTime
}

/** What was asked for; else from the first bucket to the end of the last. */
function rangeOf({ from, to, timezone }: Frame, buckets: readonly TimeBucket[]): Stretch | undefined {
  const [first, last] = [buckets[0], buckets.at(-1)]
  if (!first || !last) return undefined
  const range = { from: parseTime(from, timezone) ?? first.start, to: parseTime(to, timezone) ?? last.end }
  return range.to.epochMilliseconds > range.from.epochMilliseconds ? range : undefined
}

function shareAlong({ from, to }: Stretch, at: Temporal.ZonedDateTime): number {
  const share = (at.epochMilliseconds - from.epochMilliseconds) / (to.epochMilliseconds - from.epochMilliseconds)
  return Math.min(1, Math.max(0, share))
}

interface Lane {
  readonly label: string
  readonly buckets: readonly TimeBucket[]
  readonly byBucket: ReadonlyMap<number | undefined, Row>
  readonly range: Stretch
  readonly column: Column
  readonly by: Column | undefined
  readonly isJudged: boolean
  readonly example: Row
}

interface State {
  readonly tone: Tone | 'muted'
  readonly text: string
  readonly from: Temporal.ZonedDateTime
  to: Temporal.ZonedDateTime
  least: number | null
  greatest: number | null
  isOpen: boolean
}

function spansOf(given: Timeline, lane: Lane): Span[] {
  const states: State[] = []
  for (const [at, { start, end, state }] of lane.buckets.entries()) {
    // What has not begun is neither good nor unknown.
    if (state === 'ahead') continue
    const row = lane.byBucket.get(at)
    const value = row ? numberIn(row, lane.column) : null
    const { tone, text } = stateOf(given.spec, value, lane.isJudged)
    const last = states.at(-1)
    if (last?.tone === tone && last.text === text) {
      last.to = end
      last.least = value === null ? last.least : Math.min(last.least ?? value, value)
      last.greatest = value === null ? last.greatest : Math.max(last.greatest ?? value, value)
      last.isOpen ||= state === 'open'
    } else states.push({ tone, text, from: start, to: end, least: value, greatest: value, isOpen: state === 'open' })
  }
  // Beside spans that nobody judges, those of no data would look the same: they are gaps.
  const shown = lane.isJudged ? states : states.filter(({ text }) => text !== NO_DATA)
  return shown.map((state) => ({
    from: shareAlong(lane.range, state.from),
    to: shareAlong(lane.range, state.to),
    tone: state.tone,
    text: state.text,
    reading: readingOf(given, lane, state),
  }))
}

const NO_DATA = 'No data'
const NOT_JUDGED = 'Not judged'

function stateOf(
  { bands }: ChartOf<'status_timeline'>,
  value: number | null,
  isJudged: boolean,
): Pick<State, 'tone' | 'text'> {
  if (value === null) return { tone: 'muted', text: NO_DATA }
  if (!isJudged) return { tone: 'muted', text: NOT_JUDGED }
  if (!bands || bands.length === 0) return value > 0 ? { tone: 'good', text: 'Good' } : { tone: 'bad', text: 'Bad' }
  const band = bandOf(bands, value)
  return band ? { tone: band.tone, text: bandLabel(band) } : { tone: 'muted', text: 'Outside all bands' }
}

function readingOf(given: Timeline, { label, column, by, example }: Lane, state: State): Reading {
  const { from, to, least, greatest, isOpen, tone, text } = state
  const values = least === greatest ? [least] : [least, greatest]
  return {
    title: `${label}: ${text}`,
    ...(isOpen && { note: 'Still running' }),
    lines: [
      { label: 'When', text: formatRange({ from, to }, given.look.locale) },
      {
        label: labelOf(given.spec, column),
        text: values.map((value) => exactText(given, value, column)).join(' – '),
        ink: tone,
      },
    ],
    picks: by ? picksOf(example, [by]) : [],
    time: zonedText(from),
    timeEnd: zonedText(to),
  }
}

const TICK_PX = 90

function ticksOf({ frame, look }: Timeline, buckets: readonly TimeBucket[], range: Stretch): TimelineDrawing['ticks'] {
  const starts = buckets
    .map(({ start }) => start)
    .filter((start) => start.epochMilliseconds >= range.from.epochMilliseconds)
  const grain = frame.grain ?? 'day'
  return axisTicks(starts, grain, Math.max(2, Math.floor(look.widthPx / TICK_PX))).flatMap(({ index, isMajor }) => {
    const start = starts[index]
    return start ? [{ share: shareAlong(range, start), text: formatTick(start, grain, isMajor, look.locale) }] : []
  })
}

const ORDER = ['good', 'warning', 'bad', 'muted'] as const

function legendOf(lanes: TimelineDrawing['lanes']): TimelineDrawing['legend'] {
  const spans = lanes.flatMap((lane) => lane.spans)
  const states = new Map(spans.map(({ tone, text }) => [`${tone} ${text}`, { tone, label: text }]))
  return [...states.values()].toSorted((a, b) => ORDER.indexOf(a.tone) - ORDER.indexOf(b.tone))
}

interface Summed {
  readonly lanes: TimelineDrawing['lanes']
  readonly left: number
  readonly column: Column
  readonly isJudged: boolean
}

function summaryOf({ spec, look }: Timeline, { lanes, left, column, isJudged }: Summed): string {
  const percent = new Intl.NumberFormat(look.locale, { style: 'percent', maximumFractionDigits: 1 })
  const shares = lanes.slice(0, 5).map(({ label, spans }) => {
    if (!isJudged) return `${briefly(label)} not judged`
    const known = spans.filter(({ tone }) => tone !== 'muted')
    const length = (list: readonly Span[]) => list.reduce((total, { from, to }) => total + to - from, 0)
    if (length(known) === 0) return `${briefly(label)} unknown`
    return `${briefly(label)} good ${percent.format(length(known.filter(({ tone }) => tone === 'good')) / length(known))} of the time`
  })
  return `${labelOf(spec, column)} over time: ${shares.join(', ')}${lanes.length > 5 ? ' and more' : ''}.${left > 0 ? ` ${left} more are in the table alone.` : ''}`
}
