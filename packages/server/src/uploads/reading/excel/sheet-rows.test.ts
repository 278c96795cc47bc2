import { expect, test } from 'vitest'
import { readSheetRows, type SheetContext } from './sheet-rows.ts'

const CONTEXT: SheetContext = { texts: ['Ada', 'Grace'], kinds: ['number', 'date'], startsIn1904: false }

/** In pieces of that many bytes. */
function rowsOf(data: string, size = 1_000_000) {
  const xml = Buffer.from(
    `<worksheet><cols><col min="1"/></cols><sheetData>${data}</sheetData><c r="A9"><v>9</v></c></worksheet>`,
  )
  async function* pieces() {
    for (let at = 0; at < xml.length; at += size) yield xml.subarray(at, at + size)
  }
  return readSheetRows(pieces(), CONTEXT)
}

test.each([
  { what: 'a number', xml: '<c r="A1"><v>1.5E-3</v></c>', cell: 0.0015 },
  { what: 'a date', xml: '<c r="A1" s="1"><v>46159</v></c>', cell: '2026-05-17' },
  { what: 'a number of a style that is not there', xml: '<c r="A1" s="7"><v>46159</v></c>', cell: 46_159 },
  { what: 'a date as text', xml: '<c r="A1" t="d"><v>2026-05-17T00:00:00</v></c>', cell: '2026-05-17' },
  { what: 'a time as text', xml: '<c r="A1" t="d"><v>2026-05-17T10:20:30Z</v></c>', cell: '2026-05-17T10:20:30' },
  { what: 'true', xml: '<c r="A1" t="b"><v>1</v></c>', cell: true },
  { what: 'false', xml: '<c r="A1" t="b"><v>0</v></c>', cell: false },
  { what: 'a shared text', xml: '<c r="A1" t="s"><v>1</v></c>', cell: 'Grace' },
  { what: 'a text of its own', xml: '<c r="A1" t="inlineStr"><is><t>a &amp; b</t></is></c>', cell: 'a & b' },
  {
    what: 'a text in several formats',
    xml: '<c r="A1" t="inlineStr"><is><r><t>a</t></r> <r><t><![CDATA[<b>]]></t></r><rPh><t>x</t></rPh></is></c>',
    cell: 'a<b>',
  },
  { what: 'the text of a formula', xml: '<c r="A1" t="str"><f>"a"</f><v>a_x000A_b</v></c>', cell: 'a\nb' },
  { what: 'the date of a formula', xml: '<c r="A1" s="1"><f>TODAY()</f><v>46159</v></c>', cell: '2026-05-17' },
  { what: 'the truth of a formula', xml: '<c r="A1" t="b"><f>1=1</f><v>1</v></c>', cell: true },
])('$what is read', async ({ xml, cell }) => {
  const data = `<row r="1">${xml}</row>`
  expect(await rowsOf(data)).toEqual([{ line: 1, cells: [cell] }])
  expect(await rowsOf(data, 1)).toEqual([{ line: 1, cells: [cell] }])
})

test.each([
  '<c r="A1"/>',
  '<c r="A1" s="1"/>',
  '<c r="A1"><f>A2</f></c>',
  '<c r="A1" t="e"><v>#REF!</v></c>',
  '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
  '<c r="A1" t="inlineStr"><is><t></t></is></c>',
  '<c r="A1"><v></v></c>',
  '<c r="A1" t="s"><v></v></c>',
  '<c r="A1"><v>soon</v></c>',
  '<c r="ZZ1" s="1"/>',
])('%s is nothing, and a row of nothing is no row', async (xml) => {
  expect(await rowsOf(`<row r="1">${xml}</row>`)).toEqual([])
})

test('cells and rows have their places, or come one behind the other', async () => {
  const xml = `<row r="3"><c r="B3"><v>1</v></c><c><v>2</v></c><c r="AB3"><v>3</v></c></row><row><c><v>4</v></c></row><row r="9"><c r="A9"><v>5</v></c></row>`
  const [third, ...rest] = await rowsOf(xml)
  expect([third?.line, third?.cells.length]).toEqual([3, 28])
  expect(third?.cells.filter((cell) => cell !== null)).toEqual([1, 2, 3])
  expect([third?.cells[1], third?.cells[2], third?.cells[27]]).toEqual([1, 2, 3])
  expect(rest).toEqual([
    { line: 4, cells: [4] },
    { line: 9, cells: [5] },
  ])
})

test.each([
  {
    xml: '<c r="ALM1"><v>1</v></c>',
    message: 'The sheet has a value in column 1001; at most 1000 columns can be read',
  },
  { xml: '<c r="ZZZZZZZZZ1"><v>1</v></c>', message: 'at most 1000 columns can be read' },
  { xml: '<c r="12"><v>1</v></c>', message: 'The Excel file cannot be read: it has a cell at "12"' },
  { xml: '<c r="A1" t="s"><v>2</v></c>', message: 'the text of the cell in row 1, column 1 is missing in it' },
])('$xml is refused: $message', async ({ xml, message }) => {
  await expect(rowsOf(`<row r="1">${xml}</row>`)).rejects.toThrow(message)
})
