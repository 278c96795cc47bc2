import { stat } from 'node:fs/promises'
import { AppError } from '@almanac/core/errors.ts'
import { DELIMITERS, dialectOf } from './csv-dialect.ts'
import { type CsvRecord, csvRecords } from './csv-records.ts'
import { type FileRow, type FileTable, MOST_COLUMNS, type ReadChoices, uniqueHeaders } from './file-rows.ts'
import { ENCODING_NAMES, encodingOf, readHead, textOf } from './text-file.ts'

export async function openCsv(path: string, { hasHeader }: ReadChoices): Promise<FileTable> {
  const head = await readHead(path)
  const encoding = encodingOf(head)
  const text = new TextDecoder(encoding).decode(head)
  const dialect = dialectOf(text, (await stat(path)).size <= head.length)
  const { delimiter } = dialect
  const records = csvRecords(textOf(path, encoding), delimiter)
  const first = await firstRecord(records)
  if (!first)
    throw new AppError('invalid_request', 'The file is empty: expected at least a row with the names of the columns')
  if (first.cells.length > MOST_COLUMNS) {
    throw new AppError('too_large', `The file has ${first.cells.length} columns; at most ${MOST_COLUMNS} can be read`)
  }
  const isNamed = hasHeader ?? dialect.hasHeader
  const headers = uniqueHeaders(isNamed ? first.cells : first.cells.map(() => ''))
  const words = [
    `CSV separated by ${DELIMITERS[delimiter]}`,
    ENCODING_NAMES[encoding],
    ...(isNamed ? [] : ['without a header']),
  ]
  return {
    format: { kind: 'csv', text: words.join(', ') },
    headers,
    rows: rowsOf(records, headers.length, isNamed ? undefined : first),
  }
}

/** Behind the line with which Excel says the delimiter. */
async function firstRecord(records: AsyncGenerator<CsvRecord>): Promise<CsvRecord | undefined> {
  const first = (await records.next()).value as CsvRecord | undefined
  const isSeparator = first?.line === 1 && /^sep=$/i.test(first.cells[0] ?? '') && first.cells.length <= 2
  return isSeparator ? ((await records.next()).value as CsvRecord | undefined) : first
}

async function* rowsOf(
  records: AsyncGenerator<CsvRecord>,
  width: number,
  first: CsvRecord | undefined,
): AsyncGenerator<FileRow> {
  if (first) yield rowOf(first, width)
  for await (const record of records) yield rowOf(record, width)
}

function rowOf({ line, cells, problem, isCut }: CsvRecord, width: number): FileRow {
  if (problem !== undefined) return { line, cells, problem }
  // Many programs leave empty cells at the end away, or put a delimiter behind the last one.
  const isWider = cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '')
  if (isWider) return { line, cells, problem: `it has ${cells.length} cells, and there are ${width} columns` }
  if (isCut && cells.length < width)
    return { line, cells, problem: `the file breaks off in it: it has ${cells.length} of ${width} cells` }
  return { line, cells: cells.length === width ? cells : Array.from({ length: width }, (_, i) => cells[i] ?? '') }
}
