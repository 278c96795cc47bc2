import type { FilterLeaf } from '@almanac/core/query/filter.ts'
import { expect, test } from 'vitest'
import { draftOf, filterOfDraft, operatorsFor } from './filter-draft.ts'

const path = { name: 'path', type: 'string' as const }
const age = { name: 'age', type: 'number' as const }

test.each<{ dimension: typeof path | typeof age; filter: FilterLeaf }>([
  { dimension: path, filter: { dimension: 'path', op: 'in', values: ['/a', ''] } },
  { dimension: path, filter: { dimension: 'path', op: 'not_contains', values: ['/a'] } },
  { dimension: path, filter: { dimension: 'path', op: 'not_empty' } },
  { dimension: age, filter: { dimension: 'age', op: 'range', from: 18, to: 30 } },
  { dimension: age, filter: { dimension: 'age', op: 'range', to: 0.5 } },
])('$filter can be edited and is the same when nothing was changed', ({ dimension, filter }) => {
  expect(filterOfDraft(dimension, draftOf(filter))).toEqual(filter)
})

test('what says nothing yet is no condition', () => {
  const draft = draftOf(undefined)
  expect(filterOfDraft(path, draft)).toBeUndefined()
  expect(filterOfDraft(path, { ...draft, op: 'contains' })).toBeUndefined()
  expect(filterOfDraft(age, { ...draft, op: 'range', from: 'old' })).toBeUndefined()
})

test('yes and no have no order and no parts', () => {
  expect(operatorsFor('boolean')).toEqual(['in', 'not_in'])
})
