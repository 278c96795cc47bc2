import { expect, test } from 'vitest'
import { gridStep } from './grid-step.ts'

const BOUNDS = { rows: 100, columns: 5, firstRow: -1 } as const
const at = (row: number, column: number) => ({ row, column })

test.each([
  { key: 'ArrowDown', from: at(3, 2), to: at(4, 2) },
  { key: 'ArrowDown', from: at(99, 2), to: at(99, 2) },
  { key: 'ArrowUp', from: at(0, 2), to: at(-1, 2) },
  { key: 'ArrowUp', from: at(-1, 2), to: at(-1, 2) },
  { key: 'ArrowLeft', from: at(3, 0), to: at(3, 0) },
  { key: 'ArrowRight', from: at(3, 4), to: at(3, 4) },
  { key: 'PageDown', from: at(3, 2), to: at(13, 2) },
  { key: 'Home', from: at(3, 2), to: at(3, 0) },
  { key: 'End', from: at(3, 2), to: at(3, 4) },
  { key: 'x', from: at(3, 2), to: undefined },
])('$key leads from $from to $to', ({ key, from, to }) => {
  expect(gridStep(key, false, from, BOUNDS)).toEqual(to)
})

test('with ctrl, a key leads to the end', () => {
  expect(gridStep('End', true, at(3, 2), BOUNDS)).toEqual(at(99, 4))
  expect(gridStep('Home', true, at(3, 2), BOUNDS)).toEqual(at(-1, 0))
  expect(gridStep('ArrowDown', true, at(3, 2), BOUNDS)).toEqual(at(99, 2))
})
