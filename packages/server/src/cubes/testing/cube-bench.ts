import { randomUUID } from 'node:crypto'
import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { type CubeSnapshot, LEVELS, type Level } from '@almanac/core/cubes/cube-state.ts'
import { finalSql } from '@almanac/core/cubes/sql/measure-sql.ts'
import { expect } from 'vitest'
import type { TestDatabase } from '../../../test/support/engines.ts'
import type { TestLog } from '../../../test/support/log-of.ts'
import type { CollectedEvent } from '../../collect/events/collected-event.ts'
import { createVisitors } from '../../collect/visitors/visitor.ts'
import { createLinkFinder } from '../../identity/event-links.ts'
import { ingestLog } from '../../ingest/ingest-log.ts'
import { AT_ONCE } from '../compute/pending-buckets.ts'
import { recomputeAll } from '../compute/recompute.ts'
import type { RegisterDeps } from '../register-cubes.ts'
import { type CubeRegistry, openRegistry } from '../registry.ts'
import { readSnapshot } from '../snapshot.ts'

/** For tests: events on their usual way into the tables, and what a cube has of them. */
export interface Hit {
  readonly at: number
  readonly path: string
  readonly status: number
  /** A number as text. */
  readonly visitor: string
  readonly bytes: number
}

export const HIT: Hit = { at: Date.UTC(2026, 4, 17, 10, 20), path: '/', status: 200, visitor: '1', bytes: 10 }

export const registerDeps = ({ pool, clickhouse }: TestDatabase): RegisterDeps => ({ pool, clickhouse, cluster: '' })

export async function registryOf(db: TestDatabase, definitions: readonly CubeDefinition[]): Promise<CubeRegistry> {
  const registry = await openRegistry(registerDeps(db))
  await registry.replace(definitions)
  return registry
}

export const computeAll = (db: Pick<TestDatabase, 'pool' | 'clickhouse'>) => recomputeAll(db, AT_ONCE)

export async function store(db: TestDatabase, testLog: TestLog, hits: readonly Hit[]): Promise<void> {
  await testLog.append(hits.map(eventOf))
  const end = testLog.log.durableEnd
  const failures: unknown[] = []
  await ingestLog(
    {
      logDirectory: testLog.directory,
      logId: testLog.log.id,
      pool: db.pool,
      clickhouse: db.clickhouse,
      linkFinder: createLinkFinder(createVisitors(Buffer.alloc(32), { kind: 'stable' })),
      waitForLog: async (position) => (position < end ? end : undefined),
      onBatch: () => {},
      onTrouble: (error) => failures.push(error),
    },
    new AbortController().signal,
  )
  expect(failures).toEqual([])
}

function eventOf({ path, ...hit }: Hit): CollectedEvent {
  return { id: randomUUID(), name: 'page_view', url: path, visitorKind: 'anonymous', ...hit }
}

const FROM = Date.UTC(2000, 0, 1) / 1000
const TO = Date.UTC(2100, 0, 1) / 1000

export const snapshotOf = (db: TestDatabase, id: number): Promise<CubeSnapshot> => readSnapshot(db.pool, id, FROM, TO)

/** The finished values of what counts at a level, by bucket, rollup and dimensions; touched buckets are left out. */
export async function settledFigures(
  db: TestDatabase,
  registry: CubeRegistry,
  name: string,
  level: Level,
  measures: readonly string[],
): Promise<Record<string, unknown>[]> {
  const [table] = registry.tables(name)
  if (!table) throw new Error(`there is no table of ${name}`)
  const { touched, garbage, version } = await snapshotOf(db, table.id)
  const rejected = garbage.filter((one) => one.level === level).map(({ bucket, version }) => `(${bucket}, ${version})`)
  const values = measures.map((name) => {
    const measure = table.definition.measures[name]
    if (!measure || measure.class === 'exact' || measure.class === 'derived' || measure.class === 'window')
      throw new Error()
    return `${finalSql(measure, `m_${name}`)} AS ${name}`
  })
  const dimensions = Object.entries(table.definition.dimensions).flatMap(([name, { kind }]) =>
    kind === 'calendar' ? [] : [`d_${name}`],
  )
  const result = await db.clickhouse.query({
    query: `SELECT rollup, toUnixTimestamp(bucket) AS start, ${[...dimensions, ...values].join(', ')} FROM ${table.table}
      WHERE level = '${level}' AND version <= ${version} AND NOT has([${touched[level].join(', ')}], toUnixTimestamp(bucket))
      ${rejected.length > 0 ? `AND (toUnixTimestamp(bucket), version) NOT IN (${rejected.join(', ')})` : ''}
      GROUP BY ${['bucket', 'rollup', ...dimensions].join(', ')} ORDER BY ${['rollup', 'bucket', ...dimensions].join(', ')}`,
    format: 'JSONEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  })
  return result.json()
}

export async function touchedCount(db: TestDatabase): Promise<Record<Level, number>> {
  const { rows } = await db.pool.query<{ level: number; count: string }>(
    'SELECT level, count(*) AS count FROM cube_buckets WHERE touched <> computed GROUP BY level',
  )
  const counts = LEVELS.map((level, i) => [level, Number(rows.find((row) => row.level === i)?.count ?? 0)])
  return Object.fromEntries(counts) as Record<Level, number>
}

export async function rowsOf<T>(db: TestDatabase, query: string): Promise<T[]> {
  const clickhouse_settings = { output_format_json_quote_64bit_integers: 0 } as const
  return (await db.clickhouse.query({ query, format: 'JSONEachRow', clickhouse_settings })).json<T>()
}
