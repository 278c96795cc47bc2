import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool, PoolClient } from 'pg'
import { touchHours } from '../cubes/touch-hours.ts'
import { inTransaction } from '../postgres/in-transaction.ts'
import { storeTouches, type Touch } from '../visits/pending-visits.ts'
import { type ChangedVisitor, changedVisitors, knownPersons, linksAround } from './link-store.ts'
import { resolvePersons } from './resolve.ts'

/**
 * Follows the links that have changed and tells ClickHouse who is somebody else now. What was computed of such a visitor's
 * events is computed again: the hours of its events are touched, and the visits of who it was and of who it is. Each step
 * can be repeated; a change is done with when all of it is.
 */
export interface FollowDeps {
  readonly pool: Pool
  readonly clickhouse: ClickHouseClient
}

interface Move {
  readonly visitor: string
  readonly from: string
  readonly to: string
}

const CHANGES_PER_RUN = 2000

/** Returns how many changes were followed; fewer than there are when there are very many. */
export async function followLinks(deps: FollowDeps): Promise<number> {
  const changes = await changedVisitors(deps.pool, CHANGES_PER_RUN)
  if (changes.length === 0) return 0
  const moves = await findMoves(
    deps.pool,
    changes.map(({ visitor }) => visitor),
  )
  if (moves.length > 0) await move(deps, moves)
  await forgetChanges(deps.pool, changes)
  return changes.length
}

async function findMoves(pool: Pool, changed: readonly string[]): Promise<Move[]> {
  const { visitors, links } = await linksAround(pool, changed)
  const persons = resolvePersons(links)
  const known = await knownPersons(pool, visitors)
  return visitors.flatMap((visitor) => {
    const [from, to] = [known.get(visitor) ?? visitor, persons.get(visitor) ?? visitor]
    return from === to ? [] : [{ visitor, from, to }]
  })
}

async function move({ pool, clickhouse }: FollowDeps, moves: readonly Move[]): Promise<void> {
  const visitors = moves.map(({ visitor }) => visitor)
  // Before: from here on queries read these hours from raw, where everybody becomes somebody else at the same instant.
  const before = await hoursOf(clickhouse, visitors)
  await inTransaction(pool, (client) => touchHours(client, { table: 'events', hours: distinctHours(before) }))
  await tellClickHouse(pool, clickhouse, moves)
  // Again: an event may have come between, and its hour may have been computed with the former person.
  const after = await hoursOf(clickhouse, visitors)
  await inTransaction(pool, async (client) => {
    await touchHours(client, { table: 'events', hours: distinctHours(after) })
    await storeTouches(client, touchesOf(moves, after))
    await rememberPersons(client, moves)
  })
}

async function tellClickHouse(pool: Pool, clickhouse: ClickHouseClient, moves: readonly Move[]): Promise<void> {
  const { rows } = await pool.query<{ version: string }>(`SELECT nextval('identity_versions')::text AS version`)
  await clickhouse.insert({
    table: 'identities',
    columns: ['visitor_id', 'person_id', 'version'],
    values: moves.map(({ visitor, to }) => [visitor, to, rows[0]?.version]),
    format: 'JSONCompactEachRow',
    clickhouse_settings: { async_insert: 0, insert_deduplicate: 0 },
  })
}

interface VisitorHour {
  readonly visitor: string
  readonly source: string
  readonly environment: string
  /** Seconds. */
  readonly hour: number
  readonly firstAtMs: string
  readonly lastAtMs: string
  readonly events: string
}

async function hoursOf(clickhouse: ClickHouseClient, visitors: readonly string[]): Promise<VisitorHour[]> {
  const result = await clickhouse.query({
    query: `SELECT toString(visitor_id) AS visitor, source, environment, toUnixTimestamp(toStartOfHour(occurred_at)) AS hour,
        toString(toUnixTimestamp64Milli(min(occurred_at))) AS firstAtMs,
        toString(toUnixTimestamp64Milli(max(occurred_at))) AS lastAtMs, toString(count()) AS events
      FROM events WHERE visitor_id IN (${visitors.join(', ')})
      GROUP BY visitor_id, source, environment, hour`,
    format: 'JSONEachRow',
  })
  return result.json<VisitorHour>()
}

const distinctHours = (rows: readonly VisitorHour[]) => [...new Set(rows.map(({ hour }) => hour))].sort((a, b) => a - b)

const DAY_SECONDS = 86_400

/** A day at a time, so that what lies between two visits a year apart is not read again. */
function touchesOf(moves: readonly Move[], hours: readonly VisitorHour[]): Touch[] {
  const moveOf = new Map(moves.map((move) => [move.visitor, move]))
  const days = Map.groupBy(hours, ({ visitor, source, environment, hour }) =>
    [visitor, source, environment, Math.floor(hour / DAY_SECONDS)].join('\n'),
  )
  return [...days.values()].flatMap((ofDay) => {
    const [{ visitor, source, environment }] = ofDay as [VisitorHour]
    const { from, to } = moveOf.get(visitor) as Move
    const stretch = {
      source,
      environment,
      fromMs: Math.min(...ofDay.map(({ firstAtMs }) => Number(firstAtMs))),
      toMs: Math.max(...ofDay.map(({ lastAtMs }) => Number(lastAtMs))),
      events: ofDay.reduce((sum, { events }) => sum + Number(events), 0),
    }
    return [from, to].map((person) => ({ person, ...stretch }))
  })
}

async function rememberPersons(client: PoolClient, moves: readonly Move[]): Promise<void> {
  const [others, themselves] = [
    moves.filter((move) => move.to !== move.visitor),
    moves.filter((move) => move.to === move.visitor),
  ]
  await client.query(
    `INSERT INTO identities (visitor, person) SELECT * FROM unnest($1::numeric[], $2::numeric[])
     ON CONFLICT (visitor) DO UPDATE SET person = excluded.person`,
    [others.map(({ visitor }) => visitor), others.map(({ to }) => to)],
  )
  await client.query('DELETE FROM identities WHERE visitor = ANY($1::numeric[])', [
    themselves.map(({ visitor }) => visitor),
  ])
}

/** But for those that have changed once more. */
async function forgetChanges(pool: Pool, changes: readonly ChangedVisitor[]): Promise<void> {
  await pool.query(
    `DELETE FROM identity_changes c USING unnest($1::numeric[], $2::bigint[]) AS done(visitor, version)
     WHERE c.visitor = done.visitor AND c.version = done.version`,
    [changes.map(({ visitor }) => visitor), changes.map(({ version }) => version)],
  )
}
