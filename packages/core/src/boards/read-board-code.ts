import {
  expect,
  here,
  LiteralError,
  type LiteralReader,
  problem,
  readLiteral,
  skipSpace,
  take,
  takeMatch,
} from './literal-reader.ts'
import { type ReadBoard, readBoard } from './read-board.ts'

/**
 * A board out of a file such as `boardCode` writes, or all that is wrong with it. The file is read as data and never run, so that
 * it may come from anywhere: `import` lines, then `export default defineBoard({ … })` with nothing computed in it.
 */
export function readBoardCode(code: string): ReadBoard {
  try {
    return readBoard(readFile({ text: code, at: 0 }))
  } catch (error) {
    if (error instanceof LiteralError) return { issues: [{ path: [], message: error.message }] }
    throw error
  }
}

function readFile(reader: LiteralReader): unknown {
  skipSpace(reader)
  while (takeMatch(reader, IMPORT) !== undefined) skipSpace(reader)
  if (takeMatch(reader, EXPORT) === undefined) {
    throw problem(reader, `expected export default defineBoard({ … }), got ${here(reader)}`)
  }
  expect(reader, '(')
  const value = readLiteral(reader)
  take(reader, ',')
  expect(reader, ')')
  take(reader, ';')
  skipSpace(reader)
  if (reader.at < reader.text.length) throw problem(reader, `expected the end of the file, got ${here(reader)}`)
  return value
}

const IMPORT = /import\b[^'";]*(?:'[^'\n]*'|"[^"\n]*")[ \t]*;?/y
const EXPORT = /export\s+default\s+defineBoard\b/y
