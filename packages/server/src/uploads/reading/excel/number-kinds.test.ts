import { expect, test } from 'vitest'
import { kindOfCode, readNumberKinds } from './number-kinds.ts'

test.each([
  { code: 'General', kind: 'number' },
  { code: '#,##0.00 [$€-407];[Red]-#,##0.00 [$€-407]', kind: 'number' },
  { code: '0.00E+00', kind: 'number' },
  { code: '0 "days"', kind: 'number' },
  { code: '0\\d', kind: 'number' },
  { code: '[Red]0;[Blue]0', kind: 'number' },
  { code: '_-* #,##0_-;yyyy', kind: 'number' },
  { code: '@', kind: 'number' },
  { code: 'yyyy\\-mm\\-dd', kind: 'date' },
  { code: '[$-409]d-mmm-yy;@', kind: 'date' },
  { code: 'dd.mm.yyyy hh:mm', kind: 'date' },
  { code: '"Q"yyyy', kind: 'date' },
  { code: 'mmmm', kind: 'date' },
  { code: '[$-411]ggge"年"m"月"', kind: 'date' },
  { code: 'hh:mm:ss', kind: 'clock' },
  { code: 'h AM/PM', kind: 'clock' },
  { code: '[h]:mm:ss', kind: 'duration' },
  { code: '[mm]:ss', kind: 'duration' },
])('$code is the format of a $kind', ({ code, kind }) => {
  expect(kindOfCode(code)).toBe(kind)
})

test('styles are of formats that the file spells out, and of those that every program has', async () => {
  const xml = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy"/></numFmts>
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
    <cellXfs><xf/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="20"/><xf numFmtId="46"/><xf numFmtId="4"/></cellXfs>
    <dxfs><dxf><numFmt numFmtId="4" formatCode="yyyy"/></dxf></dxfs></styleSheet>`
  async function* pieces() {
    yield Buffer.from(xml)
  }
  expect(await readNumberKinds(pieces())).toEqual(['number', 'date', 'date', 'clock', 'duration', 'number'])
})
