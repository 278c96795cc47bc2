import { expect, test } from 'vitest'
import { sparkPaths } from './spark-paths.ts'

test('a line fills the box, from zero to the greatest value', () => {
  expect(sparkPaths({ values: [0, 5, 10] }).line).toBe('M0 27L50 14L100 1')
})

test('what still runs is a line of its own, from the last closed value on', () => {
  const { line, open } = sparkPaths({ values: [0, 10, 5], openIndex: 2 })
  expect(line).toBe('M0 27L50 1')
  expect(open).toBe('M50 1L100 14')
})

test('a gap stays a gap', () => {
  expect(sparkPaths({ values: [0, 10, null, 10, 0] }).line).toBe('M0 27L25 1M75 1L100 27')
})

test('what it is compared with shares the scale', () => {
  expect(sparkPaths({ values: [0, 5], ghost: [0, 10] })).toMatchObject({ line: 'M0 27L100 14', ghost: 'M0 27L100 1' })
})

test.each([{ values: [] }, { values: [4] }, { values: [null, null] }])('%j has no line', ({ values }) => {
  expect(sparkPaths({ values })).toEqual({ line: '', area: '', open: '', ghost: '' })
})

test('values below zero have room below', () => {
  expect(sparkPaths({ values: [-10, 10] }).line).toBe('M0 27L100 1')
})
