import { AppError } from '@almanac/core/errors.ts'

/** A piece of JSON text, and the line that it begins in. */
export interface JsonPiece {
  readonly line: number
  readonly text: string
}

/**
 * The objects of a list, one text each, without the whole being in memory as objects: of a list at the top, of the first list of
 * objects inside of an object (as in `{"data": {"items": […]}}`), or of lines of JSON.
 */
export function* jsonElements(text: string): Generator<JsonPiece> {
  const start = skipSpace(text, text.startsWith('\ufeff') ? 1 : 0)
  if (start >= text.length) return
  if (text[start] === '[') yield* listElements(text, start)
  else if (text[start] === '{') yield* objectElements(text, start)
  else
    throw new AppError(
      'invalid_request',
      `Expected JSON to begin with [ or {, got ${JSON.stringify(text.slice(start, start + 20))}`,
    )
}

/** Lines of JSON, or one object with a list in it. */
function* objectElements(text: string, start: number): Generator<JsonPiece> {
  const end = valueEnd(text, start)
  const next = skipSpace(text, end)
  if (next < text.length && text[next] === '{') return yield* jsonLines(text, start)
  const list = firstListOfObjects(text, start, 3)
  if (list !== undefined) yield* listElements(text, list)
  else yield { line: lineAt(text, start), text: text.slice(start, end) }
}

/** Objects one behind the other. A line that is no JSON is a piece, too, and is found out when it is read. */
function* jsonLines(text: string, start: number): Generator<JsonPiece> {
  let line = lineAt(text, start)
  for (let at = start; at < text.length; ) {
    let end = text.indexOf('\n', at)
    if (end < 0) end = text.length
    const piece = text.slice(at, end).trim()
    if (piece !== '') yield { line, text: piece }
    line += 1
    at = end + 1
  }
}

function* listElements(text: string, start: number): Generator<JsonPiece> {
  let line = lineAt(text, start)
  let counted = start
  for (let at = skipSpace(text, start + 1); text[at] !== ']'; ) {
    if (at >= text.length) return yield { line, text: '' }
    line += lineEnds(text, counted, at)
    counted = at
    const end = valueEnd(text, at)
    yield { line, text: text.slice(at, end) }
    at = skipSpace(text, end)
    if (text[at] === ',') at = skipSpace(text, at + 1)
    else if (text[at] !== ']') {
      // It breaks off here, or what follows is no JSON.
      line += lineEnds(text, counted, at)
      return yield { line, text: text.slice(at, at + 100) }
    }
  }
}

/** Where the list begins; looks into objects so many levels deep, the nearest first. */
function firstListOfObjects(text: string, start: number, levels: number): number | undefined {
  const inside: number[] = []
  for (let at = skipSpace(text, start + 1); at < text.length && text[at] !== '}'; ) {
    at = skipSpace(text, valueEnd(text, at))
    if (text[at] !== ':') return undefined
    at = skipSpace(text, at + 1)
    if (text[at] === '[' && text[skipSpace(text, at + 1)] === '{') return at
    if (text[at] === '{') inside.push(at)
    at = skipSpace(text, valueEnd(text, at))
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  if (levels <= 1) return undefined
  for (const object of inside) {
    const found = firstListOfObjects(text, object, levels - 1)
    if (found !== undefined) return found
  }
  return undefined
}

const SPACE = /[^\s]/g
function skipSpace(text: string, from: number): number {
  SPACE.lastIndex = from
  return SPACE.exec(text)?.index ?? text.length
}

const STRUCTURE = /["{}[\]]/g
const SCALAR_END = /[,\]}\s]/g

/** Behind the value that begins here; the end of the text where it has none. */
function valueEnd(text: string, start: number): number {
  const first = text[start]
  if (first === '"') return stringEnd(text, start)
  if (first !== '{' && first !== '[') {
    // A colon ends nothing here: a key is a string.
    SCALAR_END.lastIndex = start
    return Math.max(SCALAR_END.exec(text)?.index ?? text.length, start + 1)
  }
  let depth = 0
  for (let at = start; at < text.length; ) {
    STRUCTURE.lastIndex = at
    const found = STRUCTURE.exec(text)
    if (!found) break
    at = found.index
    const sign = text[at]
    if (sign === '"') {
      at = stringEnd(text, at)
      continue
    }
    depth += sign === '{' || sign === '[' ? 1 : -1
    at += 1
    if (depth === 0) return at
  }
  return text.length
}

function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0
    while (text[at - 1 - slashes] === '\\') slashes += 1
    if (slashes % 2 === 0) return at + 1
  }
  return text.length
}

const lineAt = (text: string, at: number) => 1 + lineEnds(text, 0, at)

function lineEnds(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
