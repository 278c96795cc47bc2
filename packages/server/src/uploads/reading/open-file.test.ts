import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReadChoices } from './file-rows.ts'
import { openFile } from './open-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-files-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function read(content: string | Uint8Array, name = 'file.csv', choices: ReadChoices = {}) {
  const path = join(folder, crypto.randomUUID())
  await writeFile(path, content)
  const { format, headers, rows } = await openFile(path, name, choices)
  const all = await Array.fromAsync(rows)
  return { format, headers, rows: all.map(({ cells }) => cells), problems: all.flatMap(({ problem }) => problem ?? []) }
}

test.each([
  { what: 'commas', text: 'a,b\n1,2\n', format: 'CSV separated by commas, UTF-8' },
  { what: 'semicolons', text: 'a;b\n1,5;2\n', format: 'CSV separated by semicolons, UTF-8' },
  { what: 'tabs', text: 'a\tb\n1\t2\n', format: 'CSV separated by tabs, UTF-8' },
  { what: 'one column', text: 'a\n1\n', format: 'CSV separated by commas, UTF-8' },
  {
    what: 'no header',
    text: '2026-01-01,5\n2026-01-02,6\n',
    format: 'CSV separated by commas, UTF-8, without a header',
  },
  { what: "Excel's own first line", text: 'sep=;\na;b\n1;2\n', format: 'CSV separated by semicolons, UTF-8' },
])('a text file with $what is $format', async ({ text, format }) => {
  expect((await read(text)).format.text).toBe(format)
})

test.each([
  { encoding: 'UTF-8', bytes: Buffer.from('Größe,שם\nä,🫖\n') },
  { encoding: 'UTF-8 with a byte order mark', bytes: Buffer.from('\ufeffGröße,שם\nä,🫖\n') },
  { encoding: 'UTF-16', bytes: Buffer.from('\ufeffGröße,שם\nä,🫖\n', 'utf16le') },
  { encoding: 'big-endian UTF-16', bytes: Buffer.from('\ufeffGröße,שם\nä,🫖\n', 'utf16le').swap16() },
])('$encoding is read as it was written', async ({ bytes }) => {
  expect(await read(bytes)).toMatchObject({ headers: ['Größe', 'שם'], rows: [['ä', '🫖']] })
})

test('Latin-1 is read where the bytes are no UTF-8', async () => {
  const { headers, format } = await read(Buffer.from('Größe;Preis €\n1;2\n'.replace('€', '\u0080'), 'latin1'))
  expect(headers).toEqual(['Größe', 'Preis €'])
  expect(format.text).toContain('Windows-1252')
})

test('headers are each there once, short, and never empty', async () => {
  const long = 'x'.repeat(600)
  const { headers } = await read(`Name,Name,,${long}\n1,2,3,4\n`)
  expect(headers).toEqual(['Name', 'Name (2)', 'Column 3', 'x'.repeat(500)])
})

test('a header alone is a table without rows', async () => {
  expect(await read('a,b\n')).toMatchObject({ headers: ['a', 'b'], rows: [] })
})

test('rows with other numbers of cells are padded, or say what is wrong with them', async () => {
  const { rows, problems } = await read('a,b,c\n1\n1,2,3,\n1,2,3,4\n1,2')
  expect(rows.slice(0, 2)).toEqual([['1', '', ''], ['1', '2', '3', ''].slice(0, 3)])
  expect(problems).toEqual([
    'it has 4 cells, and there are 3 columns',
    'the file breaks off in it: it has 2 of 3 cells',
  ])
})

test('objects are rows, with what is inside of them under their paths', async () => {
  expect(await read('[{"id":1,"user":{"name":"Ada"}},{"id":12345678901234567890,"tags":["x"]}]', 'file')).toMatchObject(
    {
      format: { kind: 'json' },
      headers: ['id', 'user.name', 'tags'],
      rows: [
        [1, 'Ada', null],
        ['12345678901234567890', null, '["x"]'],
      ],
    },
  )
})

test('a line that is no JSON is a problem of that line', async () => {
  const { rows, problems } = await read('{"a":1}\n{"a":\n{"a":3}\n', 'file.ndjson')
  expect([rows.length, problems.length]).toEqual([3, 1])
})

test('a sheet of Excel is read with its dates, formulas and formatted texts', async () => {
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('Empty')
  const sheet = workbook.addWorksheet('Sales')
  sheet.addRow(['When', 'Amount', 'Name'])
  sheet.addRow([
    new Date('2026-05-17T00:00:00Z'),
    { formula: '1+1', result: 2 },
    { richText: [{ text: 'Ada ' }, { text: 'L.' }] },
  ])
  sheet.addRow([new Date('2026-05-17T10:20:30Z'), 1e18, true])
  workbook.addWorksheet('More').addRow(['x'])
  const bytes = new Uint8Array(await workbook.xlsx.writeBuffer())
  expect(await read(bytes, 'report.xlsx')).toMatchObject({
    format: { kind: 'excel', sheet: 'Sales', sheets: ['Empty', 'Sales', 'More'] },
    headers: ['When', 'Amount', 'Name'],
    rows: [
      ['2026-05-17', 2, 'Ada L.'],
      ['2026-05-17T10:20:30', 1e18, true],
    ],
  })
  await expect(read(bytes, 'report.xlsx', { sheet: 'None' })).rejects.toThrow('There is no sheet "None" with rows')
})

test.each([
  { name: 'nothing.csv', content: '', message: 'The file nothing.csv is empty' },
  { name: 'x.pdf', content: '%PDF-1.7', message: 'The file x.pdf is a PDF, which cannot be read' },
  { name: 'x.xls', content: Buffer.from('d0cf11e0a1b11ae1', 'hex'), message: 'is an Excel file of before 2007' },
  { name: 'x.csv', content: '<!DOCTYPE html><html>', message: 'is a page of the web or XML' },
  { name: 'x.xlsx', content: Buffer.from('504b0304ffffffff', 'hex'), message: 'The Excel file cannot be read' },
  { name: 'x.parquet', content: 'PAR1nonsensePAR1', message: 'The Parquet file cannot be read' },
  { name: 'x.bin', content: Buffer.from([1, 0, 2, 3, 0, 4]), message: 'is of a kind that is not known here' },
])('$name is refused: $message', async ({ name, content, message }) => {
  await expect(read(content, name)).rejects.toThrow(message)
})
