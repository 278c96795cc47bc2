import { expect, test } from 'vitest'
import { parseSourceSearch } from './source-search.ts'

test.each([
  [{}, {}],
  [
    { tab: 'live', environment: 'sandbox', client: 'matomo' },
    { tab: 'live', environment: 'sandbox', client: 'matomo' },
  ],
  [{ tab: 'setup', environment: 'production' }, {}],
  [{ tab: 'nonsense', environment: ['sandbox'], client: 7, other: 'x' }, {}],
])('%j is read as %j', (raw, search) => {
  expect(parseSourceSearch(raw)).toEqual(search)
})
