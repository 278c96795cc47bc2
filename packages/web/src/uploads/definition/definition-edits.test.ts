import { UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import { expect, test } from 'vitest'
import { withColumn, withMeasure, withNewMeasure, withReading } from './definition-edits.ts'

const DEFINITION = UploadDefinition.parse({
  label: 'Sales',
  columns: [
    { source: 'Date', name: 'date', label: 'Date', type: 'date', dates: 'day_first', isDimension: false },
    { source: 'Region', name: 'region', label: 'Region', type: 'text', isDimension: true },
    { source: 'Amount', name: 'amount', label: 'Amount', type: 'decimal', numbers: 'comma', isDimension: false },
  ],
  time: 'date',
  keys: ['region'],
  measures: [{ name: 'amount', label: 'Amount', aggregate: 'sum', column: 'amount' }],
})
/** What the server takes. */
const checked = (definition: UploadDefinition) => UploadDefinition.parse(JSON.parse(JSON.stringify(definition)))

test('a text has no sum: the measure goes, and one of rows is left', () => {
  const changed = checked(withReading(DEFINITION, 'amount', 'text'))
  expect(changed.columns[2]).toMatchObject({ type: 'text' })
  expect(changed.columns[2]).not.toHaveProperty('numbers')
  expect(changed.measures).toMatchObject([{ name: 'rows', aggregate: 'count' }])
})

test('a column that is left out is neither time nor key any more', () => {
  expect(checked(withColumn(DEFINITION, 'date', { isLeftOut: true })).time).toBe(null)
  expect(checked(withColumn(DEFINITION, 'region', { isLeftOut: true })).keys).toEqual([])
})

test('a measure gives its name up to a dimension', () => {
  const changed = checked(withColumn(DEFINITION, 'amount', { isDimension: true }))
  expect(changed.measures).toMatchObject([{ name: 'sum_amount', column: 'amount' }])
})

test('a measure becomes a count, which has no column', () => {
  expect(checked(withMeasure(DEFINITION, 0, { aggregate: 'count' })).measures[0]).not.toHaveProperty('column')
})

test('new measures have names of their own', () => {
  const amount = DEFINITION.columns[2]
  const twice = checked(withNewMeasure(withNewMeasure(DEFINITION, 'average', amount), 'average', amount))
  expect(twice.measures.map(({ name }) => name)).toEqual(['amount', 'average_amount', 'average_amount_2'])
})
