import type { Query, QueryAnswer } from '@almanac/core/query/query.ts'
import { bucketsOf } from '../src/dashboards/buckets.ts'
import type { FakeHit } from './fake-hits.ts'

type Value = string | number | boolean

/** Answers a query from hits in memory, the way the server does from its tables: buckets without hits have no row. */
export function answerQuery(query: Query, hits: readonly FakeHit[], nowMs: number): QueryAnswer {
  const range = { from: momentOf(query.from, query.timezone), to: momentOf(query.to, query.timezone) }
  const groups = new Map<string, Group>()
  const wanted = hits.filter(
    (hit) =>
      hit.atMs >= range.from.epochMilliseconds && hit.atMs < range.to.epochMilliseconds && isWanted(hit, query.filters),
  )
  const bucketAt = query.grain ? bucketFinder(query, wanted) : () => undefined
  for (const hit of wanted) {
    const time = bucketAt(hit.atMs)
    const names = query.dimensions.map((name) => dimensionOf(hit, name))
    const key = JSON.stringify([time, names])
    const group = groups.get(key) ?? { time, names, hits: 0, bytes: 0, errors: 0, visitors: new Set<number>() }
    group.hits += 1
    group.bytes += hit.bytes
    group.errors += hit.status >= 400 ? 1 : 0
    group.visitors.add(hit.visitor)
    groups.set(key, group)
  }
  const rows = [...groups.values()].map((group) => rowOf(query, group))
  const sorted = query.order[0] ? ordered(rows, query.order[0]) : rows
  return { rows: sorted.slice(0, query.limit), meta: metaOf(query, wanted.length, nowMs) }
}

interface Group {
  readonly time: string | undefined
  readonly names: readonly Value[]
  hits: number
  bytes: number
  errors: number
  readonly visitors: Set<number>
}

function rowOf({ dimensions, measures }: Query, group: Group): QueryAnswer['rows'][number] {
  const figures: Record<string, number> = {
    hits: group.hits,
    bytes: group.bytes,
    errors: group.errors,
    visitors: group.visitors.size,
  }
  return {
    ...(group.time ? { time: group.time } : {}),
    ...Object.fromEntries(dimensions.map((name, index) => [name, group.names[index] ?? null])),
    ...Object.fromEntries(measures.map((name) => [name, figures[name] ?? null])),
  }
}

function ordered(rows: QueryAnswer['rows'], { by, direction }: Query['order'][number]): QueryAnswer['rows'] {
  const sign = direction === 'asc' ? 1 : -1
  return rows.toSorted((a, b) => sign * (Number(a[by]) - Number(b[by])))
}

function isWanted(hit: FakeHit, filters: Query['filters']): boolean {
  return filters.every(({ dimension, op, values }) => {
    const value = dimensionOf(hit, dimension)
    if (op === 'contains')
      return values.some((part) => String(value).toLowerCase().includes(String(part).toLowerCase()))
    if (op === 'starts_with') return values.some((part) => String(value).startsWith(String(part)))
    return values.includes(value) === (op === 'in')
  })
}

function dimensionOf(hit: FakeHit, dimension: string): Value {
  if (dimension === 'environment') return 'production'
  return hit[dimension as Exclude<keyof FakeHit, 'atMs' | 'visitor' | 'bytes'>]
}

/** Hits come in the order of time, so the bucket only ever moves on. */
function bucketFinder({ grain = 'day', timezone, firstDayOfWeek }: Query, hits: readonly FakeHit[]) {
  const [first, last] = [hits.at(0), hits.at(-1)]
  if (!first || !last) return () => undefined
  const zoned = (ms: number) => Temporal.Instant.fromEpochMilliseconds(Math.floor(ms)).toZonedDateTimeISO(timezone)
  const buckets = bucketsOf({ from: zoned(first.atMs), to: zoned(last.atMs + 1) }, grain, firstDayOfWeek).map(
    ({ start, end }) => ({ text: start.toString({ timeZoneName: 'never' }), endMs: end.epochMilliseconds }),
  )
  let index = 0
  return (atMs: number): string | undefined => {
    while (index < buckets.length - 1 && atMs >= (buckets[index]?.endMs ?? 0)) index += 1
    return buckets[index]?.text
  }
}

function momentOf(text: string, timezone: string): Temporal.ZonedDateTime {
  if (text.includes('T')) return Temporal.Instant.from(text).toZonedDateTimeISO(timezone)
  return Temporal.PlainDate.from(text).toZonedDateTime(timezone)
}

function metaOf(query: Query, rowsRead: number, nowMs: number): QueryAnswer['meta'] {
  return {
    cube: query.cube,
    tables: ['fake'],
    sql: '',
    parameters: {},
    rowsRead,
    bytesRead: 0,
    elapsedMs: 1,
    timezone: query.timezone,
    from: query.from,
    to: query.to,
    freshness: { asOf: new Date(nowMs).toISOString(), touchedHours: 0, ingestLagBytes: 0 },
  }
}
