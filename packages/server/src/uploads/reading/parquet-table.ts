import { AppError } from '@almanac/core/errors.ts'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { type Cell, type FileRow, type FileTable, MOST_COLUMNS } from './file-rows.ts'
import { cellOf } from './record-cells.ts'

const ROWS_AT_ONCE = 20_000

/** Columns of a Parquet file, with their types; lists and structures are kept as JSON. */
export async function openParquet(path: string): Promise<FileTable> {
  const file = await asyncBufferFromFile(path)
  const metadata = await readable(parquetMetadataAsync(file))
  const fields = parquetSchema(metadata).children.map(({ element }) => element)
  const headers = fields.map(({ name }) => name)
  if (headers.length === 0) throw new AppError('invalid_request', 'The Parquet file has no columns')
  if (headers.length > MOST_COLUMNS)
    throw new AppError('too_large', `The file has ${headers.length} columns; at most ${MOST_COLUMNS} can be read`)
  const days = new Set(
    fields
      .filter(({ converted_type, logical_type }) => converted_type === 'DATE' || logical_type?.type === 'DATE')
      .map(({ name }) => name),
  )
  // Instants in UTC say so; a time of a clock on a wall has no zone.
  const local = new Set(
    fields
      .filter(({ logical_type }) => logical_type?.type === 'TIMESTAMP' && !logical_type.isAdjustedToUTC)
      .map(({ name }) => name),
  )

  async function* rows(): AsyncGenerator<FileRow> {
    const count = Number(metadata.num_rows)
    for (let from = 0; from < count; from += ROWS_AT_ONCE) {
      const rowEnd = Math.min(from + ROWS_AT_ONCE, count)
      const records = await readable(
        parquetReadObjects({ file, metadata, compressors, rowStart: from, rowEnd, columns: headers }),
      )
      for (const [i, record] of records.entries()) {
        yield { line: from + i + 1, cells: headers.map((name) => parquetCell(record[name], name)) }
      }
    }
  }

  function parquetCell(value: unknown, name: string): Cell {
    const cell = cellOf(value)
    if (!(value instanceof Date) || typeof cell !== 'string') return cell
    if (days.has(name)) return cell.slice(0, 10)
    return local.has(name) ? cell.slice(0, -1) : cell
  }

  return { format: { kind: 'parquet', text: 'Parquet' }, headers, rows: rows() }
}

async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (cause) {
    throw new AppError('invalid_request', `The Parquet file cannot be read: ${(cause as Error).message}`, { cause })
  }
}
