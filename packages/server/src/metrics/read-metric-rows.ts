import { expectation, issuesOf } from '@almanac/core/cubes/define/schema-issues.ts'
import type { Issue } from '@almanac/core/errors.ts'
import { type MetricGrain, MetricRow, type MetricValue } from './metric-row.ts'

/** What holds for rows that do not say it themselves. */
export interface MetricDefaults {
  readonly metric?: string | undefined
  readonly source?: string | undefined
  readonly environment?: 'production' | 'sandbox' | undefined
  readonly grain?: MetricGrain | undefined
  /** Whose days and hours the dates are. */
  readonly timezone: string
  /** Of an ingest key: its rows cannot name another one. */
  readonly only?: { readonly source: string | undefined; readonly environment: string | undefined } | undefined
}

/** A row, and where it stands: its index in a list, or its line in a file. */
export interface SentRow {
  readonly place: number | string
  readonly row: unknown
}

export interface ReadRows {
  readonly values: readonly MetricValue[]
  /** All that is wrong with the others, each at the place of its row. */
  readonly issues: readonly Issue[]
}

/** Each row is taken or refused by itself. Two for the same thing are a mistake: a dimension that was left out, for instance. */
export function readMetricRows(rows: readonly SentRow[], defaults: MetricDefaults): ReadRows {
  const startOf = rememberedStarts(defaults.timezone)
  const issues: Issue[] = []
  const values = new Map<string, { readonly place: SentRow['place']; readonly value: MetricValue }>()
  for (const { place, row } of rows) {
    const read = readRow(row, defaults, startOf)
    if ('issues' in read) {
      issues.push(...read.issues.map(({ path, message }) => ({ path: [place, ...path], message })))
      continue
    }
    const key = keyOf(read)
    const before = values.get(key)
    if (before) issues.push({ path: [place], message: `expected each figure once: ${placeText(before.place)} has it` })
    else values.set(key, { place, value: read })
  }
  return { values: [...values.values()].map(({ value }) => value), issues }
}

const placeText = (place: SentRow['place']) => (typeof place === 'number' ? `the row with index ${place}` : place)

const keyOf = ({ metric, grain, at, environment, source, series }: MetricValue) =>
  [metric, grain, at, environment, source, series].join('\n')

type StartOf = (row: Pick<MetricRow, 'date' | 'hour' | 'time'>, grain: MetricGrain) => number

function readRow(
  input: unknown,
  defaults: MetricDefaults,
  startOf: StartOf,
): MetricValue | { readonly issues: readonly Issue[] } {
  const parsed = MetricRow.safeParse(input, { error: expectation })
  if (!parsed.success) return { issues: issuesOf(parsed.error) }
  const row = parsed.data
  const { metric = defaults.metric } = row
  const source = row.source ?? defaults.only?.source ?? defaults.source ?? ''
  const environment = row.environment ?? defaults.only?.environment ?? defaults.environment ?? 'production'
  const grain = row.grain ?? defaults.grain ?? (row.date !== undefined && row.hour === undefined ? 'day' : 'hour')
  const issues = [...fieldIssues(row, grain), ...ownIssues({ source, environment }, defaults)]
  if (metric === undefined) issues.push({ path: ['metric'], message: 'expected the name of the metric' })
  const at = issues.length === 0 ? startOf(row, grain) : Number.NaN
  if (issues.length === 0 && !(at >= EARLIEST && at < LATEST)) {
    issues.push({ path: [row.time === undefined ? 'date' : 'time'], message: `expected a time from 1970 to 2099` })
  }
  if (metric === undefined || issues.length > 0) return { issues }
  const dimensions = sortedDimensions(row.dimensions)
  return { metric, grain, at, environment, source, series: JSON.stringify(dimensions), dimensions, value: row.value }
}

const EARLIEST = 0
const LATEST = Date.UTC(2100, 0, 1) / 1000

function fieldIssues({ date, hour, time }: MetricRow, grain: MetricGrain): Issue[] {
  if (time === undefined && date === undefined) {
    return [{ path: ['time'], message: 'expected a date, or an instant as time' }]
  }
  if (time !== undefined && (date !== undefined || hour !== undefined)) {
    return [{ path: ['time'], message: 'expected either a time, or a date with or without an hour' }]
  }
  if (grain === 'hour' && date !== undefined && hour === undefined) {
    return [{ path: ['hour'], message: 'expected the hour of the date, for a figure of an hour' }]
  }
  return grain === 'day' && hour !== undefined
    ? [{ path: ['hour'], message: 'expected no hour, for a figure of a day' }]
    : []
}

function ownIssues(row: { readonly source: string; readonly environment: string }, { only }: MetricDefaults): Issue[] {
  return (['source', 'environment'] as const).flatMap((field) => {
    const own = only?.[field]
    if (own === undefined || own === row[field]) return []
    return [{ path: [field], message: `expected "${own}", which is the only one that this key may write to` }]
  })
}

/** Without the empty ones: a dimension that has no value is one that is not there. */
function sortedDimensions(dimensions: MetricRow['dimensions']): Record<string, string> {
  const entries = Object.entries(dimensions).flatMap(([name, value]): [string, string][] =>
    value === null || value === '' ? [] : [[name, String(value)]],
  )
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Most rows of a request have the time of another one. `NaN` where there is no such time. */
function rememberedStarts(timezone: string): StartOf {
  const known = new Map<string, number>()
  return (row, grain) => {
    const key = `${row.time ?? row.date} ${row.hour} ${grain}`
    const start = known.get(key) ?? startSeconds(row, grain, timezone)
    known.set(key, start)
    return start
  }
}

function startSeconds({ date, hour, time }: Parameters<StartOf>[0], grain: MetricGrain, timezone: string): number {
  try {
    const zoned =
      time === undefined
        ? Temporal.PlainDate.from(date ?? '', { overflow: 'reject' }).toZonedDateTime({
            timeZone: timezone,
            plainTime: { hour: hour ?? 0 },
          })
        : Temporal.Instant.from(time).toZonedDateTimeISO(timezone)
    const start = grain === 'day' ? zoned.startOfDay() : zoned.round({ smallestUnit: 'hour', roundingMode: 'floor' })
    return Math.floor(start.epochMilliseconds / 1000)
  } catch (error) {
    if (error instanceof RangeError) return Number.NaN
    throw error
  }
}
