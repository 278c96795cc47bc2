import { AppError } from '@almanac/core/errors.ts'

export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'sign' | 'end'
  /** Of a string, what stands between its quotes. */
  readonly text: string
  readonly at: number
}

const SPACE = /(?:\s+|#[^\n]*)+/y
const PATTERNS = {
  name: /[a-zA-Z_:][a-zA-Z0-9_:]*/y,
  number: /\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?/y,
  string: /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`/y,
  sign: /=~|!~|!=|[={}()[\],+\-*/]/y,
} as const

/** The last one is `end`. Throws AppError `invalid_query` where nothing is known to begin. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  for (;;) {
    at += matchAt(SPACE, text, at).length
    if (at >= text.length) return [...tokens, { kind: 'end', text: '', at }]
    const token = tokenAt(text, at)
    tokens.push(token.kind === 'string' ? { ...token, text: unquoted(token) } : token)
    at += token.text.length
  }
}

function tokenAt(text: string, at: number): Token {
  for (const kind of ['name', 'number', 'string', 'sign'] as const) {
    const found = matchAt(PATTERNS[kind], text, at)
    if (found !== '') return { kind, text: found, at }
  }
  throw new AppError('invalid_query', `1:${at + 1}: parse error: unexpected ${JSON.stringify(text.slice(at, at + 1))}`)
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', '\\': '\\', '"': '"', "'": "'" }

/** As in Go: nothing is an escape between backquotes, and one that is not known is a mistake. */
function unquoted({ text, at }: Token): string {
  const inner = text.slice(1, -1)
  if (text.startsWith('`')) return inner
  return inner.replaceAll(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\s\S])/g, (_, escaped: string) => {
    if (escaped.length > 1) return String.fromCodePoint(Number.parseInt(escaped.slice(1), 16))
    const known = ESCAPES[escaped]
    if (known !== undefined) return known
    throw new AppError('invalid_query', `1:${at + 1}: parse error: unknown escape \\${escaped} in ${text}`)
  })
}
