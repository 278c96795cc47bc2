import { AppError } from '@almanac/core/errors.ts'

/** A record of a CSV file, and the line that it begins in, from 1 on. */
export interface CsvRecord {
  readonly line: number
  readonly cells: readonly string[]
}

/** RFC 4180: cells in quotes may hold commas, line ends, and quotes twice. Empty lines are left out. */
export function readCsv(text: string): CsvRecord[] {
  const records: CsvRecord[] = []
  let line = 1
  // A byte order mark is what spreadsheets begin their files with.
  let at = text.startsWith('\ufeff') ? 1 : 0
  while (at < text.length) {
    const cells: string[] = []
    const begun = line
    for (let isLast = false; !isLast; ) {
      const cell = text[at] === '"' ? quotedCell(text, at, line) : plainCell(text, at)
      cells.push(cell.value)
      line += cell.lineEnds
      isLast = text[cell.end] !== ','
      at = cell.end + 1
    }
    if (text[at - 1] === '\r' && text[at] === '\n') at++
    line++
    if (cells.length > 1 || cells[0] !== '') records.push({ line: begun, cells })
  }
  return records
}

interface Cell {
  readonly value: string
  /** Of the comma or line end behind it, or of the end of the text. */
  readonly end: number
  /** Inside of it. */
  readonly lineEnds: number
}

const CELL_END = /[,\r\n]/g

function plainCell(text: string, start: number): Cell {
  CELL_END.lastIndex = start
  const end = CELL_END.exec(text)?.index ?? text.length
  return { value: text.slice(start, end).trim(), end, lineEnds: 0 }
}

function quotedCell(text: string, start: number, line: number): Cell {
  let close = text.indexOf('"', start + 1)
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2)
  if (close < 0) throw new AppError('invalid_request', `Line ${line}: expected the quote to be closed`)
  const end = close + 1
  if (end < text.length && !',\r\n'.includes(text[end] as string)) {
    throw new AppError('invalid_request', `Line ${line}: expected a comma behind the closing quote`)
  }
  const inside = text.slice(start + 1, close)
  return { value: inside.replaceAll('""', '"'), end, lineEnds: inside.split('\n').length - 1 }
}
