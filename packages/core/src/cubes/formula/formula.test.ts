import { describe, expect, test } from 'vitest'
import { evaluateFormula, formulaSql, namesIn, parseFormula } from './formula.ts'
import { FORMULA_CASES } from './formula-cases.ts'

const inputs = (values: Readonly<Record<string, number | null>>) => (name: string) => values[name] ?? null

test.each(FORMULA_CASES)('$formula with $values is $result', ({ formula, values, result }) => {
  expect(evaluateFormula(parseFormula(formula), inputs(values))).toBe(result)
})

test('a measure may have the name of a function', () => {
  expect(evaluateFormula(parseFormula('max(min, round)'), inputs({ min: 1, round: 2 }))).toBe(2)
})

test('each measure that a formula needs is named once', () => {
  expect(namesIn(parseFormula('round(a / nullif(b, 0), 2) + coalesce(-c, a) * 2'))).toEqual(['a', 'b', 'c'])
})

describe('in SQL', () => {
  const sqlOf = (formula: string) => formulaSql(parseFormula(formula), (name) => `m_${name}`)

  test('a divisor of 0 is NULL, and everything is floating point', () => {
    expect(sqlOf('revenue / visitors')).toContain('(toFloat64(m_revenue) / nullIf(toFloat64(m_visitors), 0))')
  })

  test('two minus signs are no comment', () => {
    expect(sqlOf('1 - -1')).not.toContain('--')
  })

  test('the text grows with the formula and not with its depth', () => {
    const nested = (depth: number): string => (depth === 0 ? 'a' : `min(1, ${nested(depth - 1)})`)
    expect(sqlOf(nested(20)).length).toBeLessThan(2.1 * sqlOf(nested(10)).length)
  })
})

test.each([
  { text: '', expected: 'a number, the name of a measure or "("', position: 1, got: 'the end' },
  { text: 'revenue /  ', expected: 'a number, the name of a measure or "("', position: 10, got: 'the end' },
  { text: 'a b', expected: 'an operator', position: 3, got: '"b"' },
  { text: '2a', expected: 'an operator', position: 2, got: '"a"' },
  { text: '(a + b', expected: 'an operator or ")"', position: 7, got: 'the end' },
  { text: 'a)', expected: 'an operator', position: 2, got: '")"' },
  { text: 'a; drop', expected: 'an operator', position: 2, got: '";"' },
  { text: 'a ** b', expected: 'a number, the name of a measure or "("', position: 4, got: '"*"' },
  { text: '+a', expected: 'a number, the name of a measure or "("', position: 1, got: '"+"' },
  { text: "'a'", expected: 'a number, the name of a measure or "("', position: 1, got: `"'"` },
  { text: '1e999', expected: 'a number below 1.8e308', position: 1, got: '"1e999"' },
  { text: '1.2.3', expected: 'an operator', position: 4, got: '".3"' },
  {
    text: 'a + sin(b)',
    expected: 'one of the functions nullif, coalesce, min, max, abs, round',
    position: 5,
    got: '"sin"',
  },
  {
    text: 'toString(b)',
    expected: 'one of the functions nullif, coalesce, min, max, abs, round',
    position: 1,
    got: '"toString"',
  },
  { text: 'nullif(a)', expected: 'nullif with 2 values', position: 1, got: '1' },
  { text: 'coalesce(a)', expected: 'coalesce with 2 to 10 values', position: 1, got: '1' },
  { text: 'abs()', expected: 'a number, the name of a measure or "("', position: 5, got: '")"' },
  { text: 'round(a, b)', expected: 'a whole number of digits from 0 to 10', position: 10, got: '"b"' },
  { text: 'round(a, 11)', expected: 'a whole number of digits from 0 to 10', position: 10, got: '"11"' },
  { text: 'round(a, 2, 3)', expected: 'an operator or ")"', position: 11, got: '","' },
])('$text is refused with the position', ({ text, expected, position, got }) => {
  const message = `formula "${text}": expected ${expected} at position ${position}, got ${got}`
  expect(() => parseFormula(text)).toThrow(expect.objectContaining({ code: 'invalid_config', message }))
})

test.each(['('.repeat(900), '-'.repeat(900), 'abs('.repeat(200)])(
  'brackets and signs without end are refused',
  (text) => {
    expect(() => parseFormula(text)).toThrow(/expected at most 30 levels of brackets/)
  },
)

test('a formula of more than a thousand characters is refused', () => {
  expect(() => parseFormula(`a${' + a'.repeat(300)}`)).toThrow(
    'expected a formula of at most 1000 characters, got 1201',
  )
})
