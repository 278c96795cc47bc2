import { expect, test } from 'vitest'
import { refreshQueue } from './refresh-queue.ts'

const query = (queryHash: string, fetchStatus: string) => ({ queryHash, state: { fetchStatus } })

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
