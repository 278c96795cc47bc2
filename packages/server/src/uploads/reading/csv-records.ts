/** A record of a text file, and the line that it begins in, from 1 on. */
export interface CsvRecord {
  readonly line: number
  readonly cells: readonly string[]
  readonly problem?: string
  /** Nothing stands behind it, not even the end of its line. */
  readonly isCut?: boolean
}

/** All records of a text. */
export function splitRecords(text: string, delimiter: string): CsvRecord[] {
  const splitter = createSplitter(delimiter)
  return [...splitter.push(text), ...splitter.end()]
}

/** The same piece by piece. */
export async function* csvRecords(pieces: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRecord> {
  const splitter = createSplitter(delimiter)
  for await (const piece of pieces) yield* splitter.push(piece)
  yield* splitter.end()
}

/** More than any real cell: a quote that nobody closes would else take the rest of the file with it. */
const LONGEST_RECORD = 4 * 1024 * 1024

/**
 * RFC 4180 and what else is written: cells in quotes may hold delimiters, line ends and quotes twice; a quote inside of a plain
 * cell is a character like others. Lines end with LF, CR LF or CR. Empty lines are left out.
 */
function createSplitter(delimiter: string) {
  let rest = ''
  let line = 1
  let isFirst = true

  /** The record at `start`, or undefined where the text ends before it does. */
  function recordAt(
    start: number,
    isEnd: boolean,
  ): { cells: string[]; end: number; lines: number; problem?: string; isCut?: boolean } | undefined {
    const cells: string[] = []
    let at = start
    let lines = 0
    for (;;) {
      if (rest[at] === '"') {
        const close = closingQuote(at + 1)
        if (close === undefined) {
          if (!isEnd && rest.length - start < LONGEST_RECORD) return undefined
          return unclosed(start, cells)
        }
        const inside = rest.slice(at + 1, close)
        const tailEnd = cellEnd(close + 1)
        if (tailEnd === rest.length && !isEnd) return undefined
        lines += lineEndsIn(inside)
        cells.push(inside.replaceAll('""', '"') + rest.slice(close + 1, tailEnd).trimEnd())
        at = tailEnd
      } else {
        const end = cellEnd(at)
        if (end === rest.length && !isEnd) return undefined
        cells.push(rest.slice(at, end))
        at = end
      }
      if (rest[at] === delimiter) {
        at += 1
        continue
      }
      // A CR at the very end may be the first half of a line end.
      if (rest[at] === '\r' && at + 1 === rest.length && !isEnd) return undefined
      const end = at + (rest[at] === '\r' && rest[at + 1] === '\n' ? 2 : 1)
      return { cells, end: Math.min(end, rest.length), lines: lines + 1, isCut: at >= rest.length }
    }
  }

  /** Its first line as it is. What follows is read as if there had been no quote. */
  function unclosed(start: number, cells: readonly string[]) {
    const end = endOfLine(start)
    const next = end + (rest[end] === '\r' && rest[end + 1] === '\n' ? 2 : 1)
    const problem = 'a quote in it is never closed'
    return { cells: [...cells, rest.slice(start, end)], end: Math.min(next, rest.length), lines: 1, problem }
  }

  function closingQuote(from: number): number | undefined {
    for (let at = rest.indexOf('"', from); at >= 0; at = rest.indexOf('"', at + 2)) {
      if (rest[at + 1] !== '"') return at
    }
    return undefined
  }

  const END = new RegExp(`[${delimiter === '|' ? '\\|' : delimiter}\\r\\n]`, 'g')
  function cellEnd(from: number): number {
    END.lastIndex = from
    return END.exec(rest)?.index ?? rest.length
  }
  function endOfLine(from: number): number {
    const match = /[\r\n]/g
    match.lastIndex = from
    return match.exec(rest)?.index ?? rest.length
  }

  function* records(isEnd: boolean): Generator<CsvRecord> {
    let at = 0
    while (at < rest.length) {
      const record = recordAt(at, isEnd)
      if (!record) break
      const { cells, end, lines, ...more } = record
      if (cells.length > 1 || cells[0] !== '') yield { line, cells, ...more }
      line += lines
      at = end
    }
    rest = rest.slice(at)
  }

  return {
    *push(piece: string): Generator<CsvRecord> {
      rest += isFirst && piece.startsWith('\ufeff') ? piece.slice(1) : piece
      isFirst = false
      yield* records(false)
    },
    *end(): Generator<CsvRecord> {
      yield* records(true)
    },
  }
}

function lineEndsIn(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
