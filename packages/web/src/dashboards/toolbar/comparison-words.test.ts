import type { Comparison } from '@almanac/core/query/query.ts'
import { expect, test } from 'vitest'
import { COMPARED, comparedWords, mannerOf, toggled } from './comparison-words.ts'

const plain = { align: 'date', toDate: false } as const
const year: Comparison = { with: 'previous_year', ...plain }

test('several at once keep the order in which they are offered', () => {
  const both = toggled([year], 'previous_week', plain)
  expect(both.map((one) => one.with)).toEqual(['previous_week', 'previous_year'])
  expect(toggled(both, 'previous_week', plain)).toEqual([year])
})

test('a fifth is not taken: one query compares with four', () => {
  const four = COMPARED.slice(0, 4).reduce<Comparison[]>((all, base) => toggled(all, base, plain), [])
  expect(toggled(four, 'previous_year', plain)).toEqual(four)
})

test('a new one is meant as the others are', () => {
  const manner = mannerOf([{ ...year, align: 'weekday', toDate: true }])
  expect(toggled([], 'previous_month', manner)).toEqual([{ with: 'previous_month', align: 'weekday', toDate: true }])
})

test('the first one is to date: a running day is not compared with a whole one', () => {
  expect(toggled([], 'previous_week', mannerOf([]))).toEqual([{ with: 'previous_week', align: 'date', toDate: true }])
})

test('where somebody compares whole ranges, a further one is whole, too', () => {
  expect(toggled([year], 'previous_week', mannerOf([year]))).toMatchObject([{ toDate: false }, { toDate: false }])
})

test.each([
  { comparisons: [], words: 'Compare' },
  { comparisons: [year], words: 'vs previous year' },
  { comparisons: [year, { ...year, with: 'previous_week' as const }], words: 'vs 2 others' },
])('the button says "$words"', ({ comparisons, words }) => {
  expect(comparedWords(comparisons)).toBe(words)
})
