import { expect, test } from 'vitest'
import { readCsv } from './read-csv.ts'

const cells = (text: string) => readCsv(text).map(({ cells }) => cells)

test.each([
  {
    text: 'a,b\n1,2\n',
    expected: [
      ['a', 'b'],
      ['1', '2'],
    ],
  },
  {
    text: 'a,b\r\n1,2',
    expected: [
      ['a', 'b'],
      ['1', '2'],
    ],
  },
  { text: '\ufeffa,b\n', expected: [['a', 'b']] },
  { text: '"a,b","say ""hi"""\n', expected: [['a,b', 'say "hi"']] },
  {
    text: 'a,\n,b\n',
    expected: [
      ['a', ''],
      ['', 'b'],
    ],
  },
  { text: '""\n', expected: [] },
  { text: '\n\na\n\n', expected: [['a']] },
  { text: ' a , b \n', expected: [['a', 'b']] },
  { text: '', expected: [] },
])('$text is $expected', ({ text, expected }) => {
  expect(cells(text)).toEqual(expected)
})

test('a record knows the line that it begins in, although cells have line ends', () => {
  expect(readCsv('a\n"x\ny"\r\nb\n\nc')).toEqual([
    { line: 1, cells: ['a'] },
    { line: 2, cells: ['x\ny'] },
    { line: 4, cells: ['b'] },
    { line: 6, cells: ['c'] },
  ])
})

test.each([
  { text: 'a\n"b', words: 'Line 2: expected the quote to be closed' },
  { text: '"a"b\n', words: 'Line 1: expected a comma behind the closing quote' },
])('$text is refused', ({ text, words }) => {
  expect(() => readCsv(text)).toThrow(words)
})
