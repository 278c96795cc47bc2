import { Readable } from 'node:stream'
import { UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import { expect, test } from 'vitest'
import { splitRecords } from '../reading/csv-records.ts'
import type { Cell } from '../reading/file-rows.ts'
import { propose } from './propose.ts'

async function proposed(rows: readonly (readonly Cell[])[], headers: readonly string[]) {
  const table = {
    format: { kind: 'csv' as const, text: 'CSV' },
    headers,
    rows: Readable.from(rows.map((cells, i) => ({ line: i + 2, cells }))),
  }
  const proposal = await propose(table, { label: 'Test', timezone: 'Europe/Berlin' })
  UploadDefinition.parse(proposal.definition)
  return proposal
}
const fromCsv = (text: string) => {
  const [head, ...rows] = splitRecords(text, ';').map(({ cells }) => cells)
  return proposed(rows, head ?? [])
}
const column = async (values: readonly Cell[], header = 'Value') => {
  const { definition, questions } = await proposed(
    values.map((value) => [value]),
    [header],
  )
  const { type, numbers, dates, isPercent } = definition.columns[0] ?? {}
  return {
    type,
    ...(numbers && { numbers }),
    ...(dates && { dates }),
    ...(isPercent && { isPercent }),
    asked: questions.length,
  }
}

test.each([
  { values: ['1', '2', ''], expected: { type: 'integer' } },
  { values: ['1', '2.5'], expected: { type: 'decimal' } },
  { values: ['1,5', '2'], expected: { type: 'decimal', numbers: 'comma' } },
  { values: ['1.234,50 €', '99,00 €'], expected: { type: 'decimal', numbers: 'comma' } },
  { values: ['12 %', '7.5 %'], expected: { type: 'decimal', isPercent: true } },
  { values: ['yes', 'no', 'yes'], expected: { type: 'boolean' } },
  { values: [true, false, null], expected: { type: 'boolean' } },
  { values: ['0', '1'], expected: { type: 'integer' } },
  { values: ['00123', '00456'], expected: { type: 'text' } },
  { values: ['1', 'two'], expected: { type: 'text' } },
  { values: ['', '', ''], expected: { type: 'text' } },
  { values: [1e18, 5], expected: { type: 'integer' } },
  { values: ['1e18', '1e-9'], expected: { type: 'decimal' } },
  { values: ['NA', '5', '6'], expected: { type: 'integer' } },
])('$values is $expected', async ({ values, expected }) => {
  expect(await column(values)).toMatchObject(expected)
})

test.each([
  { values: ['2026-05-17', '2026-05-18'], header: 'Value', expected: { type: 'date', dates: 'year_first', asked: 0 } },
  { values: ['13/05/2026', '04/05/2026'], header: 'Value', expected: { type: 'date', dates: 'day_first', asked: 0 } },
  { values: ['05/13/2026', '05/04/2026'], header: 'Value', expected: { type: 'date', dates: 'month_first', asked: 0 } },
  { values: ['05.04.2026', '06.04.2026'], header: 'Value', expected: { type: 'date', dates: 'day_first', asked: 0 } },
  { values: ['20260517', '20260518'], header: 'Day', expected: { type: 'date', dates: 'year_first', asked: 0 } },
  {
    values: [1_779_013_230, 1_779_013_231],
    header: 'created_at',
    expected: { type: 'time', dates: 'seconds', asked: 0 },
  },
  { values: ['1779013230123'], header: 'timestamp', expected: { type: 'time', dates: 'milliseconds', asked: 0 } },
  { values: [1995, 1996], header: 'Year', expected: { type: 'date', dates: 'year', asked: 0 } },
])('$values under $header is $expected', async ({ values, header, expected }) => {
  expect(await column(values, header)).toMatchObject(expected)
})

test('where every date can be read in both orders, somebody is asked', async () => {
  const { definition, questions } = await proposed([['01/02/2026'], ['02/02/2026'], ['03/02/2026']], ['Date'])
  expect(definition.columns[0]?.dates).toBe('day_first')
  expect(questions[0]).toMatchObject({
    column: 'date',
    text: expect.stringContaining('Does the day or the month come first?'),
  })
})

test('a column that is sure settles one that is not', async () => {
  const { definition, questions } = await fromCsv(
    'Ordered;Shipped;A;B\n01/02/2026;13/02/2026;1,234;1,5\n03/02/2026;14/02/2026;2,345;2,25\n',
  )
  expect(definition.columns.map(({ dates, numbers }) => dates ?? numbers)).toEqual([
    'day_first',
    'day_first',
    'comma',
    'comma',
  ])
  expect(questions).toEqual([])
})

test('one wrong value among many does not change the type, and is told', async () => {
  const values = Array.from({ length: 99 }, (_, i) => [String(i)])
  const { definition, evidence } = await proposed([...values, ['oops']], ['Count'])
  expect(definition.columns[0]?.type).toBe('integer')
  expect(evidence[0]).toMatchObject({ misfit: 0.01, misfitExamples: ['oops'], empty: 0 })
})

test('amounts are added up, rates are averaged, ids are neither', async () => {
  const rows = Array.from({ length: 100 }, (_, i) => [
    `2026-05-${String((i % 28) + 1).padStart(2, '0')}`,
    i % 30,
    1.5,
    i * 2.25,
    ['a', 'b'][i % 2] as string,
  ])
  const { definition } = await proposed(rows, ['Date', 'CustomerID', 'Unit price', 'Revenue', 'Region'])
  expect(definition.time).toBe('date')
  expect(definition.measures.map(({ name, aggregate }) => [name, aggregate])).toEqual([
    ['rows', 'count'],
    ['unique_customer_id', 'unique'],
    ['average_unit_price', 'average'],
    ['revenue', 'sum'],
  ])
  expect(definition.columns.filter(({ isDimension }) => isDimension).map(({ name }) => name)).toEqual([
    'customer_id',
    'region',
  ])
})

test('times without a zone are of the person that looks, who is told', async () => {
  const { definition, questions } = await proposed([['2026-05-17 10:00'], ['2026-05-18 10:00']], ['When'])
  expect(definition.timezone).toBe('Europe/Berlin')
  expect(questions).toEqual([
    { column: 'when', text: 'The times do not say their zone. They are read as times of Europe/Berlin.' },
  ])
})

test('without a time, that is said', async () => {
  const { definition, questions } = await proposed([['a', 1]], ['Name', 'Size'])
  expect(definition.time).toBe(null)
  expect(questions[0]?.text).toContain('No column says when')
})

test('a table without rows, with a thousand columns, or with names of any kind has a proposal that holds', async () => {
  await proposed([], ['A', 'B'])
  const headers = Array.from({ length: 1000 }, (_, i) => (i % 2 ? `Column ${i}` : `שם ${i} 🫖`))
  await proposed([headers.map((_, i) => i), headers.map((_, i) => i * 2)], headers)
})
