import { expect, test } from 'vitest'
import { fragmentProblem } from './sql-fragment.ts'

test.each([
  'status >= 400',
  `name IN ('page_view', 'request')`,
  `path = 'it''s; -- no comment'`,
  String.raw`path LIKE 'a\'b;%'`,
  '`odd name` = "x;y"',
  "properties.`$browser` = 'bucket$'",
  'arrayElement([1, 2], 1)::Float64',
  'a ? b : c',
  `title = 'größer – kleiner #1 {x}'`,
])('%s is an expression', (sql) => {
  expect(fragmentProblem(sql)).toBeUndefined()
})

test.each([
  { sql: ' ', problem: 'expected an SQL expression, got nothing' },
  { sql: '1; DROP TABLE events', problem: 'expected no ";" at position 2' },
  { sql: 'a -- b', problem: 'expected an expression without comments, got one at position 3' },
  { sql: 'a /* b', problem: 'expected an expression without comments, got one at position 3' },
  { sql: 'a # b', problem: 'expected an expression without comments, got one at position 3' },
  { sql: 'f(a', problem: 'expected the "(" at position 2 to be closed' },
  { sql: 'a) OR (b', problem: 'expected no ")" at position 2' },
  { sql: 'f([a)]', problem: 'expected no ")" at position 5' },
  { sql: 'a, b', problem: 'expected one expression, got "," at position 2' },
  { sql: `'a`, problem: "expected the quote ' at position 1 to be closed" },
  { sql: String.raw`'a\'`, problem: "expected the quote ' at position 1 to be closed" },
  { sql: `'a''`, problem: "expected the quote ' at position 1 to be closed" },
  {
    sql: 'sum(`value$sales`)',
    problem: `expected no column called "value$sales": names like this are Almanac's own`,
  },
  { sql: 'a = {zone:String}', problem: 'expected no "{" at position 5' },
  { sql: '$heredoc$;$heredoc$', problem: 'expected no "$" at position 1' },
  { sql: 'a −− b', problem: 'expected no "−" at position 3' },
  { sql: 'a = ‘b’', problem: 'expected no "‘" at position 5' },
])('$sql is refused', ({ sql, problem }) => {
  expect(fragmentProblem(sql)).toBe(problem)
})
