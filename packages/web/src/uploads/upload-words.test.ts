import { expect, test } from 'vitest'
import { READINGS, readingOf, sizeText, typeOfReading, uploadLabel, uploadName } from './upload-words.ts'

test.each([
  ['Monthly Sales (2026).xlsx', 'monthly_sales_2026', 'Monthly Sales (2026)'],
  ['export.csv.gz', 'export', 'Export'],
  ['Größe.json', 'grosse', 'Größe'],
  ['2026-orders.csv', 'orders', '2026 orders'],
  ['نتائج.csv', '', 'نتائج'],
  [`${'long '.repeat(50)}.csv`, 'long_long_long_long_long_long_long_long', `L${'ong l'.repeat(20)}`.slice(0, 100)],
])('%s is %s, called %s', (file, name, label) => {
  expect([uploadName(file), uploadLabel(file)]).toEqual([name, label])
})

test('each way of reading is a type and comes back as itself', () => {
  for (const { id } of READINGS) expect(readingOf(typeOfReading(id))).toBe(id)
})

test.each([
  [0, '0 B'],
  [436, '436 B'],
  [1405, '1.4 kB'],
  [13_493_022, '13 MB'],
  [2e9, '2.0 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text)
})
