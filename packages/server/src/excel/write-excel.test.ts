import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openExcel } from '../uploads/reading/excel-table.ts'
import { type ExcelColumn, excelCell } from './excel-cell.ts'
import { writeExcel } from './write-excel.ts'

async function* inPieces(rows: readonly (readonly unknown[])[], size = 2) {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size)
}
const file = (columns: readonly ExcelColumn[], rows: readonly (readonly unknown[])[]) =>
  buffer(Readable.from(writeExcel(columns, inPieces(rows))))

/** As somebody else reads the file. */
async function readBack(bytes: Buffer) {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(bytes as never)
  const [sheet] = book.worksheets
  if (!sheet) throw new Error('there is no sheet')
  return sheet
}

const COLUMNS: readonly ExcelColumn[] = [
  { name: 'day', kind: 'date' },
  { name: 'at', kind: 'time' },
  { name: 'amount', kind: 'number' },
  { name: 'is_new', kind: 'boolean' },
  { name: 'note', kind: 'text' },
]

test('dates are dates, numbers are numbers, and texts are texts, formulas included', async () => {
  const sheet = await readBack(
    await file(COLUMNS, [
      ['2026-05-17', '2026-05-17 23:59:59.250', 12.5, true, '=1+1'],
      ['2000-02-29', '2026-03-29 02:30:00', -3, false, '  <b>&"x"\n ä 👩 '],
      [null, null, null, null, null],
      ['2026-05-17', '2026-05-17T08:00:00+02:00', '18446744073709551615', true, '+49 30 123'],
      ['1899-12-31', 'soon', '0.1234567890123456789', true, '_x0041_ \r\0\x1b\t\uffff'],
    ]),
  )

  expect(sheet.getRow(1).values).toEqual([undefined, 'day', 'at', 'amount', 'is_new', 'note'])
  expect(sheet.getCell('A1').font?.bold).toBe(true)
  expect(sheet.views).toMatchObject([{ state: 'frozen', ySplit: 1 }])
  const rows = [2, 3, 5, 6].map((n) => (sheet.getRow(n).values as ExcelJS.CellValue[]).slice(1))
  expect(rows).toEqual([
    [new Date('2026-05-17T00:00:00Z'), new Date('2026-05-17T23:59:59.250Z'), 12.5, true, '=1+1'],
    [new Date('2000-02-29T00:00:00Z'), new Date('2026-03-29T02:30:00Z'), -3, false, '  <b>&"x"\n ä 👩 '],
    [new Date('2026-05-17T00:00:00Z'), new Date('2026-05-17T08:00:00Z'), '18446744073709551615', true, '+49 30 123'],
    ['1899-12-31', 'soon', 0.12345678901234568, true, '_x0041_ \r\0\x1b\t\uffff'],
  ])
  expect(sheet.getRow(4).values).toEqual([])
  expect(sheet.getCell('E2').type).toBe(ExcelJS.ValueType.String)
  expect([sheet.getCell('A2').numFmt, sheet.getCell('B2').numFmt, sheet.getCell('E2').numFmt]).toEqual([
    'yyyy-mm-dd',
    'yyyy-mm-dd hh:mm:ss',
    '@',
  ])
})

test('the file is read by what reads files that people bring', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-excel-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'a.xlsx')
  await writeFile(path, await file(COLUMNS, [['2026-05-17', '2026-05-17 23:59:59', 12.5, true, '=1+1']]))
  const { headers, rows } = await openExcel(path, {})
  const cells = await Array.fromAsync(rows, (row) => row.cells)
  expect([headers, cells]).toEqual([
    ['day', 'at', 'amount', 'is_new', 'note'],
    [['2026-05-17', '2026-05-17T23:59:59', 12.5, true, '=1+1']],
  ])
})

test('an answer without rows has the names of its columns', async () => {
  const sheet = await readBack(await file(COLUMNS, []))
  expect([sheet.rowCount, sheet.getCell('A1').value]).toEqual([1, 'day'])
})

test('all rows of many pieces are there, in their order', async () => {
  const rows = Array.from({ length: 5000 }, (_, n) => [n])
  const sheet = await readBack(await file([{ name: 'n', kind: 'number' }], rows))
  expect(sheet.getColumn(1).values.slice(2)).toEqual(rows.flat())
})

describe('what Excel cannot hold', () => {
  test('is refused with the column that has it', async () => {
    const rows = [['x'.repeat(32_767)], ['x'.repeat(32_768)]]
    await expect(file([{ name: 'note', kind: 'text' }], rows)).rejects.toMatchObject({
      code: 'too_large',
      message: 'A text in the column note has 32,768 characters; a cell of Excel takes 32,767',
    })
  })

  test('is refused where there is too much of it', async () => {
    const columns = Array.from({ length: 16_385 }, (_, n) => ({ name: `c${n}`, kind: 'number' }) as const)
    await expect(file(columns, [])).rejects.toMatchObject({ code: 'too_large' })
  })

  test('breaks off where the rows break off', async () => {
    async function* broken() {
      yield [[1]]
      throw new Error('the engine is gone')
    }
    const stream = Readable.from(writeExcel([{ name: 'n', kind: 'number' }], broken()))
    await expect(buffer(stream)).rejects.toThrow('the engine is gone')
  })
})

test.each([
  { value: 999_999_999_999_999, kind: 'number', cell: 999_999_999_999_999 },
  { value: 1_000_000_000_000_000, kind: 'number', cell: '1000000000000000' },
  { value: '-9223372036854775807', kind: 'number', cell: '-9223372036854775807' },
  { value: 1e300, kind: 'number', cell: 1e300 },
  { value: ['a', 1], kind: 'text', cell: '["a",1]' },
  { value: '1900-02-28', kind: 'date', cell: '1900-02-28' },
  { value: '1900-03-01', kind: 'date', cell: new Date('1900-03-01') },
  { value: '2026-13-01', kind: 'date', cell: '2026-13-01' },
  { value: '\ud800', kind: 'text', cell: '\ufffd' },
] as const)('$value as $kind is $cell', ({ value, kind, cell }) => {
  expect(excelCell(value, { name: 'c', kind })).toEqual(cell)
})
