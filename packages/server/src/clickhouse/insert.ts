import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client'
import { FIRST_IN_LINE } from './last-in-line.ts'

/**
 * One insert of one batch into one partition of one table: as one part, at once or not at all, and the same token is
 * never inserted twice. Every setting that this rests on is set here, because their defaults differ between versions.
 */
export interface InsertRequest {
  readonly table: string
  readonly columns: readonly string[]
  /**
   * Lines of JSONCompactEachRow, which may lack their last columns; at most `MAX_ROWS_PER_INSERT`. As bytes they have their line
   * breaks already.
   */
  readonly rows: readonly string[] | readonly Buffer[]
  readonly token: string
}

/** Far under the size at which ClickHouse would cut an insert into several parts. */
export const MAX_ROWS_PER_INSERT = 200_000
const ONE_BLOCK = 1_048_576

const SETTINGS: ClickHouseSettings = {
  ...FIRST_IN_LINE,
  async_insert: 0,
  insert_deduplicate: 1,
  deduplicate_blocks_in_dependent_materialized_views: 1,
  // Rows are gathered into one block whatever way the text was cut up for parsing.
  max_insert_block_size: String(ONE_BLOCK),
  min_insert_block_size_rows: String(ONE_BLOCK),
  min_insert_block_size_bytes: '0',
  input_format_parallel_parsing: 0,
  date_time_input_format: 'basic',
  input_format_json_compact_allow_variable_number_of_columns: 1,
}

export async function insertRows(clickhouse: ClickHouseClient, request: InsertRequest): Promise<void> {
  const { table, columns, rows, token } = request
  const { stream } = await clickhouse.exec({
    query: `INSERT INTO ${table} (${columns.join(', ')}) FORMAT JSONCompactEachRow`,
    values: Readable.from(isText(rows) ? [rows.join('\n')] : rows),
    clickhouse_settings: { ...SETTINGS, insert_deduplication_token: token },
  })
  // An insert answers nothing; its connection is free again when that was read.
  await finished(stream.resume())
}

function isText(rows: InsertRequest['rows']): rows is readonly string[] {
  return typeof rows[0] === 'string'
}
