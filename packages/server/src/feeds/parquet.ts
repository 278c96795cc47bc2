import { openAsBlob } from 'node:fs'
import { AppError } from '@almanac/core/errors.ts'
import type { ClickHouseConnection } from '../engines/start-engines.ts'
import type { FeedColumn } from './feed-columns.ts'

/**
 * Makes Parquet of a file of lines, each a JSON array. ClickHouse writes the format: the rows go to it as data of the
 * request, which needs no table, and the client library cannot send that.
 */
export async function* parquetOf(
  linesPath: string,
  columns: readonly FeedColumn[],
  { url, username, password }: ClickHouseConnection,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const address = new URL(url)
  address.searchParams.set('query', 'SELECT * FROM rows FORMAT Parquet')
  address.searchParams.set('rows_format', 'JSONCompactEachRow')
  address.searchParams.set('rows_structure', columns.map(({ name, type }) => `\`${name}\` ${TYPES[type]}`).join(', '))
  address.searchParams.set('date_time_input_format', 'best_effort')
  address.searchParams.set('max_threads', '1')
  const body = new FormData()
  body.append('rows', await openAsBlob(linesPath), 'rows')
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'X-ClickHouse-User': username, 'X-ClickHouse-Key': password },
    body,
    ...(signal && { signal }),
  }).catch((cause) => {
    throw new AppError('engine_unavailable', 'ClickHouse did not answer while it wrote Parquet', { cause })
  })
  if (!answer.ok || !answer.body) {
    const reason = (await answer.text()).split('\n')[0]?.slice(0, 300)
    throw new AppError('query_failed', `ClickHouse could not write the feed as Parquet: ${reason}`)
  }
  yield* answer.body
}

/** Names are those of the cube's definition: letters, digits and `_`. Times are instants; every value can be absent. */
const TYPES: Record<FeedColumn['type'], string> = {
  time: `DateTime('UTC')`,
  string: 'Nullable(String)',
  number: 'Nullable(Float64)',
  boolean: 'Nullable(Bool)',
}
