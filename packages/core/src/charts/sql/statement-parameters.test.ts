import { describe, expect, test } from 'vitest'
import { parametersOf, statementParameters } from './statement-parameters.ts'

const BOARD = {
  from: Temporal.ZonedDateTime.from('2026-03-29T00:00[Europe/Berlin]'),
  to: Temporal.ZonedDateTime.from('2026-03-30T00:00[Europe/Berlin]'),
  timezone: 'Europe/Berlin',
  grain: 'day',
  chosen: { country: ['DE', 'FR'], plan: [] },
} as const

describe('the parameters that a statement names', () => {
  test.each([
    { sql: 'SELECT 1', names: {} },
    { sql: 'SELECT {a:String}, {b : Array(Nullable(String))}', names: { a: 'String', b: 'Array(Nullable(String))' } },
    { sql: "WHERE t >= {from:DateTime64(3, 'UTC')}", names: { from: "DateTime64(3, 'UTC')" } },
    { sql: "SELECT '{}', map('a', 1) -- {x: 1", names: {} },
  ])('$sql', ({ sql, names }) => {
    expect(Object.fromEntries(parametersOf(sql))).toEqual(names)
  })
})

test('a value that the statement does not name is not sent', () => {
  expect(statementParameters('SELECT {grain:String}', { other: 1 }, BOARD)).toEqual({ grain: 'day' })
})

test.each([
  { type: 'DateTime', value: 1774738800 },
  { type: "DateTime('Asia/Tokyo')", value: 1774738800 },
  { type: 'DateTime64(3)', value: '1774738800.000' },
  { type: 'UInt32', value: 1774738800 },
  { type: 'Date', value: '2026-03-29' },
  { type: 'Date32', value: '2026-03-29' },
  { type: 'String', value: '2026-03-29T00:00:00+01:00' },
])('the beginning of the range as $type', ({ type, value }) => {
  expect(statementParameters(`SELECT {from:${type}}`, {}, BOARD)).toEqual({ from: value })
})

test('what is chosen for a variable is a list, or its first where the statement takes one text', () => {
  const sql = 'WHERE has({country:Array(String)}, c) OR {plan:String} = {country2:String}'
  const board = { ...BOARD, chosen: { ...BOARD.chosen, country2: ['DE', 'FR'] } }
  expect(statementParameters(sql, {}, board)).toEqual({ country: ['DE', 'FR'], plan: '', country2: 'DE' })
})

test("the statement's own value counts where the board has none of that name", () => {
  const own = { country: ['US'], least: 5 }
  expect(statementParameters('{country:Array(String)} {least:UInt8}', own, BOARD)).toEqual({
    country: ['DE', 'FR'],
    least: 5,
  })
})

test('a parameter that nobody has a value for is left to the engine, which names it', () => {
  expect(statementParameters('{constructor:String} {nothing:String}', {}, BOARD)).toEqual({})
})
