import { NAME } from '@almanac/core/cubes/names.ts'
import { expect, test } from 'vitest'
import { columnNames } from './column-name.ts'

test.each([
  ['Order Date', 'order_date'],
  ['InvoiceNo', 'invoice_no'],
  ['CustomerID', 'customer_id'],
  ['Größe (cm)', 'grosse_cm'],
  ['% of total', 'percent_of_total'],
  ['2026', 'c_2026'],
  ['time', 'time_2'],
  ['x', 'x_value'],
  ['properties.mag', 'properties_mag'],
  ['שם', 'column_1'],
  ['🫖', 'column_1'],
  ['a'.repeat(500), 'a'.repeat(40)],
])('%s is %s', (header, name) => {
  expect(columnNames([header])).toEqual([name])
})

test('each has a name of its own, however alike the headers are', () => {
  const names = columnNames(['Name', 'name', 'NAME ', 'a'.repeat(500), `${'a'.repeat(500)}!`, 'שם', 'اسم'])
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(NAME)
})
