import { AppError } from '@almanac/core/errors.ts'
import type { Pool } from 'pg'

/** What clients of other systems call a source, by protocol: `matomo` calls it `1`, `plausible` by its domain. */
export interface SourceName {
  readonly protocol: string
  readonly name: string
  readonly source: string
  readonly environment: 'production' | 'sandbox'
}

export async function listSourceNames(pool: Pool): Promise<SourceName[]> {
  const { rows } = await pool.query<SourceName>(
    'SELECT protocol, name, source, environment FROM source_names ORDER BY source, protocol, name',
  )
  return rows
}

/** Giving the same name to the same source again is fine; another source's name is not taken away from it. */
export async function addSourceName(
  pool: Pool,
  { protocol, name, source, environment }: SourceName,
): Promise<SourceName> {
  const { rows } = await pool.query<SourceName>(
    `INSERT INTO source_names (protocol, name, source, environment)
     SELECT $1, $2, sources.name, $4 FROM sources WHERE sources.name = $3
     ON CONFLICT (protocol, name) DO UPDATE SET environment = excluded.environment WHERE source_names.source = excluded.source
     RETURNING protocol, name, source, environment`,
    [protocol, name, source, environment],
  )
  if (rows[0]) return rows[0]
  const { rowCount } = await pool.query('SELECT FROM sources WHERE name = $1', [source])
  if (rowCount === 0) throw new AppError('not_found', `There is no source ${source}`)
  throw new AppError('conflict', `Another source is called ${name} by ${protocol} already`)
}

export interface SourceNames {
  find(protocol: string, name: string): SourceName | undefined
  refresh(): Promise<void>
  close(): void
}

const REFRESH_MS = 2000

/** All names in memory, read again every two seconds: a tracker's request asks the database nothing. */
export async function openSourceNames(pool: Pool, onError: (error: unknown) => void): Promise<SourceNames> {
  let byName = new Map<string, SourceName>()
  const refresh = async () => {
    const names = await listSourceNames(pool)
    byName = new Map(names.map((name) => [`${name.protocol} ${name.name}`, name]))
  }
  await refresh()
  const timer = setInterval(() => refresh().catch(onError), REFRESH_MS)
  timer.unref()
  return {
    find: (protocol, name) => byName.get(`${protocol} ${name}`),
    refresh,
    close: () => clearInterval(timer),
  }
}
