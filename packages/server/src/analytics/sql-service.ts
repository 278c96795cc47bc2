import { randomUUID } from 'node:crypto'
import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import { whileAlive } from '../clickhouse/signs-of-life.ts'
import { type DownloadFormat, downloadSql, type SqlDownload } from './download-sql.ts'
import { remember } from './remember.ts'
import { runSql, type SqlRows, type SqlRun, type SqlStatement } from './run-sql.ts'
import { type Asker, type RunningSql, trackRunningSql } from './running-sql.ts'
import { translateSqlError } from './sql-error.ts'
import { readSqlLimits, type SqlLimits } from './sql-limits.ts'
import { cubesForSql, readDatabases, readFunctions, type SqlSchema } from './sql-schema.ts'

/** People's own SQL, on the read-only user. */
export interface SqlService extends Pick<RunningSql, 'list' | 'find' | 'cancel'> {
  run(request: SqlRequest, asker: Asker, signal: AbortSignal): Promise<SqlResult<SqlRows>>
  download(
    request: SqlRequest & { readonly format: DownloadFormat },
    asker: Asker,
    signal: AbortSignal,
  ): Promise<SqlResult<SqlDownload>>
  schema(): Promise<SqlSchema>
}

export interface SqlRequest extends SqlStatement {
  /** By which it can be watched and cancelled; left out, one is made. */
  readonly id?: string | undefined
}

export type SqlResult<T> = T & { readonly id: string; readonly limits: SqlLimits }

interface SqlServiceDeps {
  readonly reader: ClickHouseClient
  /** The database whose views need no name before them. */
  readonly readerDatabase: string
  /** Of the application. */
  readonly clickhouse: ClickHouseClient
  readonly cluster: string
  /** Throws when the engine gives no sign of life. */
  readonly ping: () => Promise<void>
  readonly definitions: () => readonly CubeDefinition[]
}

const LIMITS_FRESH_MS = 60_000
/** New views appear with new tables of logs and new cubes. */
const DATABASES_FRESH_MS = 2_000

export function createSqlService(deps: SqlServiceDeps): SqlService {
  const { reader, readerDatabase, clickhouse, cluster, ping, definitions } = deps
  const running = trackRunningSql({ clickhouse, cluster })
  const limitsNow = remember(() => readSqlLimits(reader), LIMITS_FRESH_MS)
  const databasesNow = remember(() => readDatabases(reader, readerDatabase), DATABASES_FRESH_MS)
  const functions = remember(() => readFunctions(clickhouse), Number.POSITIVE_INFINITY)

  const tracked = async <T extends object>(
    { id = randomUUID(), sql }: SqlRequest,
    asker: Asker,
    signal: AbortSignal,
    ask: (run: SqlRun) => Promise<T>,
  ): Promise<SqlResult<T>> =>
    translated(
      () =>
        running.during(id, asker, async (queryId, cancelled) => {
          const limits = await limitsNow()
          const answer = await whileAlive(ping, AbortSignal.any([signal, cancelled]), (signal) =>
            ask({ queryId, limits, signal }),
          )
          return { ...answer, id, limits }
        }),
      sql,
    )

  return {
    run: (request, asker, signal) => tracked(request, asker, signal, (run) => runSql(reader, request, run)),
    download: (request, asker, signal) =>
      tracked(request, asker, signal, (run) => downloadSql(reader, request, run, request.format)),
    list: (asker) => translated(() => running.list(asker)),
    find: (id, asker) => translated(() => running.find(id, asker)),
    cancel: (id, asker) => translated(() => running.cancel(id, asker)),
    schema: () =>
      translated(async () => ({
        databases: await databasesNow(),
        cubes: cubesForSql(definitions()),
        functions: await functions(),
      })),
  }
}

async function translated<T>(run: () => Promise<T>, sql?: string): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw translateSqlError(error, sql)
  }
}
