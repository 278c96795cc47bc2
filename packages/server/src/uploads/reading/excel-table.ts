import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { AppError } from '@almanac/core/errors.ts'
import ExcelJS from 'exceljs'
import { isHeader } from './csv-dialect.ts'
import { type Cell, type FileRow, type FileTable, MOST_COLUMNS, type ReadChoices, uniqueHeaders } from './file-rows.ts'
import { cellOf } from './record-cells.ts'

/** Larger than what any real table unpacks to, and small enough to be held while it is read. */
const MOST_UNPACKED_BYTES = 1.5 * 1024 ** 3

/** A sheet of an Excel file: its first row with something in it names the columns. */
export async function openExcel(path: string, { sheet, hasHeader }: ReadChoices): Promise<FileTable> {
  await refuseBomb(path)
  const sheets: { readonly name: string; readonly rows: readonly FileRow[] }[] = []
  const chosen = await readSheets(path, sheet, sheets)
  const names = sheets.map(({ name }) => name)
  if (!chosen) {
    const message = sheet === undefined ? 'No sheet of the file has rows' : `There is no sheet "${sheet}" with rows`
    throw new AppError('invalid_request', message, { hint: `Its sheets are: ${names.join(', ') || 'none'}.` })
  }
  const [first, ...rest] = chosen.rows
  if (!first) throw new Error('a sheet with rows was chosen')
  const width = chosen.rows.reduce((most, { cells }) => Math.max(most, cells.length), 0)
  if (width > MOST_COLUMNS)
    throw new AppError('too_large', `The sheet has ${width} columns; at most ${MOST_COLUMNS} can be read`)
  const texts = chosen.rows.slice(0, 50).map(({ cells }) => cells.map((cell) => (cell === null ? '' : String(cell))))
  const isNamed = hasHeader ?? isHeader(texts)
  const names_ = Array.from({ length: width }, (_, i) => (isNamed ? String(first.cells[i] ?? '') : ''))
  const words = [`Excel, sheet "${chosen.name}"`, ...(isNamed ? [] : ['without a header'])]
  return {
    format: { kind: 'excel', text: words.join(', '), sheet: chosen.name, sheets: names },
    headers: uniqueHeaders(names_),
    rows: padded(isNamed ? rest : chosen.rows, width),
  }
}

/** The sheet of that name, or the first one with rows. */
async function readSheets(
  path: string,
  wanted: string | undefined,
  sheets: { readonly name: string; readonly rows: readonly FileRow[] }[],
) {
  try {
    const reader = new ExcelJS.stream.xlsx.WorkbookReader(createReadStream(path), {
      worksheets: 'emit',
      sharedStrings: 'cache',
      styles: 'cache',
      hyperlinks: 'ignore',
      entries: 'ignore',
    })
    for await (const worksheet of reader) {
      const { name } = worksheet as unknown as { readonly name: string }
      const isWanted = wanted === undefined ? !sheets.some(({ rows }) => rows.length > 0) : name === wanted
      const rows: FileRow[] = []
      for await (const row of worksheet) {
        if (!isWanted) continue
        const cells = cellsOf(row)
        if (cells.some((cell) => cell !== null && cell !== '')) rows.push({ line: row.number, cells })
      }
      sheets.push({ name, rows })
    }
  } catch (cause) {
    throw new AppError('invalid_request', `The Excel file cannot be read: ${(cause as Error).message}`, {
      hint: 'Open it in Excel, save it again as .xlsx, or save the sheet as CSV.',
      cause,
    })
  }
  return sheets.find(({ name, rows }) => rows.length > 0 && (wanted === undefined || name === wanted))
}

function cellsOf(row: ExcelJS.Row): Cell[] {
  const cells: Cell[] = []
  row.eachCell({ includeEmpty: true }, (cell, column) => {
    cells[column - 1] = excelCell(cell.value)
  })
  return Array.from(cells, (cell) => cell ?? null)
}

/** A formula is its result, text with formats its text; a date has no zone, and neither has its ISO text. */
function excelCell(value: ExcelJS.CellValue): Cell {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : excelDate(value)
  if (typeof value !== 'object' || value === null) return cellOf(value)
  if ('error' in value) return null
  if ('richText' in value) return value.richText.map(({ text }) => text).join('')
  if ('text' in value) return excelCell(value.text as ExcelJS.CellValue)
  if ('result' in value) return excelCell(value.result as ExcelJS.CellValue)
  return 'formula' in value || 'sharedFormula' in value ? null : cellOf(value)
}

/** Excel keeps days as floating point numbers, which are off by parts of a second. */
function excelDate(date: Date): string {
  const text = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString().slice(0, 19)
  return text.endsWith('T00:00:00') ? text.slice(0, 10) : text
}

async function* padded(rows: readonly FileRow[], width: number): AsyncGenerator<FileRow> {
  for (const { line, cells } of rows) {
    yield { line, cells: cells.length === width ? cells : Array.from({ length: width }, (_, i) => cells[i] ?? null) }
  }
}

/** What the directory of the archive says that its files unpack to. */
async function refuseBomb(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const tail = Buffer.alloc(Math.min(size, 1024 * 1024))
    await file.read(tail, 0, tail.length, size - tail.length)
    let bytes = 0
    for (let at = tail.indexOf(ENTRY); at >= 0; at = tail.indexOf(ENTRY, at + 4)) {
      if (at + 28 <= tail.length) bytes += tail.readUInt32LE(at + 24)
    }
    if (bytes <= MOST_UNPACKED_BYTES) return
    throw new AppError(
      'too_large',
      `The Excel file unpacks to ${Math.round(bytes / 1024 ** 2)} MiB, which is too much`,
      {
        hint: 'Save the sheet as CSV, which is read piece by piece.',
      },
    )
  } finally {
    await file.close()
  }
}

const ENTRY = Buffer.from([0x50, 0x4b, 0x01, 0x02])
