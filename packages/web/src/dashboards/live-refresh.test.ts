import { expect, test } from 'vitest'
import { isTouched, refreshQueue } from './live-refresh.ts'

const change = { cubes: ['web'], from: '2026-11-18T10:00:00Z', to: '2026-11-18T10:00:01Z' }
const key = (query: unknown) => ['cube', query]

test.each([
  { query: { cube: 'web', from: '2026-11-18T00:00:00Z', to: '2026-11-19T00:00:00Z' }, touched: true },
  { query: { cube: 'web', from: '1970-01-01', to: '2200-01-01' }, touched: true },
  { query: { cube: 'web', from: '2026-11-17T00:00:00Z', to: '2026-11-18T10:00:00Z' }, touched: false },
  { query: { cube: 'web', from: '2026-11-18T11:00:00Z', to: '2026-11-19T00:00:00Z' }, touched: false },
  { query: { cube: 'mobile', from: '2026-11-18T00:00:00Z', to: '2026-11-19T00:00:00Z' }, touched: false },
  {
    query: {
      cube: 'web',
      from: '2026-11-19T00:00:00Z',
      to: '2026-11-20T00:00:00Z',
      compare: [{ with: 'previous_week' }],
    },
    touched: true,
  },
  {
    query: {
      cube: 'web',
      from: '2026-11-17T00:00:00Z',
      to: '2026-11-18T00:00:00Z',
      compare: [{ with: 'previous_week' }],
    },
    touched: false,
  },
  { query: undefined, touched: false },
])('$query is touched: $touched', ({ query, touched }) => {
  expect(isTouched(key(query), change)).toBe(touched)
})

const query = (queryHash: string, fetchStatus: string) => ({ queryHash, queryKey: [queryHash], state: { fetchStatus } })

test('only marked queries are refreshed, and once', () => {
  const refreshed: string[] = []
  const queue = refreshQueue((queries) => refreshed.push(...queries.map(({ queryHash }) => queryHash)))
  const all = [query('a', 'idle'), query('b', 'idle')]
  queue.mark([query('a', 'idle')])
  expect(queue.flush(all)).toBe(false)
  expect(queue.flush(all)).toBe(false)
  expect(refreshed).toEqual(['a'])
})

test('a query that is being asked waits for its answer and is asked again', () => {
  const refreshed: string[] = []
  const queue = refreshQueue((queries) => refreshed.push(...queries.map(({ queryHash }) => queryHash)))
  queue.mark([query('a', 'fetching')])
  expect(queue.flush([query('a', 'fetching')])).toBe(true)
  expect(refreshed).toEqual([])
  expect(queue.flush([query('a', 'idle')])).toBe(false)
  expect(refreshed).toEqual(['a'])
})

test('a query that has left the page is forgotten', () => {
  const queue = refreshQueue(() => expect.unreachable())
  queue.mark([query('a', 'fetching')])
  expect(queue.flush([])).toBe(false)
})
