import { expect, test } from 'vitest'
import { excelColumn } from './excel-column.ts'

test.each([
  { type: 'UInt64', kind: 'number' },
  { type: 'Nullable(Float64)', kind: 'number' },
  { type: 'Decimal(18, 4)', kind: 'number' },
  { type: 'BFloat16', kind: 'number' },
  { type: 'Date', kind: 'date' },
  { type: 'Nullable(Date32)', kind: 'date' },
  { type: 'DateTime', kind: 'time' },
  { type: `LowCardinality(Nullable(DateTime64(3, 'Europe/Berlin')))`, kind: 'time' },
  { type: 'Bool', kind: 'boolean' },
  { type: 'LowCardinality(String)', kind: 'text' },
  { type: 'Array(UInt64)', kind: 'text' },
  { type: 'IntervalDay', kind: 'text' },
  { type: 'Nothing', kind: 'text' },
  { type: 'UUID', kind: 'text' },
])('$type is $kind in Excel', ({ type, kind }) => {
  expect(excelColumn('c', type)).toEqual({ name: 'c', kind })
})
