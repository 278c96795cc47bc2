import { expect, test } from 'vitest'
import { deltaOf, deltaText } from './delta.ts'

test.each([
  { current: 112, previous: 100, better: 'higher', text: '+12%', tone: 'good' },
  { current: 112, previous: 100, better: 'lower', text: '+12%', tone: 'bad' },
  { current: 50, previous: 100, better: 'lower', text: '-50%', tone: 'good' },
  { current: 1, previous: 1000, better: 'higher', text: '-99.9%', tone: 'bad' },
  { current: 350, previous: 100, better: 'higher', text: '+250%', tone: 'good' },
  { current: 1400, previous: 100, better: 'higher', text: '×14', tone: 'good' },
  { current: 100, previous: 100, better: 'higher', text: '0%', tone: 'neutral' },
  { current: 0, previous: 0, better: 'higher', text: '0%', tone: 'neutral' },
] as const)(
  '$current after $previous reads $text and is $tone when $better is better',
  ({ text, tone, ...figures }) => {
    const delta = deltaOf(figures.current, figures.previous, figures.better)
    expect(delta).toMatchObject({ kind: 'change', tone })
    expect(delta && deltaText(delta, 'en')).toBe(text)
  },
)

test('growth from nothing is new, not a percentage', () => {
  expect(deltaOf(5, 0, 'higher')).toEqual({ kind: 'new' })
})

test('an unknown figure has no delta', () => {
  expect(deltaOf(5, undefined, 'higher')).toBeUndefined()
  expect(deltaOf(undefined, 5, 'higher')).toBeUndefined()
})
