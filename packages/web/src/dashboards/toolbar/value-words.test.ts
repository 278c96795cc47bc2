import type { QueryFilter } from '@almanac/core/query/filter.ts'
import { expect, test } from 'vitest'
import { filterWords, valueWords } from './value-words.ts'

test.each([
  { dimension: 'country', value: 'DE', words: 'Germany' },
  { dimension: 'billing_country', value: 'JP', words: 'Japan' },
  { dimension: 'country', value: 'not a code', words: 'not a code' },
  { dimension: 'path', value: '', words: '(empty)' },
  { dimension: 'is_bot', value: false, words: 'No' },
  { dimension: 'status', value: 404, words: '404' },
])('$value of $dimension is $words', ({ dimension, value, words }) => {
  expect(valueWords(dimension, value, 'en')).toBe(words)
})

test.each<{ filter: QueryFilter; words: string }>([
  { filter: { dimension: 'path', op: 'in', values: ['/a', '/b'] }, words: 'Page|is|/a, /b' },
  { filter: { dimension: 'path', op: 'not_contains', values: ['<b>'] }, words: 'Page|does not contain|<b>' },
  { filter: { dimension: 'age', op: 'range', from: 18, to: 30 }, words: 'age|is between|18 and 30' },
  { filter: { dimension: 'age', op: 'range', from: 18 }, words: 'age|is between|18 or more' },
  { filter: { dimension: 'path', op: 'empty' }, words: 'Page|is empty|' },
  {
    filter: {
      not: {
        or: [
          { dimension: 'path', op: 'in', values: ['/a'] },
          { dimension: 'age', op: 'not_empty' },
        ],
      },
    },
    words: 'Not||Page is /a or age is not empty',
  },
])('$words says the condition', ({ filter, words }) => {
  const said = filterWords(filter, (dimension) => (dimension === 'path' ? 'Page' : dimension))
  expect([said.name, said.operator, said.values].join('|')).toBe(words)
})
