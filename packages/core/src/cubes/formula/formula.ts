import { AppError } from '../../errors.ts'
import { type Token, tokensOf } from './formula-tokens.ts'

/**
 * Formulas of derived measures, such as `revenue / nullif(visitors, 0)`: numbers, names of measures, `+ - * /`, brackets and
 * a few functions. A value that is not known makes everything that needs it unknown, and so does a division by zero; neither
 * fails. A formula means the same in the engine and here: all is 64-bit floating point, and what is not finite is unknown.
 */
export type Formula =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'measure'; readonly name: string }
  | { readonly kind: 'negative'; readonly of: Formula }
  | { readonly kind: 'operation'; readonly operator: Operator; readonly left: Formula; readonly right: Formula }
  | { readonly kind: 'call'; readonly function: FunctionName; readonly arguments: readonly Formula[] }
  /** Half goes to the even neighbour, as in the engine. */
  | { readonly kind: 'round'; readonly of: Formula; readonly digits: number }

type Operator = '+' | '-' | '*' | '/'

interface FormulaFunction {
  readonly least: number
  readonly most: number
  readonly sql: (values: readonly string[]) => string
  readonly of: (...values: (number | null)[]) => number | null
}

// `least` and `greatest` pass over NULL or do not, depending on a setting of the engine.
const extreme = (aggregate: string) => (values: readonly string[]) =>
  `arrayMap(x -> if(has(x, NULL), NULL, ${aggregate}(arrayMap(y -> assumeNotNull(y), x))), [[${values.map((value) => `toNullable(${value})`).join(', ')}]])[1]`

const FUNCTIONS: Record<FunctionName, FormulaFunction> = {
  /** The first, unless it equals the second: then unknown. */
  nullif: {
    least: 2,
    most: 2,
    sql: ([a, b]) => `nullIf(${a}, ${b})`,
    of: (a, b) => (a === b ? null : (a ?? null)),
  },
  /** The first that is known. */
  coalesce: {
    least: 2,
    most: 10,
    sql: (values) => `coalesce(${values.join(', ')})`,
    of: (...values) => values.find((value) => value !== null) ?? null,
  },
  min: { least: 2, most: 10, sql: extreme('arrayMin'), of: known(Math.min) },
  max: { least: 2, most: 10, sql: extreme('arrayMax'), of: known(Math.max) },
  abs: { least: 1, most: 1, sql: ([a]) => `abs(${a})`, of: known(Math.abs) },
}

type FunctionName = 'nullif' | 'coalesce' | 'min' | 'max' | 'abs'
const FUNCTION_NAMES = [...Object.keys(FUNCTIONS), 'round']

/** The measures that a formula needs, each once. */
export function namesIn(formula: Formula): string[] {
  return [...new Set(names(formula))]
}

function names(formula: Formula): string[] {
  switch (formula.kind) {
    case 'number':
      return []
    case 'measure':
      return [formula.name]
    case 'negative':
    case 'round':
      return names(formula.of)
    case 'operation':
      return [...names(formula.left), ...names(formula.right)]
    case 'call':
      return formula.arguments.flatMap(names)
  }
}

/** The formula as an expression of ClickHouse, Nullable(Float64). `sqlOf` is the expression of a measure's finished value. */
export function formulaSql(formula: Formula, sqlOf: (name: string) => string): string {
  // Plus 0 makes 0 of -0. Each value stands in the text once, so that formulas of formulas stay short.
  return `ifNotFinite(toNullable(${sql(formula, sqlOf)} + 0), NULL)`
}

function sql(formula: Formula, sqlOf: (name: string) => string): string {
  switch (formula.kind) {
    case 'number':
      return `toFloat64(${formula.value})`
    case 'measure':
      return `toFloat64(${sqlOf(formula.name)})`
    case 'negative':
      return `negate(${sql(formula.of, sqlOf)})`
    case 'round':
      return `round(${sql(formula.of, sqlOf)}, ${formula.digits})`
    case 'operation': {
      const right = sql(formula.right, sqlOf)
      const divisor = formula.operator === '/' ? `nullIf(${right}, 0)` : right
      return `(${sql(formula.left, sqlOf)} ${formula.operator} ${divisor})`
    }
    case 'call':
      return FUNCTIONS[formula.function].sql(formula.arguments.map((argument) => sql(argument, sqlOf)))
  }
}

/** The value of a formula. `null` is unknown, as it is in SQL. */
export function evaluateFormula(formula: Formula, knownValue: (name: string) => number | null): number | null {
  const value = evaluate(formula, knownValue)
  return value === null || !Number.isFinite(value) ? null : value + 0
}

function evaluate(formula: Formula, knownValue: (name: string) => number | null): number | null {
  switch (formula.kind) {
    case 'number':
      return formula.value
    case 'measure':
      return knownValue(formula.name)
    case 'negative':
      return known((value) => -value)(evaluate(formula.of, knownValue))
    case 'round':
      return known((value) => rounded(value, formula.digits))(evaluate(formula.of, knownValue))
    case 'operation': {
      const right = evaluate(formula.right, knownValue)
      if (formula.operator === '/' && right === 0) return null
      return known(OPERATIONS[formula.operator])(evaluate(formula.left, knownValue), right)
    }
    case 'call':
      return FUNCTIONS[formula.function].of(...formula.arguments.map((argument) => evaluate(argument, knownValue)))
  }
}

const OPERATIONS: Record<Operator, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
}

/** Unknown when one of the values is. */
function known(of: (...values: number[]) => number) {
  return (...values: (number | null)[]): number | null => {
    const numbers = values.filter((value) => value !== null)
    return numbers.length === values.length ? of(...numbers) : null
  }
}

function rounded(value: number, digits: number): number {
  const scaled = value * 10 ** digits
  const below = Math.floor(scaled)
  const rest = scaled - below
  const isUp = rest > 0.5 || (rest === 0.5 && below % 2 !== 0)
  return (isUp ? below + 1 : below) / 10 ** digits
}

const MAX_LENGTH = 1000
const MAX_DEPTH = 30
const MAX_DIGITS = 10

/** Throws `invalid_config` with the position, what was expected there and what came. */
export function parseFormula(text: string): Formula {
  if (text.length > MAX_LENGTH) {
    throw new AppError('invalid_config', `expected a formula of at most ${MAX_LENGTH} characters, got ${text.length}`)
  }
  const source: Source = { text, tokens: tokensOf(text), at: 0 }
  const formula = sum(source, 0)
  if (current(source).kind !== 'end') throw unexpected(source, 'an operator')
  return formula
}

/** Tokens are taken from the front, one after the other. */
interface Source {
  readonly text: string
  readonly tokens: readonly Token[]
  at: number
}

function sum(source: Source, depth: number): Formula {
  let left = product(source, depth)
  for (let operator = taken(source, '+', '-'); operator; operator = taken(source, '+', '-')) {
    left = { kind: 'operation', operator, left, right: product(source, depth) }
  }
  return left
}

function product(source: Source, depth: number): Formula {
  let left = factor(source, depth)
  for (let operator = taken(source, '*', '/'); operator; operator = taken(source, '*', '/')) {
    left = { kind: 'operation', operator, left, right: factor(source, depth) }
  }
  return left
}

function factor(source: Source, depth: number): Formula {
  if (depth > MAX_DEPTH) throw unexpected(source, `at most ${MAX_DEPTH} levels of brackets`)
  const token = current(source)
  if (taken(source, '-')) return { kind: 'negative', of: factor(source, depth + 1) }
  if (taken(source, '(')) {
    const inner = sum(source, depth + 1)
    expectSign(source, ')')
    return inner
  }
  if (token.kind === 'number') return numberOf(source)
  if (token.kind !== 'name') throw unexpected(source, 'a number, the name of a measure or "("')
  source.at++
  return taken(source, '(') ? call(source, token, depth) : { kind: 'measure', name: token.text }
}

function numberOf(source: Source): Formula {
  const value = Number(current(source).text)
  if (!Number.isFinite(value)) throw unexpected(source, 'a number below 1.8e308')
  source.at++
  return { kind: 'number', value }
}

/** Behind the opening bracket. */
function call(source: Source, name: Token, depth: number): Formula {
  if (!FUNCTION_NAMES.includes(name.text)) {
    throw wrong(source, name, `one of the functions ${FUNCTION_NAMES.join(', ')}`)
  }
  if (name.text === 'round') return roundCall(source, depth)
  const { least, most } = FUNCTIONS[name.text as FunctionName]
  const values = [sum(source, depth + 1)]
  while (taken(source, ',')) values.push(sum(source, depth + 1))
  expectSign(source, ')')
  if (values.length < least || values.length > most) {
    const count = least === most ? `${least}` : `${least} to ${most}`
    throw wrong(source, name, `${name.text} with ${count} values`, `${values.length}`)
  }
  return { kind: 'call', function: name.text as FunctionName, arguments: values }
}

function roundCall(source: Source, depth: number): Formula {
  const of = sum(source, depth + 1)
  if (!taken(source, ',')) {
    expectSign(source, ')')
    return { kind: 'round', of, digits: 0 }
  }
  const digits = current(source)
  if (!/^\d+$/.test(digits.text) || Number(digits.text) > MAX_DIGITS) {
    throw unexpected(source, `a whole number of digits from 0 to ${MAX_DIGITS}`)
  }
  source.at++
  expectSign(source, ')')
  return { kind: 'round', of, digits: Number(digits.text) }
}

function current({ tokens, at }: Source): Token {
  return tokens[at] as Token
}

/** One of these signs if it comes next. */
function taken<T extends string>(source: Source, ...signs: readonly T[]): T | undefined {
  const { kind, text } = current(source)
  const sign = kind === 'sign' ? signs.find((one) => one === text) : undefined
  if (sign) source.at++
  return sign
}

function expectSign(source: Source, sign: string): void {
  if (!taken(source, sign)) throw unexpected(source, `an operator or "${sign}"`)
}

function unexpected(source: Source, expected: string): AppError {
  return wrong(source, current(source), expected)
}

function wrong({ text }: Source, token: Token, expected: string, got?: string): AppError {
  const came = got ?? (token.kind === 'end' ? 'the end' : `"${token.text}"`)
  return new AppError(
    'invalid_config',
    `formula "${text}": expected ${expected} at position ${token.position}, got ${came}`,
  )
}
