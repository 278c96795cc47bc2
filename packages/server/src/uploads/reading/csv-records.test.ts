import { expect, test } from 'vitest'
import { csvRecords, splitRecords } from './csv-records.ts'

const cells = (text: string, delimiter = ',') => splitRecords(text, delimiter).map((record) => record.cells)

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
  {
    text: 'a,b\r1,2\r',
    expected: [
      ['a', 'b'],
      ['1', '2'],
    ],
  },
  { text: '\ufeffa,b\n', expected: [['a', 'b']] },
  { text: '"a,b","say ""hi"""\n', expected: [['a,b', 'say "hi"']] },
  { text: '"two\nlines",x\n', expected: [['two\nlines', 'x']] },
  {
    text: 'a,\n,b\n',
    expected: [
      ['a', ''],
      ['', 'b'],
    ],
  },
  { text: '\n\na\n\n', expected: [['a']] },
  { text: '5" pipe,x\n', expected: [['5" pipe', 'x']] },
  { text: '"quoted" and more,x\n', expected: [['quoted and more', 'x']] },
  { text: '', expected: [] },
])('$text is $expected', ({ text, expected }) => {
  expect(cells(text)).toEqual(expected)
})

test('tabs and bars keep cells apart, too', () => {
  expect(cells('a\tb c\n', '\t')).toEqual([['a', 'b c']])
  expect(cells('a|b,c\n', '|')).toEqual([['a', 'b,c']])
})

test('a record knows its line, although cells have line ends', () => {
  expect(splitRecords('a\n"x\ny"\r\nb\n\nc', ',').map(({ line }) => line)).toEqual([1, 2, 4, 6])
})

test('a quote that is never closed spoils one line, and not the rest of the file', () => {
  expect(splitRecords('a,b\n1,"x\n2,y\n', ',')).toMatchObject([
    { cells: ['a', 'b'] },
    { line: 2, problem: 'a quote in it is never closed' },
    { line: 3, cells: ['2', 'y'] },
  ])
})

test('what has no end of its line says so', () => {
  expect(splitRecords('a\nb', ',').map(({ isCut }) => isCut)).toEqual([false, true])
})

test('cut up in any way, the text has the same records', async () => {
  const text = '\ufeffa,"b ""1""\r\nc"\r\n1,2\r\r\n"x",\r\n"y"'
  const whole = splitRecords(text, ',')
  for (let size = 1; size <= text.length; size++) {
    const pieces = (async function* () {
      for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
    })()
    expect(await Array.fromAsync(csvRecords(pieces, ','))).toEqual(whole)
  }
})
