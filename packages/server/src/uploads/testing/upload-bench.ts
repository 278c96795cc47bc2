import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { Query, type QueryInput, type Row } from '@almanac/core/query/query.ts'
import type { UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import type { LoadMode } from '@almanac/core/uploads/upload-load.ts'
import type { TestDatabase } from '../../../test/support/engines.ts'
import { createClickHouse } from '../../clickhouse/client.ts'
import { sqlDatabase } from '../../clickhouse/migrations/0003-sql-views.ts'
import { openRegistry } from '../../cubes/registry.ts'
import { registerDeps } from '../../cubes/testing/cube-bench.ts'
import { runQuery } from '../../query/run-query.ts'
import { createCubesInForce } from '../store/cubes-in-force.ts'
import { openRawFiles } from '../store/raw-files.ts'
import { openUploads, uploadCubes } from '../uploads.ts'
import type { UploadsDeps } from '../uploads-deps.ts'

export const NOW = Date.UTC(2026, 5, 1, 12)

/** For tests: uploads on real engines, and questions to their cubes. */
export async function openUploadBench(db: TestDatabase, folder?: string) {
  const root = folder ?? (await mkdtemp(join(tmpdir(), 'almanac-uploads-')))
  const registry = await openRegistry(registerDeps(db))
  const { database } = db.clickhouseConnection
  const stopping = new AbortController()
  const changes: string[] = []
  const cubes = createCubesInForce(registry, await uploadCubes(db.pool))
  const deps: UploadsDeps = {
    pool: db.pool,
    clickhouse: db.clickhouse,
    connection: db.clickhouseConnection,
    place: { cluster: '', database, views: sqlDatabase(database) },
    files: await openRawFiles(root, 10 * 1024 * 1024),
    cubes,
    registry,
    onChange: (cube) => changes.push(cube),
    logger: { warn: () => {} },
    now: () => NOW,
    signal: stopping.signal,
  }
  const uploads = await openUploads(deps)
  await cubes.forWorkspace.replace([])
  const reader = createClickHouse(db.readerConnection)

  const receive = async (name: string, content: string | Uint8Array, fileName = `${name}.csv`) => {
    const body = Readable.from([Buffer.from(content)])
    return (await uploads.receive({ name, label: name, fileName, origin: 'file', body, by: 'local' })).file
  }
  return {
    uploads,
    deps,
    registry,
    changes,
    root,
    receive,
    /** Receives a file, takes the proposal as it is (or changed) and makes the table. */
    async bring(
      name: string,
      content: string | Uint8Array,
      change: (proposed: UploadDefinition) => UploadDefinition = (same) => same,
      fileName?: string,
    ) {
      const file = await receive(name, content, fileName)
      const { proposal } = await uploads.propose(name, { file: file.id, timezone: 'UTC' })
      await uploads.define(name, {
        definition: change(proposal.definition),
        mode: 'replace',
        file: file.id,
        by: 'local',
      })
      return proposal
    },
    async again(name: string, content: string, mode: LoadMode, fileName?: string) {
      return uploads.load(name, { file: (await receive(name, content, fileName)).id, mode, by: 'local' })
    },
    async ask(query: QueryInput): Promise<readonly Row[]> {
      const queryDeps = {
        pool: db.pool,
        clickhouse: db.clickhouse,
        registry,
        segmentFilters: async () => [],
        now: () => NOW,
        freshness: () => ({ newestEvent: undefined, ingestLagBytes: 0 }),
      }
      return (await runQuery(queryDeps, Query.parse(query))).rows
    },
    /** As people's SQL sees it. */
    async sql<T>(query: string): Promise<T[]> {
      const clickhouse_settings = { output_format_json_quote_64bit_integers: 0 } as const
      return (await reader.query({ query, format: 'JSONEachRow', clickhouse_settings })).json<T>()
    },
    async close() {
      stopping.abort()
      await reader.close()
      if (folder === undefined) await rm(root, { recursive: true, force: true })
    },
  }
}
