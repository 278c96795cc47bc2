import { expect, test } from 'vitest'
import type { NumberDrawing } from '../drawing.ts'
import { HEADLINE, HEADLINE_WITHOUT_TOTALS, ONE_FIGURE, ONLY_NULLS } from '../testing/frames-parts.ts'
import { LOOK } from '../testing/look.ts'
import { drawNumber } from './number.ts'

const numberOf = (...[spec, frame]: [Parameters<typeof drawNumber>[0], Parameters<typeof drawNumber>[1]]) =>
  drawNumber(spec, frame, LOOK) as NumberDrawing

test('people of a range are the total of the engine, not the last day and not the sum of the days', () => {
  expect(numberOf({ kind: 'number' }, HEADLINE)).toMatchObject({ text: '6,120', label: 'Visitors' })
})

test('without a total, what adds up is added up and what does not is refused', () => {
  const revenue = numberOf({ kind: 'number', value: 'revenue' }, HEADLINE_WITHOUT_TOTALS)
  expect(revenue.exact).toBe('€18,550')
  expect(revenue.deltas).toMatchObject([{ text: '+47.2%', against: 'Previous month' }])
  expect(() => drawNumber({ kind: 'number', value: 'visitors' }, HEADLINE_WITHOUT_TOTALS, LOOK)).toThrow(
    '“Visitors” does not add up over its rows',
  )
})

test('a range in which nothing happened has no figure, also of what does not add up', () => {
  const rows = HEADLINE_WITHOUT_TOTALS.rows.map((row) => ({ ...row, visitors: null }))
  const nothing = { as: 'empty', text: 'There is no figure in this range.' }
  for (const frame of [
    { ...HEADLINE_WITHOUT_TOTALS, rows },
    { ...HEADLINE_WITHOUT_TOTALS, rows: [] },
  ])
    expect(drawNumber({ kind: 'number', value: 'visitors' }, frame, LOOK)).toMatchObject(nothing)
})

test('rows that were cut off are not added up', () => {
  const cut = { ...HEADLINE_WITHOUT_TOTALS, isTruncated: true }
  expect(() => drawNumber({ kind: 'number', value: 'revenue' }, cut, LOOK)).toThrow('does not add up')
})

test('every comparison is a delta, and growth from nothing is no percentage', () => {
  expect(numberOf({ kind: 'number' }, HEADLINE).deltas).toEqual([
    { text: '+5.5%', tone: 'good', direction: 'up', against: 'Previous month' },
    { text: 'new', tone: 'neutral', direction: 'up', against: 'Previous year' },
  ])
})

test('fewer errors are good', () => {
  expect(numberOf({ kind: 'number' }, ONE_FIGURE).deltas).toMatchObject([
    { text: '-25%', tone: 'good', direction: 'down' },
  ])
})

test('the sparkline is the days, of which the last one still grows', () => {
  const { sparkline } = numberOf({ kind: 'number' }, HEADLINE)
  expect(sparkline?.values).toHaveLength(14)
  expect(sparkline?.openIndex).toBe(13)
  expect(sparkline?.ghost?.[0]).toBe(700)
  expect(numberOf({ kind: 'number', sparkline: false }, HEADLINE).sparkline).toBeUndefined()
  expect(numberOf({ kind: 'number' }, ONE_FIGURE).sparkline).toBeUndefined()
})

test.each([
  { target: 6000, tone: 'good' },
  { target: 6120, tone: 'good' },
  { target: 8000, tone: 'warning' },
  { target: 9000, tone: 'bad' },
])('6,120 of $target is $tone', ({ target, tone }) => {
  expect(numberOf({ kind: 'number', target: { value: target } }, HEADLINE).target?.tone).toBe(tone)
})

test('where lower is better, the target is not to be passed', () => {
  const toneFor = (value: number) => numberOf({ kind: 'number', target: { value } }, ONE_FIGURE).target?.tone
  expect([0.02, 0.0123, 0.011, 0.005].map(toneFor)).toEqual(['good', 'good', 'warning', 'bad'])
})

test('bands give the figure a tone', () => {
  const bands = [
    { to: 0.01, tone: 'good' as const },
    { from: 0.01, to: 0.02, tone: 'warning' as const },
    { from: 0.02, tone: 'bad' as const },
  ]
  expect(numberOf({ kind: 'number', bands }, ONE_FIGURE).tone).toBe('warning')
})

test('the summary says the figure, the changes and the target', () => {
  expect(numberOf({ kind: 'number', target: { value: 12_240, label: 'Plan' } }, HEADLINE).summary).toBe(
    'Visitors: 6,120, +5.5% against previous month, new against previous year, 50.0% of plan 12,240.',
  )
})

test('a figure that is not known is empty', () => {
  const one = { ...ONLY_NULLS, rows: ONLY_NULLS.rows.slice(0, 1) }
  expect(drawNumber({ kind: 'number' }, one, LOOK)).toMatchObject({ as: 'empty', reason: 'only_nulls' })
})
