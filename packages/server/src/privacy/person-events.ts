import type { ClickHouseClient } from '@clickhouse/client'
import { namesOf, type Person } from './person.ts'

/** The stored events of one person, and what there is to say of them at a glance. */
export interface EventSummary {
  readonly events: number
  /** Milliseconds; absent without events. */
  readonly firstAt?: number
  readonly lastAt?: number
  readonly sources: readonly { readonly source: string; readonly environment: string; readonly events: number }[]
}

interface Condition {
  readonly text: string
  readonly params: Record<string, unknown>
}

/** For reading alone: statements that change data are kept by ClickHouse as text, see `keyedCondition`. */
function plainCondition(person: Person): Condition {
  return {
    text: `(visitor_id IN {visitors:Array(UInt64)}
      OR ({userId:String} != '' AND user_id = {userId:String})
      OR ({anonymousId:String} != '' AND anonymous_id = {anonymousId:String})
      OR toString(properties.previous_id) IN {names:Array(String)})`,
    params: {
      visitors: person.visitors.map(BigInt),
      userId: person.userId ?? '',
      anonymousId: person.anonymousId ?? '',
      names: namesOf(person),
    },
  }
}

export async function summarizeEvents(clickhouse: ClickHouseClient, person: Person): Promise<EventSummary> {
  const { text, params } = plainCondition(person)
  const result = await clickhouse.query({
    query: `SELECT source, environment, count() AS events, toUnixTimestamp64Milli(min(occurred_at)) AS first,
        toUnixTimestamp64Milli(max(occurred_at)) AS last
      FROM events WHERE ${text} GROUP BY source, environment ORDER BY source, environment`,
    query_params: params,
    format: 'JSONEachRow',
  })
  const rows = await result.json<Record<'source' | 'environment' | 'events' | 'first' | 'last', string>>()
  const sources = rows.map(({ source, environment, events }) => ({ source, environment, events: Number(events) }))
  const events = sources.reduce((sum, each) => sum + each.events, 0)
  if (events === 0) return { events, sources }
  const firstAt = Math.min(...rows.map(({ first }) => Number(first)))
  return { events, firstAt, lastAt: Math.max(...rows.map(({ last }) => Number(last))), sources }
}

/** Every column of every event, each as a line of JSON, oldest first. */
export async function* readEvents(
  clickhouse: ClickHouseClient,
  person: Person,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { text, params } = plainCondition(person)
  const result = await clickhouse.query({
    query: `SELECT * FROM events WHERE ${text} ORDER BY occurred_at, event_id`,
    query_params: params,
    format: 'JSONEachRow',
    abort_signal: signal,
    clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
  })
  for await (const rows of result.stream()) for (const row of rows) yield row.text
}

/** Rejected lines, whose text a caller has to judge. */
export async function findQuarantined(
  clickhouse: ClickHouseClient,
  person: Person,
  isMentionedIn: (text: string) => boolean,
): Promise<string[]> {
  if (namesOf(person).length === 0) return []
  const result = await clickhouse.query({
    query: 'SELECT toString(id) AS id, raw FROM quarantine',
    format: 'JSONEachRow',
  })
  const ids = new Set<string>()
  for await (const rows of result.stream<{ id: string; raw: string }>()) {
    for (const row of rows) {
      const { id, raw } = row.json()
      if (isMentionedIn(raw)) ids.add(id)
    }
  }
  return [...ids]
}

/**
 * The same as `plainCondition` for statements that delete: ClickHouse keeps the text of those, and so it holds keyed
 * hashes of the ids instead of the ids.
 */
export interface HashedPerson {
  readonly visitors: readonly string[]
  readonly keys: readonly [string, string]
  readonly userHash?: string
  readonly anonymousHash?: string
  readonly nameHashes: readonly string[]
}

export async function hashPerson(
  clickhouse: ClickHouseClient,
  person: Person,
  keys: readonly [string, string],
): Promise<HashedPerson> {
  const hash = async (text: string): Promise<string> => {
    const result = await clickhouse.query({
      query: 'SELECT toString(sipHash64Keyed(({a:UInt64}, {b:UInt64}), {text:String})) AS hash',
      query_params: { a: keys[0], b: keys[1], text },
      format: 'JSONEachRow',
    })
    return (await result.json<{ hash: string }>())[0]?.hash ?? ''
  }
  const { userId, anonymousId, visitors } = person
  return {
    visitors,
    keys,
    ...(userId !== undefined && { userHash: await hash(userId) }),
    ...(anonymousId !== undefined && { anonymousHash: await hash(anonymousId) }),
    nameHashes: await Promise.all(namesOf(person).map(hash)),
  }
}

/** Numbers alone, so that it can stand in any statement as it is. */
export function keyedCondition({ visitors, keys, userHash, anonymousHash, nameHashes }: HashedPerson): string {
  const hashOf = (sql: string) => `sipHash64Keyed((toUInt64(${keys[0]}), toUInt64(${keys[1]})), ${sql})`
  const oneOf = (sql: string, numbers: readonly string[]) =>
    numbers.length === 0 ? [] : [`${sql} IN (${numbers.map((number) => `toUInt64(${BigInt(number)})`).join(', ')})`]
  const conditions = [
    ...oneOf('visitor_id', visitors),
    ...oneOf(hashOf('user_id'), userHash === undefined ? [] : [userHash]),
    ...oneOf(hashOf('anonymous_id'), anonymousHash === undefined ? [] : [anonymousHash]),
    ...oneOf(hashOf(`ifNull(toString(properties.previous_id), '')`), nameHashes),
  ]
  return conditions.length === 0 ? '0' : `(${conditions.join(' OR ')})`
}
