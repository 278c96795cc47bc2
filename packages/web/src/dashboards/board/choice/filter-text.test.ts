import { MAX_FILTER_DEPTH, type QueryFilter } from '@almanac/core/query/filter.ts'
import { expect, test } from 'vitest'
import { filtersText, parseFilters } from './filter-text.ts'

test.each<{ filters: QueryFilter[]; text: string }>([
  { filters: [], text: '[]' },
  {
    filters: [{ dimension: 'country', op: 'in', values: ['DE', 'FR'] }],
    text: '[["country","in","DE","FR"]]',
  },
  { filters: [{ dimension: 'status', op: 'not_in', values: [404] }], text: '[["status","not_in",404]]' },
  { filters: [{ dimension: 'path', op: 'empty' }], text: '[{"dimension":"path","op":"empty"}]' },
  {
    filters: [{ dimension: 'age', op: 'range', from: 18 }],
    text: '[{"dimension":"age","op":"range","from":18}]',
  },
  {
    filters: [
      { or: [{ dimension: 'a', op: 'in', values: ['<b>', '🎬', ''] }, { not: { dimension: 'b', op: 'empty' } }] },
    ],
    text: '[{"or":[{"dimension":"a","op":"in","values":["<b>","🎬",""]},{"not":{"dimension":"b","op":"empty"}}]}]',
  },
])('$text comes back as it was', ({ filters, text }) => {
  expect(filtersText(filters)).toBe(text)
  expect(parseFilters(text)).toEqual(filters)
})

test.each([
  { text: 'no JSON', filters: undefined },
  { text: '{"and":[]}', filters: undefined },
  { text: '[["country","in"],["country","like","x"],[1,"in","x"],null,7]', filters: [] },
  { text: '[{"dimension":"age","op":"range"}]', filters: [] },
  { text: '[["a","in","x",null,["y"]]]', filters: [{ dimension: 'a', op: 'in', values: ['x'] }] },
])('of $text the rest is left out', ({ text, filters }) => {
  expect(parseFilters(text)).toEqual(filters)
})

test('a list with a part that is not understood is left out as a whole: less of it would be another condition', () => {
  expect(parseFilters('[{"or":[["a","in","x"],["b","like","y"]]}]')).toEqual([])
})

test('conditions are read as deep as the server takes them', () => {
  const nested = (depth: number) => `[${'{"not":'.repeat(depth - 1)}["a","in","x"]${'}'.repeat(depth - 1)}]`
  expect(parseFilters(nested(MAX_FILTER_DEPTH))).toHaveLength(1)
  expect(parseFilters(nested(MAX_FILTER_DEPTH + 1))).toEqual([])
})
