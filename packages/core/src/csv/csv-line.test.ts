import { expect, test } from 'vitest'
import { csvLine } from './csv-line.ts'

test.each([
  { values: ['a', 1, -1.5, true, null, undefined], line: 'a,1,-1.5,true,,' },
  { values: ['a,b', 'say "x"', 'two\nlines', ' edge '], line: '"a,b","say ""x""","two\nlines"," edge "' },
  { values: [['a', 1], { k: 'v' }], line: '"[""a"",1]","{""k"":""v""}"' },
])('$values', ({ values, line }) => {
  expect(csvLine(values)).toBe(`${line}\r\n`)
})

test.each(['=1+1', '+1', '-x', '@SUM(A1)', '\tx', '\uff1d1'])('a spreadsheet reads %j as text', (text) => {
  expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/)
})

test('a number that was kept as text is still a number', () => {
  expect(csvLine(['-9223372036854775807', '18446744073709551615', '-1.5'])).toBe(
    '-9223372036854775807,18446744073709551615,-1.5\r\n',
  )
})
