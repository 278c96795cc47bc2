import { expect, test } from 'vitest'
import { deltaOf } from './delta.ts'

test.each([
  { current: 112, before: 100, better: 'higher', text: '+12%', tone: 'good', direction: 'up' },
  { current: 112, before: 100, better: 'lower', text: '+12%', tone: 'bad', direction: 'up' },
  { current: 50, before: 100, better: 'lower', text: '-50%', tone: 'good', direction: 'down' },
  { current: 1, before: 1000, better: 'higher', text: '-99.9%', tone: 'bad', direction: 'down' },
  { current: 350, before: 100, better: 'higher', text: '+250%', tone: 'good', direction: 'up' },
  { current: 1400, before: 100, better: 'higher', text: '×14', tone: 'good', direction: 'up' },
  { current: 100, before: 100, better: 'higher', text: '0%', tone: 'neutral', direction: 'same' },
  { current: 0, before: 0, better: 'higher', text: '0%', tone: 'neutral', direction: 'same' },
  { current: -50, before: -100, better: 'higher', text: '+50%', tone: 'good', direction: 'up' },
  { current: 5, before: 0, better: 'higher', text: 'new', tone: 'neutral', direction: 'up' },
  { current: 5, before: 4, better: undefined, text: '+25%', tone: 'neutral', direction: 'up' },
  { current: 1e18, before: 1e-9, better: 'higher', text: '×1E27', tone: 'good', direction: 'up' },
] as const)('$current after $before reads $text and is $tone when $better is better', (row) => {
  const { current, before, better, ...expected } = row
  expect(deltaOf(current, before, better, 'last week', 'en')).toEqual({ ...expected, against: 'last week' })
})

test.each([
  [5, undefined],
  [undefined, 5],
  [null, 5],
])('from %s and %s no change is known', (current, before) => {
  expect(deltaOf(current, before, 'higher', 'last week')).toBeUndefined()
})
