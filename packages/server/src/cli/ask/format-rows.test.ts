import { expect, test } from 'vitest'
import { formatCsv, formatTable } from './format-rows.ts'

test('a table has its figures on the right and grouped', () => {
  const table = formatTable({
    columns: ['path', 'hits'],
    rows: [
      ['/', 12345],
      ['/a/long/path', 7],
    ],
  })

  expect(table).toBe('path            hits\n/             12,345\n/a/long/path       7\n')
})

test('no rows are said in words', () => {
  expect(formatTable({ columns: ['a'], rows: [] })).toBe('No rows.\n')
})

test('what comes from the data cannot steer the terminal', () => {
  expect(formatTable({ columns: ['p'], rows: [['\u001b[2Jgone\nnext']] })).toContain('\\x1b[2Jgone\\x0anext')
})

test.each([
  { value: 'plain', cell: 'plain' },
  { value: 'a,b', cell: '"a,b"' },
  { value: 'say "hi"', cell: '"say ""hi"""' },
  { value: 'two\nlines', cell: '"two\nlines"' },
  { value: '=1+1', cell: `"'=1+1"` },
  { value: '+49 30', cell: `"'+49 30"` },
  { value: '-2+3', cell: `"'-2+3"` },
  { value: '@SUM(A1)', cell: `"'@SUM(A1)"` },
  { value: '\t=1', cell: `"'\t=1"` },
  { value: '＝1', cell: `"'＝1"` },
  { value: -12.5, cell: '-12.5' },
  { value: null, cell: '' },
  { value: true, cell: 'true' },
  { value: ['a', 1], cell: '"[""a"",1]"' },
])('in CSV, $value is written as $cell', ({ value, cell }) => {
  expect(formatCsv({ columns: ['c'], rows: [[value]] })).toBe(`c\r\n${cell}\r\n`)
})
