import { expect, test } from 'vitest'
import { columnWidths } from './column-widths.ts'

const cell = (text: string) => ({ text, value: text })
const [NAME, HITS] = [{ label: 'Name' }, { label: 'Hits' }] as const
const row = [cell('x'.repeat(15)), cell('1')]

test('a column is as wide as its longest text', () => {
  expect(columnWidths([NAME, HITS], 1, () => row, 0)).toEqual([155, 73])
})

test('a text of 500 characters leaves half of the room to the others', () => {
  expect(columnWidths([NAME, HITS], 1, () => [cell('x'.repeat(500)), cell('1')], 400)).toEqual([284, 115])
})

test('names give up a little of their room, and figures none, where nothing has to be scrolled then', () => {
  const figures = [cell('x'.repeat(15)), { text: '1', value: 1 }]
  expect(columnWidths([NAME, HITS], 1, () => figures, 210)).toEqual([137, 73])
  expect(columnWidths([NAME, HITS], 1, () => figures, 150)).toEqual([155, 73])
})

test('a time keeps its end, where a name would give up some of its room', () => {
  const days = [cell('Sun, 22 Nov 2026'), { text: '1,234', value: 1234 }]
  const [name = 0] = columnWidths([NAME, HITS], 1, () => days, 210)
  const [time = 0] = columnWidths([{ label: 'Time', isTime: true }, HITS], 1, () => days, 210)
  expect(name).toBeLessThan(time)
  expect(columnWidths([{ label: 'Time', isTime: true }, HITS], 1, () => days, 0)[0]).toBe(time)
})

test('room that is left is shared', () => {
  expect(columnWidths([NAME, HITS], 1, () => row, 422)).toEqual([286, 135])
})

test('a figure and its change are never cut', () => {
  const figure = {
    ...cell('1,234,567'),
    delta: { text: '+1,234.5%', direction: 'up', tone: 'good', against: 'Yesterday' },
  } as const
  const [width = 0] = columnWidths([HITS], 1, () => [figure], 0)
  // Nine and nine characters, an arrow, the space between and at both sides, in a browser.
  expect(width).toBeGreaterThan(63 + 61 + 14 + 8 + 32)
})

test('of 200,000 rows only a sample is made', () => {
  let made = 0
  columnWidths(
    [NAME],
    200_000,
    () => {
      made++
      return [cell('x')]
    },
    0,
  )
  expect(made).toBeLessThan(200)
})
