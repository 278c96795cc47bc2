import { expect, test } from 'vitest'
import { columnWidths } from './column-widths.ts'

const cell = (text: string) => ({ text, value: text })
const row = [cell('x'.repeat(15)), cell('1')]

test('a column is as wide as its longest text', () => {
  expect(columnWidths(['Name', 'Hits'], 1, () => row, 0)).toEqual([137, 74])
})

test('a text of 500 characters leaves half of the room to the others', () => {
  expect(columnWidths(['Name', 'Hits'], 1, () => [cell('x'.repeat(500)), cell('1')], 400)).toEqual([283, 116])
})

test('room that is left is shared', () => {
  expect(columnWidths(['Name', 'Hits'], 1, () => row, 422)).toEqual([274, 148])
})

test('of 200,000 rows only a sample is made', () => {
  let made = 0
  columnWidths(
    ['Name'],
    200_000,
    () => {
      made++
      return [cell('x')]
    },
    0,
  )
  expect(made).toBeLessThan(200)
})
