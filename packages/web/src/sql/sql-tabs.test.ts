import { expect, test } from 'vitest'
import { searchHistory, withStatement } from './sql-history.ts'
import { addSource, addTab, changeTab, closeTab, openTab, readTabs, tabName, writeTabs } from './sql-tabs.ts'

const storage = () => {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
}

test('what was written is there again', () => {
  const place = storage()
  const tabs = changeTab(addTab(readTabs(place, 'SELECT 1'), 'SELECT 2'), { values: { a: '1' } })
  writeTabs(place, tabs)
  expect(readTabs(place, '')).toEqual(tabs)
})

test.each(['', 'null', '[]', '{"tabs":[{"id":1}]}', '{"tabs":"x"}'])('a store with %s in it is a fresh one', (text) => {
  const place = { getItem: () => text }
  expect(readTabs(place, 'SELECT 1')).toEqual({ tabs: [{ id: '1', sql: 'SELECT 1', values: {} }], open: '1' })
})

test('a store that is full is no reason to fail', () => {
  const full = () => {
    throw new Error('quota')
  }
  expect(() => writeTabs({ setItem: full }, { tabs: [], open: '' })).not.toThrow()
})

test('a saved statement has a tab of its own, and one alone as long as it is as it was saved', () => {
  const saved = { source: 'by-country', name: 'By country', sql: 'SELECT 2', values: { in: 'DE' } }
  const opened = addSource(readTabs(storage(), 'SELECT 1'), saved)
  expect(opened).toMatchObject({ tabs: [{ id: '1' }, { id: '2', ...saved }], open: '2' })
  expect(addSource({ ...opened, open: '1' }, saved)).toEqual(opened)
  const changed = changeTab(opened, { sql: 'SELECT 3' })
  expect(addSource(changed, saved)).toMatchObject({ tabs: [{ id: '1' }, { sql: 'SELECT 3' }, saved], open: '3' })
})

test('closing a tab opens the one before it, and there is always one', () => {
  const three = addTab(addTab(readTabs(storage(), 'a'), 'b'), 'c')
  const two = closeTab(three, '3')
  expect(openTab(two).sql).toBe('b')
  const none = closeTab(closeTab(two, '2'), '1')
  expect(none.tabs).toMatchObject([{ sql: '' }])
})

test.each([
  { sql: 'SELECT * FROM events', name: 'events' },
  { sql: 'select 1 from `bi`.web_day', name: 'bi.web_day' },
  { sql: 'SELECT 1 -- from nowhere', name: 'Query 7' },
])('a tab is called after what it reads: $name', ({ sql, name }) => {
  expect(tabName({ id: '7', sql, values: {} })).toBe(name)
})

test('what is run again and again is in the history once', () => {
  const once = withStatement([], { sql: 'SELECT 1', values: {}, atMs: 1 })
  const twice = withStatement(once, { sql: 'SELECT 1', values: {}, atMs: 2, rows: 1 })
  expect(twice).toEqual([{ sql: 'SELECT 1', values: {}, atMs: 2, rows: 1 }])
  expect(withStatement(twice, { sql: 'SELECT 2', values: {}, atMs: 3 })).toHaveLength(2)
})

test('the history is searched by words in any order', () => {
  const history = ['SELECT a FROM events', 'SELECT b FROM visits'].map((sql, atMs) => ({ sql, values: {}, atMs }))
  expect(searchHistory(history, 'events select').map(({ sql }) => sql)).toEqual(['SELECT a FROM events'])
})
