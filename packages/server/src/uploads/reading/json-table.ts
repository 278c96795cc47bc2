import { readFile } from 'node:fs/promises'
import { AppError } from '@almanac/core/errors.ts'
import { type Cell, type FileRow, type FileTable, MOST_COLUMNS } from './file-rows.ts'
import { type JsonPiece, jsonElements } from './json-elements.ts'
import { eachLeaf } from './record-cells.ts'
import { encodingOf, readHead } from './text-file.ts'

/** Keys that only come later are no columns. */
const OBJECTS_FOR_COLUMNS = 20_000

export async function openJson(path: string): Promise<FileTable> {
  const head = await readHead(path)
  const text = new TextDecoder(encodingOf(head)).decode(await readFile(path))
  const headers = columnsOf(text)
  if (headers.length === 0) {
    throw new AppError('invalid_request', 'No objects were found in the JSON', {
      hint: 'Expected a list of objects, an object with such a list in it, or an object in each line.',
    })
  }
  if (headers.length > MOST_COLUMNS) {
    throw new AppError('too_large', `The objects have ${headers.length} keys; at most ${MOST_COLUMNS} can be columns`)
  }
  return { format: { kind: 'json', text: 'JSON' }, headers, rows: rowsOf(text, headers) }
}

/** In the order in which they come. */
function columnsOf(text: string): string[] {
  const headers = new Set<string>()
  let count = 0
  for (const piece of jsonElements(text)) {
    const record = recordOf(piece)
    if (typeof record === 'object') eachLeaf(record, (path) => headers.add(path))
    if (++count >= OBJECTS_FOR_COLUMNS || headers.size > MOST_COLUMNS) break
  }
  return [...headers]
}

async function* rowsOf(text: string, headers: readonly string[]): AsyncGenerator<FileRow> {
  const places = new Map(headers.map((header, i) => [header, i]))
  for (const piece of jsonElements(text)) {
    const record = recordOf(piece)
    if (typeof record === 'string') {
      yield { line: piece.line, cells: [piece.text.slice(0, 200)], problem: record }
      continue
    }
    const cells: Cell[] = Array.from(headers, () => null)
    eachLeaf(record, (path, value) => {
      const place = places.get(path)
      if (place !== undefined) cells[place] = value
    })
    yield { line: piece.line, cells }
  }
}

/** An object, or what is wrong with it. A list of values has columns by their places. */
function recordOf({ text }: JsonPiece): object | string {
  try {
    const value: unknown = JSON.parse(text, exactNumbers)
    if (Array.isArray(value)) return Object.fromEntries(value.map((one, i) => [`Column ${i + 1}`, one]))
    return typeof value === 'object' && value !== null ? value : { value }
  } catch (error) {
    return text === '' ? 'the file breaks off here' : `it is no JSON: ${(error as Error).message.slice(0, 200)}`
  }
}

/** Whole numbers beyond 2^53 keep their digits. */
function exactNumbers(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  return context?.source !== undefined && /^-?\d{16,}$/.test(context.source) ? context.source : value
}
