import { AppError } from '@almanac/core/errors.ts'
import { isHeader } from './csv-dialect.ts'
import { readNumberKinds } from './excel/number-kinds.ts'
import { readSharedTexts } from './excel/shared-texts.ts'
import { readSheetRows } from './excel/sheet-rows.ts'
import { unreadable } from './excel/unreadable.ts'
import { readWorkbook } from './excel/workbook.ts'
import { openZip } from './excel/zip-archive.ts'
import { type FileRow, type FileTable, type ReadChoices, uniqueHeaders } from './file-rows.ts'

/** Larger than what any real table unpacks to, and small enough to be held while it is read. */
const MOST_UNPACKED_BYTES = 1.5 * 1024 ** 3

/** A sheet of an Excel file: its first row with something in it names the columns. */
export async function openExcel(path: string, { sheet, hasHeader }: ReadChoices): Promise<FileTable> {
  const { names, chosen } = await readSheets(path, sheet)
  if (!chosen) {
    const message = sheet === undefined ? 'No sheet of the file has rows' : `There is no sheet "${sheet}" with rows`
    throw new AppError('invalid_request', message, { hint: `Its sheets are: ${names.join(', ') || 'none'}.` })
  }
  const [first, ...rest] = chosen.rows
  if (!first) throw new Error('a sheet with rows was chosen')
  const width = chosen.rows.reduce((most, { cells }) => Math.max(most, cells.length), 0)
  const texts = chosen.rows.slice(0, 50).map(({ cells }) => cells.map((cell) => (cell === null ? '' : String(cell))))
  const isNamed = hasHeader ?? isHeader(texts)
  const headerTexts = Array.from({ length: width }, (_, i) => (isNamed ? String(first.cells[i] ?? '') : ''))
  const words = [`Excel, sheet "${chosen.name}"`, ...(isNamed ? [] : ['without a header'])]
  return {
    format: { kind: 'excel', text: words.join(', '), sheet: chosen.name, sheets: names },
    headers: uniqueHeaders(headerTexts),
    rows: padded(isNamed ? rest : chosen.rows, width),
  }
}

interface Sheets {
  /** In the order in which Excel shows them. */
  readonly names: readonly string[]
  readonly chosen: { readonly name: string; readonly rows: readonly FileRow[] } | undefined
}

/** With the sheet of that name, or the first one with rows; what people have hidden comes after what they see. */
async function readSheets(path: string, wanted: string | undefined): Promise<Sheets> {
  try {
    const archive = await openZip(path, MOST_UNPACKED_BYTES)
    const { sheets, textsPath, stylesPath, startsIn1904 } = await readWorkbook(archive)
    const names = sheets.map(({ name }) => name)
    const styles = stylesPath === undefined ? undefined : archive.read(stylesPath)
    const texts = textsPath === undefined ? undefined : archive.read(textsPath)
    const context = {
      startsIn1904,
      kinds: styles ? await readNumberKinds(styles) : [],
      texts: texts ? await readSharedTexts(texts) : [],
    }
    const visibleFirst = sheets.toSorted((a, b) => Number(a.isHidden) - Number(b.isHidden))
    for (const sheet of visibleFirst) {
      if (wanted !== undefined && sheet.name !== wanted) continue
      const content = archive.read(sheet.path)
      if (!content) throw unreadable(`its sheet "${sheet.name}" is missing`)
      const rows = await readSheetRows(content, context)
      if (rows.length > 0) return { names, chosen: { name: sheet.name, rows } }
    }
    return { names, chosen: undefined }
  } catch (error) {
    throw error instanceof AppError ? error : unreadable((error as Error).message, error)
  }
}

async function* padded(rows: readonly FileRow[], width: number): AsyncGenerator<FileRow> {
  for (const { line, cells } of rows) {
    yield { line, cells: cells.length === width ? cells : Array.from({ length: width }, (_, i) => cells[i] ?? null) }
  }
}
