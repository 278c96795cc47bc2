import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeExcel } from '../../excel/write-excel.ts'
import { zipOf } from './excel/testing/zip-of.ts'
import { openZip } from './excel/zip-archive.ts'
import { openExcel } from './excel-table.ts'
import type { ReadChoices } from './file-rows.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-excel-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function onDisk(bytes: Uint8Array): Promise<string> {
  const path = join(folder, crypto.randomUUID())
  await writeFile(path, bytes)
  return path
}

async function read(bytes: Uint8Array, choices: ReadChoices = {}) {
  const { format, headers, rows } = await openExcel(await onDisk(bytes), choices)
  const all = await Array.fromAsync(rows)
  return { format, headers, lines: all.map(({ line }) => line), rows: all.map(({ cells }) => cells) }
}

type Files = Readonly<Record<string, Buffer>>

async function filesOf(bytes: Uint8Array): Promise<Files> {
  const archive = await openZip(await onDisk(bytes), 1e9)
  const contents = archive.names.map(async (name) => [
    name,
    Buffer.concat(await Array.fromAsync(archive.read(name) ?? [])),
  ])
  return Object.fromEntries(await Promise.all(contents))
}

/** With the files that have one of the words in their names at the end, in the order of the words. */
function lastOf(files: Files, words: readonly string[]): Files {
  const isLate = (name: string) => words.some((word) => name.includes(word))
  const late = words.flatMap((word) => Object.keys(files).filter((name) => name.includes(word)))
  return Object.fromEntries(
    [...Object.keys(files).filter((name) => !isLate(name)), ...late].map((name) => [name, files[name] as Buffer]),
  )
}

async function savedByExcelJs(): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('Sales')
  sheet.addRow(['When', 'Amount', 'Name'])
  sheet.addRow([new Date('2026-05-17T00:00:00Z'), 12.5, 'Ada'])
  sheet.addRow([new Date('2026-05-17T10:20:30Z'), -3, 'Grace'])
  workbook.addWorksheet('More').addRow(['x'])
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}

const ORDERS = [
  { last: ['sharedStrings'] },
  { last: ['worksheets/', 'sharedStrings'] },
  { last: ['styles'] },
  { last: ['[Content_Types]'] },
  { last: ['workbook.xml.rels'] },
  { last: ['sharedStrings', 'styles', 'xl/workbook.xml'] },
  { last: ['sheet2', 'sheet1'] },
]

describe.each([
  { isStored: false, hasDescriptors: false },
  { isStored: false, hasDescriptors: true },
  { isStored: true, hasDescriptors: false },
  { isStored: true, hasDescriptors: true },
])('an archive that is stored: $isStored, with sizes behind the files: $hasDescriptors', (options) => {
  test.each(ORDERS)('is read whole when it ends with $last', async ({ last }) => {
    const files = lastOf(await filesOf(await savedByExcelJs()), last)
    expect(Object.keys(files).at(-1)).toContain(last.at(-1))
    expect(await read(zipOf(files, options))).toMatchObject({
      format: { kind: 'excel', sheet: 'Sales', sheets: ['Sales', 'More'] },
      headers: ['When', 'Amount', 'Name'],
      rows: [
        ['2026-05-17', 12.5, 'Ada'],
        ['2026-05-17T10:20:30', -3, 'Grace'],
      ],
    })
  })
})

test('an Excel file that the server writes is read the same with its texts at the end', async () => {
  async function* rows() {
    yield [['2026-05-17', 1, 'Ada']]
  }
  const columns = [
    { name: 'day', kind: 'date' },
    { name: 'n', kind: 'number' },
    { name: 'who', kind: 'text' },
  ] as const
  const bytes = await buffer(Readable.from(writeExcel(columns, rows())))
  const changed = zipOf(lastOf(await filesOf(bytes), ['sharedStrings']))
  expect(await read(changed)).toMatchObject({ headers: ['day', 'n', 'who'], rows: [['2026-05-17', 1, 'Ada']] })
})

test('dates, truths, formulas, formatted texts and merged cells are what one sees in Excel', async () => {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('Sales')
  sheet.addRow(['When', 'Due', 'Is paid', 'Sum', 'Is late', 'Name', 'Broken', 'Link'])
  sheet.addRow([
    new Date('2026-05-17T10:20:30Z'),
    { formula: 'TODAY()', result: new Date('2026-05-18T00:00:00Z') },
    false,
    { formula: '1+1.5', result: 2.5 },
    { formula: 'TRUE()', result: true },
    { richText: [{ text: 'Ada ' }, { text: 'L. & Co\n', font: { bold: true } }] },
    { formula: '1/0', result: { error: '#DIV/0!' } },
    { text: 'here', hyperlink: 'https://example.com' },
  ])
  sheet.getCell('B2').numFmt = 'dd.mm.yyyy'
  sheet.getCell('A4').value = new Date('2026-05-19T00:00:00Z')
  sheet.getCell('D4').value = 7
  sheet.mergeCells('D4:E5')
  sheet.getCell('A5').value = { formula: 'NOW()' } as ExcelJS.CellFormulaValue
  sheet.getCell('F5').value = 'a note'
  sheet.getCell('XFD2').fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFFF00' } }

  const { lines, rows } = await read(new Uint8Array(await workbook.xlsx.writeBuffer()))
  expect(rows).toEqual([
    ['2026-05-17T10:20:30', '2026-05-18', false, 2.5, true, 'Ada L. & Co\n', null, 'here'],
    ['2026-05-19', null, null, 7, null, null, null, null],
    [null, null, null, null, null, 'a note', null, null],
  ])
  expect(lines).toEqual([2, 4, 5])
})

test('a file whose days are counted from 1904 on has the same dates', async () => {
  const workbook = new ExcelJS.Workbook()
  workbook.properties.date1904 = true
  const sheet = workbook.addWorksheet('Sales')
  sheet.addRow(['When'])
  sheet.addRow([new Date('2026-05-17T00:00:00Z')])
  sheet.addRow([new Date('1904-01-02T06:00:00Z')])
  const { rows } = await read(new Uint8Array(await workbook.xlsx.writeBuffer()))
  expect(rows).toEqual([['2026-05-17'], ['1904-01-02T06:00:00']])
})

test('the first sheet with rows that one sees is read, and any other by its name', async () => {
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('Lists', { state: 'hidden' }).addRows([['list'], ['a']])
  workbook.addWorksheet('Empty')
  workbook.addWorksheet('Sales & more').addRows([['name'], ['b']])
  const bytes = new Uint8Array(await workbook.xlsx.writeBuffer())
  const sheets = ['Lists', 'Empty', 'Sales & more']
  expect(await read(bytes)).toMatchObject({ format: { sheet: 'Sales & more', sheets }, rows: [['b']] })
  expect(await read(bytes, { sheet: 'Lists' })).toMatchObject({ format: { sheet: 'Lists', sheets }, rows: [['a']] })
  await expect(read(bytes, { sheet: 'Empty' })).rejects.toThrow('There is no sheet "Empty" with rows')
})

describe('a workbook as other programs write it', () => {
  const RELATIONS = '<Relationships xmlns="urn:r">'
  const FILES = {
    '_rels/.rels': `${RELATIONS}<Relationship Id="a" Type="urn:x/officeDocument" Target="/book/Main.xml"/></Relationships>`,
    'book/main.xml': `<x:workbook xmlns:x="urn:x" xmlns:r="urn:r"><x:workbookPr date1904="true"/><x:sheets>
      <x:sheet name="Figure" sheetId="3" r:id="c"/><x:sheet name="Orders" sheetId="7" r:id="s"/></x:sheets>
      <x:extLst><y:workbookPr xmlns:y="urn:y" chart="1"/></x:extLst></x:workbook>`,
    'book/_rels/main.xml.rels': `${RELATIONS}<Relationship Id="s" Type="urn:x/worksheet" Target="../sheets/orders.xml"/>
      <Relationship Id="c" Type="urn:x/chartsheet" Target="chart.xml"/>
      <Relationship Id="t" Type="urn:x/sharedStrings" Target="/texts.xml"/>
      <Relationship Id="l" Type="urn:x/worksheet" Target="https://example.com/other.xlsx" TargetMode="External"/></Relationships>`,
    'sheets/orders.xml': `<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row><x:c t="s"><x:v>1</x:v></x:c><x:c t="s"><x:v>0</x:v></x:c></x:row>
      <x:row><x:c><x:v>1</x:v></x:c><x:c t="s"><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
    'texts.xml': `<sst xmlns="urn:x">
      <si><t>name</t></si><si><t>id</t></si>
      <si><r><rPr><b/></rPr> <t>東</t></r> <r><t xml:space="preserve">京 </t></r><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si></sst>`,
  }

  test('is read wherever its parts lie, and whatever their prefixes are', async () => {
    expect(await read(zipOf(FILES))).toMatchObject({
      format: { sheet: 'Orders', sheets: ['Orders'] },
      headers: ['id', 'name'],
      rows: [[1, '東京 ']],
    })
  })

  test.each([
    { without: 'texts.xml', message: 'the text of the cell in row 1, column 1 is missing in it' },
    { without: 'book/main.xml', message: 'there is no book/Main.xml in it' },
    { without: 'sheets/orders.xml', message: 'its sheet "Orders" is missing' },
  ])('is refused without $without', async ({ without, message }) => {
    const files = Object.fromEntries(Object.entries(FILES).filter(([name]) => name !== without))
    await expect(read(zipOf(files))).rejects.toMatchObject({
      code: 'invalid_request',
      message: `The Excel file cannot be read: ${message}`,
    })
  })

  test('is refused where a part of it breaks off or brings entities of its own', async () => {
    const cut = FILES['sheets/orders.xml'].slice(0, 150)
    await expect(read(zipOf({ ...FILES, 'sheets/orders.xml': cut }))).rejects.toThrow('The Excel file cannot be read')
    const bomb = '<!DOCTYPE sst [<!ENTITY a "aaaa">]><sst><si><t>&a;</t></si></sst>'
    await expect(read(zipOf({ ...FILES, 'texts.xml': bomb }))).rejects.toThrow('undefined entity')
  })
})

test('what says that it unpacks to more than can be held is refused before it is read', async () => {
  const files = lastOf(await filesOf(await savedByExcelJs()), [])
  await expect(read(zipOf(files, { saidBytes: 0x7fffffff }))).rejects.toMatchObject({
    code: 'too_large',
    message: expect.stringMatching(/^The Excel file unpacks to \d+ MiB, which is too much$/),
  })
})
