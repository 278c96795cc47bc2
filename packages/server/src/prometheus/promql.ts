import { AppError } from '@almanac/core/errors.ts'
import { type Token, tokensOf } from './promql-tokens.ts'

/**
 * The part of Prometheus' query language that a cube can answer: one measure with matchers, added up or ranked, and
 * arithmetic on plain numbers, by which Grafana tests a connection. Everything else is refused with its place.
 */
export type PromExpression = NumberLiteral | Selector | Sum | Ranking

export interface NumberLiteral {
  readonly kind: 'number'
  readonly value: number
}
export interface Selector {
  readonly kind: 'selector'
  /** Such as `web:visitors`. */
  readonly metric: string
  readonly matchers: readonly Matcher[]
}
export interface Matcher {
  readonly label: string
  readonly op: '=' | '!=' | '=~' | '!~'
  readonly value: string
}
export interface Sum {
  readonly kind: 'sum'
  readonly by: readonly string[]
  readonly of: Selector
}
export interface Ranking {
  readonly kind: 'topk' | 'bottomk'
  readonly count: number
  readonly of: Selector | Sum
}

/** Throws AppError `invalid_query`. */
export function parsePromql(text: string): PromExpression {
  const tokens = tokensOf(text)
  // Whoever nests deeper wants to exhaust the stack.
  const deep = tokens.filter((token) => token.text === '(' || token.text === '-')[MAX_NESTING]
  if (deep) throw mistake(deep, `more than ${MAX_NESTING} brackets and signs are not answered here`)
  const reader = readerOf(tokens)
  const expression = parseAdded(reader)
  const rest = reader.peek()
  if (rest.kind !== 'end') throw unexpected(rest, 'the end of the query')
  return expression
}

const MAX_NESTING = 100

/** Only series are asked for by `match[]`. */
export function parseSelector(text: string): Selector {
  const expression = parsePromql(text)
  if (expression.kind === 'selector') return expression
  throw new AppError('invalid_query', `parse error: expected a series such as web:visitors{country="DE"}, got ${text}`)
}

interface Reader {
  peek(): Token
  take(): Token
  /** Takes the next token if it is this one. */
  accept(text: string): boolean
  expect(text: string): void
}

function readerOf(tokens: readonly Token[]): Reader {
  let at = 0
  const peek = () => tokens[at] as Token
  const take = () => {
    const token = peek()
    if (token.kind !== 'end') at += 1
    return token
  }
  const isNext = (text: string) => peek().text === text && (peek().kind === 'sign' || peek().kind === 'name')
  return {
    peek,
    take,
    accept: (text) => isNext(text) && take() !== undefined,
    expect(text) {
      if (!isNext(text)) throw unexpected(peek(), `"${text}"`)
      take()
    },
  }
}

function parseAdded(reader: Reader): PromExpression {
  let left = parseMultiplied(reader)
  for (;;) {
    const sign = reader.peek()
    if (reader.accept('+')) left = calculated(sign, left, parseMultiplied(reader), (a, b) => a + b)
    else if (reader.accept('-')) left = calculated(sign, left, parseMultiplied(reader), (a, b) => a - b)
    else return left
  }
}

function parseMultiplied(reader: Reader): PromExpression {
  let left = parseOne(reader)
  for (;;) {
    const sign = reader.peek()
    if (reader.accept('*')) left = calculated(sign, left, parseOne(reader), (a, b) => a * b)
    else if (reader.accept('/')) left = calculated(sign, left, parseOne(reader), (a, b) => a / b)
    else return left
  }
}

function calculated(
  sign: Token,
  left: PromExpression,
  right: PromExpression,
  calculate: (a: number, b: number) => number,
): NumberLiteral {
  if (left.kind === 'number' && right.kind === 'number') {
    return { kind: 'number', value: calculate(left.value, right.value) }
  }
  throw mistake(sign, 'arithmetic on measures is not answered here: define a derived measure in the cube')
}

function parseOne(reader: Reader): PromExpression {
  const token = reader.peek()
  if (reader.accept('(')) {
    const inner = parseAdded(reader)
    reader.expect(')')
    return inner
  }
  if (reader.accept('-')) return calculated(token, { kind: 'number', value: 0 }, parseOne(reader), (a, b) => a - b)
  if (token.kind === 'number') return { kind: 'number', value: Number(reader.take().text) }
  if (token.kind === 'name') return parseNamed(reader)
  if (token.text === '{') return parseMatched(reader, undefined)
  throw unexpected(token, 'a metric such as web:visitors, sum(…) or topk(…)')
}

function parseNamed(reader: Reader): PromExpression {
  const name = reader.take()
  const next = reader.peek().text
  const isCall = next === '(' || ((next === 'by' || next === 'without') && reader.peek().kind === 'name')
  if (!isCall) return parseMatched(reader, name.text)
  switch (name.text) {
    case 'sum':
      return parseSum(reader)
    case 'topk':
    case 'bottomk':
      return parseRanking(reader, name.text)
    default:
      throw mistake(name, `${name.text}() is not answered here: expected a metric, sum(…), topk(…) or bottomk(…)`)
  }
}

function parseSum(reader: Reader): Sum {
  const before = parseBy(reader)
  reader.expect('(')
  const of = parseAdded(reader)
  reader.expect(')')
  const by = before ?? parseBy(reader) ?? []
  if (of.kind !== 'selector') throw mistake(reader.peek(), `sum(…) takes a metric, got ${of.kind}`)
  return { kind: 'sum', by, of }
}

function parseBy(reader: Reader): string[] | undefined {
  const token = reader.peek()
  if (token.text === 'without') throw mistake(token, '"without" is not answered here: name what stays with "by"')
  if (!reader.accept('by')) return undefined
  reader.expect('(')
  const labels: string[] = []
  while (!reader.accept(')')) {
    if (labels.length > 0) reader.expect(',')
    if (reader.accept(')')) break
    labels.push(takeName(reader, 'a label'))
  }
  return labels
}

function parseRanking(reader: Reader, kind: Ranking['kind']): Ranking {
  if (reader.peek().text !== '(') throw mistake(reader.peek(), `${kind} is not answered with "by": rank all series`)
  reader.expect('(')
  const count = reader.take()
  if (count.kind !== 'number' || !Number.isInteger(Number(count.text))) throw unexpected(count, 'a whole number')
  reader.expect(',')
  const of = parseAdded(reader)
  reader.expect(')')
  if (of.kind === 'selector' || of.kind === 'sum') return { kind, count: Number(count.text), of }
  throw mistake(count, `${kind}(…) takes a metric or a sum, got ${of.kind}`)
}

function parseMatched(reader: Reader, name: string | undefined): Selector {
  const all = reader.accept('{') ? parseMatchers(reader) : []
  const next = reader.peek()
  if (next.text === '[') throw mistake(next, 'ranges such as [5m] are not answered here: the step is the range')
  if (next.text === 'offset') throw mistake(next, '"offset" is not answered here: move the time range')
  const named = all.find(({ label, op }) => label === '__name__' && op === '=')
  const metric = name ?? named?.value
  if (metric === undefined) throw mistake(next, 'the series needs the name of a metric, such as web:visitors')
  return { kind: 'selector', metric, matchers: all.filter((matcher) => matcher !== named) }
}

function parseMatchers(reader: Reader): Matcher[] {
  const matchers: Matcher[] = []
  while (!reader.accept('}')) {
    if (matchers.length > 0) reader.expect(',')
    if (reader.accept('}')) break
    const label = takeName(reader, 'a label')
    const op = reader.take()
    if (!isMatch(op.text)) throw unexpected(op, 'one of = != =~ !~')
    const value = reader.take()
    if (value.kind !== 'string') throw unexpected(value, 'a text in quotes')
    matchers.push({ label, op: op.text, value: value.text })
  }
  return matchers
}

const isMatch = (text: string): text is Matcher['op'] => ['=', '!=', '=~', '!~'].includes(text)

function takeName(reader: Reader, what: string): string {
  const token = reader.take()
  if (token.kind !== 'name') throw unexpected(token, what)
  return token.text
}

function unexpected(token: Token, expected: string): AppError {
  return mistake(token, `expected ${expected}, got ${token.kind === 'end' ? 'the end' : `"${token.text}"`}`)
}

function mistake({ at }: Token, message: string): AppError {
  return new AppError('invalid_query', `1:${at + 1}: parse error: ${message}`)
}
