import { AppError } from '@almanac/core/errors.ts'
import { type Cell, type FileRow, MOST_COLUMNS } from '../file-rows.ts'
import { excelTime } from './excel-time.ts'
import type { NumberKind } from './number-kinds.ts'
import { readXml } from './read-xml.ts'
import { createTextRuns, unescaped } from './text-runs.ts'
import { unreadable } from './unreadable.ts'

/** What cells of a sheet refer to. */
export interface SheetContext {
  readonly texts: readonly string[]
  readonly kinds: readonly NumberKind[]
  readonly startsIn1904: boolean
}

/** The rows with something in them. */
export async function readSheetRows(sheet: AsyncIterable<Buffer>, context: SheetContext): Promise<FileRow[]> {
  const rows: FileRow[] = []
  const runs = createTextRuns()
  let isData = false
  let isValue = false
  let line = 0
  let column = 0
  let cells: Cell[] = []
  let cell: Readonly<Record<string, string>> = {}
  let value = ''

  await readXml(sheet, {
    open(name, attributes) {
      if (name === 'sheetData') isData = true
      if (!isData) return
      if (name === 'row') {
        line = Number(attributes.r ?? line + 1)
        column = 0
        cells = []
      } else if (name === 'c') {
        column = attributes.r === undefined ? column + 1 : columnOf(attributes.r)
        cell = attributes
        value = ''
        runs.take()
      } else if (name === 'v') isValue = true
      else runs.open(name)
    },
    text(text) {
      if (isValue) value += text
      else if (isData) runs.add(text)
    },
    close(name) {
      if (!isData) return
      if (name === 'sheetData') isData = false
      else if (name === 'v') isValue = false
      else if (name === 'c') put(cellOf(cell.t, cell.s, value))
      else if (name === 'row') {
        if (cells.length > 0) rows.push({ line, cells })
      } else runs.close(name)
    },
  })
  return rows

  function put(cell: Cell): void {
    if (cell === null || cell === '') return
    if (column > MOST_COLUMNS) {
      throw new AppError(
        'too_large',
        `The sheet has a value in column ${column}; at most ${MOST_COLUMNS} columns can be read`,
      )
    }
    while (cells.length < column - 1) cells.push(null)
    cells[column - 1] = cell
  }

  /** A formula is what it came to when the file was saved; an error of one is nothing. */
  function cellOf(type = 'n', style = '0', text: string): Cell {
    switch (type) {
      case 's':
        return sharedText(text)
      case 'inlineStr':
        return runs.take()
      case 'str':
        return unescaped(text)
      case 'b':
        return text === '' ? null : text === '1' || text === 'true'
      case 'e':
        return null
      case 'd':
        return text.replace(/(T00:00:00(\.0+)?)?Z?$/, '')
      default:
        return numberCell(text, context.kinds[Number(style)] ?? 'number')
    }
  }

  function sharedText(index: string): Cell {
    if (index === '') return null
    const text = context.texts[Number(index)]
    if (text === undefined) throw unreadable(`the text of the cell in row ${line}, column ${column} is missing in it`)
    return text
  }

  function numberCell(text: string, kind: NumberKind): Cell {
    const number = text.trim() === '' ? Number.NaN : Number(text)
    if (!Number.isFinite(number)) return null
    return kind === 'number' ? number : excelTime(number, kind, context.startsIn1904)
  }
}

/** From 1 on, of `AB12`. */
function columnOf(place: string): number {
  let column = 0
  for (let at = 0; at < place.length; at++) {
    const letter = place.charCodeAt(at) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  if (column === 0) throw unreadable(`it has a cell at "${place.slice(0, 20)}"`)
  return column
}
