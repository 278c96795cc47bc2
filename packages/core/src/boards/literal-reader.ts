/**
 * Reads the literals of TypeScript as data: objects, lists, texts, numbers, templates in which nothing is put. Nothing is run, and
 * what would have to be computed is an error with its place.
 */
export interface LiteralReader {
  readonly text: string
  at: number
}

/** What is wrong, and where: lines and columns from 1 on. */
export class LiteralError extends Error {
  override readonly name = 'LiteralError'
}

/** Deeper than any board is. */
const DEEPEST = 60

export function readLiteral(reader: LiteralReader, depth = 0): unknown {
  if (depth > DEEPEST) throw problem(reader, `expected values that are nested at most ${DEEPEST} deep`)
  skipSpace(reader)
  const char = reader.text[reader.at]
  if (char === '{') return readObject(reader, depth)
  if (char === '[') return readList(reader, depth)
  if (char === "'" || char === '"') return readText(reader)
  if (char === '`') return readTemplate(reader)
  const number = takeMatch(reader, NUMBER)
  if (number !== undefined) return numberOf(number)
  return readWord(reader)
}

/** Comments are space, too. */
export function skipSpace(reader: LiteralReader): void {
  takeMatch(reader, /(?:[\s\ufeff]|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)*/y)
}

/** True when it was there and is read. */
export function take(reader: LiteralReader, token: string): boolean {
  skipSpace(reader)
  if (!reader.text.startsWith(token, reader.at)) return false
  reader.at += token.length
  return true
}

export function expect(reader: LiteralReader, token: string): void {
  if (!take(reader, token)) throw problem(reader, `expected ${token}, got ${here(reader)}`)
}

export function takeMatch(reader: LiteralReader, sticky: RegExp): string | undefined {
  sticky.lastIndex = reader.at
  const found = sticky.exec(reader.text)?.[0]
  if (found !== undefined) reader.at += found.length
  return found
}

export function problem({ text, at }: LiteralReader, message: string): LiteralError {
  const before = text.slice(0, at).split('\n')
  return new LiteralError(`line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: ${message}`)
}

/** What stands there, for a sentence. */
export function here({ text, at }: LiteralReader): string {
  const rest = text.slice(at, at + 40).split('\n')[0] ?? ''
  return at >= text.length ? 'the end' : JSON.stringify(rest.toWellFormed())
}

const NUMBER =
  /[-+]?(?:0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|(?:(?:0|[1-9][\d_]*)(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?)(?![\w$])/y

function numberOf(code: string): number {
  const digits = code.replaceAll('_', '').replace(/^[-+]/, '')
  return code.startsWith('-') ? -Number(digits) : Number(digits)
}

const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy
const WORDS = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', undefined],
])

function readWord(reader: LiteralReader): unknown {
  const start = reader.at
  const word = takeMatch(reader, NAME)
  if (word !== undefined && WORDS.has(word)) return WORDS.get(word)
  reader.at = start
  const what = word === undefined ? here(reader) : `"${word}", which would have to be computed`
  throw problem(reader, `expected a value as it is written in data, got ${what}`)
}

function readObject(reader: LiteralReader, depth: number): Record<string, unknown> {
  const entries = new Map<string, unknown>()
  expect(reader, '{')
  while (!take(reader, '}')) {
    skipSpace(reader)
    const start = reader.at
    const key = readKey(reader)
    if (entries.has(key) || key === '__proto__') {
      reader.at = start
      throw problem(
        reader,
        key === '__proto__' ? 'expected another name' : `expected each name once, got "${key}" twice`,
      )
    }
    expect(reader, ':')
    entries.set(key, readLiteral(reader, depth + 1))
    if (take(reader, ',')) continue
    expect(reader, '}')
    break
  }
  return Object.fromEntries(entries)
}

function readKey(reader: LiteralReader): string {
  const char = reader.text[reader.at]
  if (char === "'" || char === '"') return readText(reader)
  const number = takeMatch(reader, NUMBER)
  if (number !== undefined && !/^[-+]/.test(number)) return String(numberOf(number))
  const name = takeMatch(reader, NAME)
  if (name === undefined) throw problem(reader, `expected a name, got ${here(reader)}`)
  return name
}

function readList(reader: LiteralReader, depth: number): unknown[] {
  const items: unknown[] = []
  expect(reader, '[')
  while (!take(reader, ']')) {
    items.push(readLiteral(reader, depth + 1))
    if (take(reader, ',')) continue
    expect(reader, ']')
    break
  }
  return items
}

const TEXTS = { "'": /'(?:[^'\\\n\r]|\\[\s\S])*'/y, '"': /"(?:[^"\\\n\r]|\\[\s\S])*"/y } as const

function readText(reader: LiteralReader): string {
  const start = reader.at
  const code = takeMatch(reader, TEXTS[reader.text[start] as keyof typeof TEXTS])
  if (code === undefined) throw problem(reader, 'expected the end of this text on its line')
  return unescaped(code.slice(1, -1), { ...reader, at: start })
}

function readTemplate(reader: LiteralReader): string {
  const start = reader.at
  const code = takeMatch(reader, /`(?:[^`\\]|\\[\s\S])*`/y)
  if (code === undefined) throw problem(reader, 'expected the end of this text')
  const inside = code.slice(1, -1)
  if (/(?<!\\)(?:\\\\)*\$\{/.test(inside)) {
    throw problem({ ...reader, at: start }, 'expected a text in which nothing is put, for it would have to be computed')
  }
  return unescaped(inside.replaceAll(/\r\n?/g, '\n'), { ...reader, at: start })
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
  '\n': '',
  '\r\n': '',
  '\r': '',
  '\u2028': '',
  '\u2029': '',
}

function unescaped(inside: string, place: LiteralReader): string {
  return inside.replace(/\\(?:u\{([^}]*)\}|u(.{0,4})|x(.{0,2})|(\r\n|[\s\S]))/g, (all, ...groups: string[]) => {
    const [braced, four, two, char = ''] = groups
    if (/^[0-9]$/.test(char) && char !== '0') throw problem(place, `expected no ${all} in this text`)
    const hex = braced ?? four ?? two
    if (hex === undefined) return ESCAPES[char] ?? char
    const isWhole = braced !== undefined || hex.length === (four === undefined ? 2 : 4)
    const code = /^[\da-fA-F]{1,6}$/.test(hex) && isWhole ? Number.parseInt(hex, 16) : Number.NaN
    if (!(code <= 0x10ffff)) throw problem(place, `expected no ${all} in this text`)
    return String.fromCodePoint(code)
  })
}
