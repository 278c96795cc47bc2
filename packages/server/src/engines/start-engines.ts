import { AppError } from '@almanac/core/errors.ts'
import { type EmbeddedClickHouse, startEmbeddedClickHouse } from './clickhouse/embedded-clickhouse.ts'
import type { DataDirectory } from './files/data-directory.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './postgres/embedded-postgres.ts'
import { untilUndisturbed } from './processes/free-port.ts'
import { type EngineStatus, outsideStatus } from './processes/supervisor.ts'

export interface ClickHouseConnection {
  readonly url: string
  readonly username: string
  readonly password: string
  readonly database: string
}

export interface EngineOptions {
  /** Locked by this process: two servers on one directory would destroy it. */
  readonly directory: DataDirectory
  /** Outside servers take the place of the embedded ones. User, password and database are part of the address. */
  readonly clickhouseUrl?: string | undefined
  readonly clickhouseReaderUrl?: string | undefined
  readonly postgresUrl?: string | undefined
  /** Hears of each change of an embedded engine's state. */
  readonly onChange?: ((engine: EngineName, status: EngineStatus) => void) | undefined
}
export type EngineName = 'clickhouse' | 'postgres'

export interface Engines {
  readonly clickhouse: ClickHouseConnection
  /** A read-only user for the SQL of users, who sees the views in `almanac_sql` alone. */
  readonly clickhouseReader: ClickHouseConnection
  readonly postgresUrl: string
  readonly embedded: { readonly clickhouse: boolean; readonly postgres: boolean }
  status(): Record<EngineName, EngineStatus>
  stop(): Promise<void>
}

/** Starts both engines at once. When one of them can't start, the other is stopped before this throws. */
export async function startEngines(options: EngineOptions): Promise<Engines> {
  const [clickhouse, postgres] = await Promise.allSettled([startClickHouse(options), startPostgres(options)])
  if (clickhouse.status === 'rejected' || postgres.status === 'rejected') {
    for (const started of [clickhouse, postgres]) if (started.status === 'fulfilled') await started.value.stop()
    throw clickhouse.status === 'rejected' ? clickhouse.reason : (postgres as PromiseRejectedResult).reason
  }
  return {
    clickhouse: clickhouse.value.connection,
    clickhouseReader: clickhouse.value.reader,
    postgresUrl: postgres.value.url,
    embedded: { clickhouse: clickhouse.value.isEmbedded, postgres: postgres.value.isEmbedded },
    status: () => ({ clickhouse: clickhouse.value.status(), postgres: postgres.value.status() }),
    async stop() {
      await Promise.all([clickhouse.value.stop(), postgres.value.stop()])
    },
  }
}

interface Started {
  readonly isEmbedded: boolean
  status(): EngineStatus
  stop(): Promise<void>
}

async function startClickHouse(
  options: EngineOptions,
): Promise<Started & Pick<EmbeddedClickHouse, 'connection' | 'reader'>> {
  const { directory, clickhouseUrl, clickhouseReaderUrl, onChange } = options
  if (clickhouseUrl === undefined) {
    const embedded = await untilUndisturbed(() =>
      startEmbeddedClickHouse(directory, (status) => onChange?.('clickhouse', status)),
    )
    return { ...embedded, ...supervised(embedded) }
  }
  if (clickhouseReaderUrl === undefined) {
    throw new AppError(
      'invalid_config',
      'ALMANAC_CLICKHOUSE_URL is set, and ALMANAC_CLICKHOUSE_READER_URL is missing',
      {
        hint: 'Make a read-only ClickHouse user for the SQL of users, and give its address.',
      },
    )
  }
  const connection = parseClickHouseUrl(clickhouseUrl, 'almanac')
  return { connection, reader: parseClickHouseUrl(clickhouseReaderUrl, 'almanac_sql'), ...outside(clickhouseUrl) }
}

async function startPostgres({ directory, postgresUrl, onChange }: EngineOptions): Promise<Started & { url: string }> {
  if (postgresUrl !== undefined) return { url: postgresUrl, ...outside(postgresUrl) }
  const embedded = await untilUndisturbed(() =>
    startEmbeddedPostgres(directory, (status) => onChange?.('postgres', status)),
  )
  return { url: embedded.url, ...supervised(embedded) }
}

function supervised({ engine }: Pick<EmbeddedClickHouse | EmbeddedPostgres, 'engine'>): Started {
  return { isEmbedded: true, status: () => engine.status(), stop: () => engine.stop() }
}

function outside(url: string): Started {
  const status = outsideStatus(Number(new URL(url).port))
  return { isEmbedded: false, status: () => status, stop: async () => {} }
}

/** `http://user:password@host:8123/database`, as the parts that the client takes. */
function parseClickHouseUrl(text: string, defaultDatabase: string): ClickHouseConnection {
  const url = new URL(text)
  return {
    url: url.origin,
    username: decodeURIComponent(url.username) || 'default',
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || defaultDatabase,
  }
}
