import { join } from 'node:path'
import type { ClickHouseClient } from '@clickhouse/client'
import { type Logger, pino } from 'pino'
import { createClickHouse } from '../clickhouse/client.ts'
import type { Config } from '../config/config.ts'
import { type LockedDataDirectory, openDataDirectory } from '../engines/files/data-directory.ts'
import { type Engines, startEngines } from '../engines/start-engines.ts'
import { runMigrations } from '../migrations/migrate.ts'
import { openPostgres, type Postgres } from '../postgres/client.ts'
import type { Stops } from './stops.ts'

/** Where everything is kept: the data directory, both engines with the schema of this version, and clients for them. */
export interface Stores extends Pick<Postgres, 'pool' | 'db'> {
  readonly config: Config
  readonly directory: LockedDataDirectory
  readonly logger: Logger
  readonly engines: Engines
  readonly clickhouse: ClickHouseClient
  /** For people's SQL: may read the views, and nothing else. */
  readonly reader: ClickHouseClient
  /** For what runs in the background and is tried again. */
  readonly onError: (error: unknown) => void
}

export async function openStores(config: Config, stops: Stops): Promise<Stores> {
  const directory = await openDataDirectory(config.dataDir)
  stops.push(() => directory.release())
  const logger = openLogger(config, directory.logs)
  const onError = (error: unknown) => logger.warn({ err: error }, 'a task in the background failed; it is tried again')

  const engines = await startEngines({
    directory,
    clickhouseUrl: config.clickhouseUrl,
    clickhouseReaderUrl: config.clickhouseReaderUrl,
    postgresUrl: config.postgresUrl,
    onChange: (engine, status) => logger.info({ engine, ...status }, `${engine} is ${status.state}`),
  })
  stops.push(() => engines.stop())
  const { pool, db, close } = openPostgres(engines.postgresUrl)
  stops.push(close)
  const clickhouse = createClickHouse(engines.clickhouse)
  stops.push(() => clickhouse.close())
  const reader = createClickHouse(engines.clickhouseReader)
  stops.push(() => reader.close())
  await migrate(config, engines)
  return { config, directory, logger, engines, pool, db, clickhouse, reader, onError }
}

function openLogger(config: Config, logsDirectory: string): Logger {
  return pino({ level: config.logLevel }, pino.destination({ dest: join(logsDirectory, 'server.log'), mode: 0o600 }))
}

/** Over connections without a limit of time: a migration may rewrite a large table. */
async function migrate({ cluster }: Config, { postgresUrl, clickhouse }: Engines): Promise<void> {
  const { pool, close } = openPostgres(postgresUrl, { answerWithinMs: 0 })
  try {
    await runMigrations({ pool, clickhouse, cluster })
  } finally {
    await close()
  }
}
