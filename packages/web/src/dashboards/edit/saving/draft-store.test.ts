import { Board } from '@almanac/core/boards/board.ts'
import { expect, test } from 'vitest'
import { type Draft, dropDraft, readDraft, writeDraft } from './draft-store.ts'

const board = Board.parse({ title: 'Shop', tabs: [{ id: 'a', title: '', sections: [{ id: 'b' }] }] })
const draft: Draft = { board, version: 3, changedAt: '2026-01-01T00:00:00Z' }

function memory(entries: Record<string, string> = {}) {
  const items = new Map(Object.entries(entries))
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  }
}
const full = {
  ...memory(),
  getItem: () => {
    throw new Error('forbidden')
  },
  setItem: () => {
    throw new Error('full')
  },
  removeItem: () => {
    throw new Error('forbidden')
  },
}

test('a draft comes back as it was, each board its own', () => {
  const store = memory()
  writeDraft(store, 'shop', draft)
  expect(readDraft(store, 'shop')).toEqual(draft)
  expect(readDraft(store, undefined)).toBeUndefined()
  writeDraft(store, undefined, { ...draft, version: 0 })
  expect(readDraft(store, undefined)?.version).toBe(0)
})

test('a draft that was dropped is gone', () => {
  const store = memory()
  writeDraft(store, 'shop', draft)
  dropDraft(store, 'shop')
  expect(readDraft(store, 'shop')).toBeUndefined()
})

test.each(['', '{', '[]', '7', '{"board":{}}', JSON.stringify({ ...draft, version: 'x' })])(
  '%s is no draft',
  (text) => {
    const store = memory({ 'almanac.board-draft.shop': text })
    expect(readDraft(store, 'shop')).toBeUndefined()
  },
)

test('a store that keeps nothing stops nobody', () => {
  writeDraft(full, 'shop', draft)
  dropDraft(full, 'shop')
  expect(readDraft(full, 'shop')).toBeUndefined()
})
