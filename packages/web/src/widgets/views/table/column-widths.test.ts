import { expect, test } from 'vitest'
import { columnWidths } from './column-widths.ts'

const cell = (text: string) => ({ text, value: text })
const row = [cell('x'.repeat(15)), cell('1')]

test('a column is as wide as its longest text', () => {
  expect(columnWidths(['Name', 'Hits'], 1, () => row, 0)).toEqual([155, 73])
})

test('a text of 500 characters leaves half of the room to the others', () => {
  expect(columnWidths(['Name', 'Hits'], 1, () => [cell('x'.repeat(500)), cell('1')], 400)).toEqual([284, 115])
})

test('names give up a little of their room, and figures none, where nothing has to be scrolled then', () => {
  const figures = [cell('x'.repeat(15)), { text: '1', value: 1 }]
  expect(columnWidths(['Name', 'Hits'], 1, () => figures, 210)).toEqual([137, 73])
  expect(columnWidths(['Name', 'Hits'], 1, () => figures, 150)).toEqual([155, 73])
})

test('room that is left is shared', () => {
  expect(columnWidths(['Name', 'Hits'], 1, () => row, 422)).toEqual([286, 135])
})

test('a figure and its change are never cut', () => {
  const figure = {
    ...cell('1,234,567'),
    delta: { text: '+1,234.5%', direction: 'up', tone: 'good', against: 'Yesterday' },
  } as const
  const [width = 0] = columnWidths(['Hits'], 1, () => [figure], 0)
  // Nine and nine characters, an arrow, the space between and at both sides, in a browser.
  expect(width).toBeGreaterThan(63 + 61 + 14 + 8 + 32)
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
