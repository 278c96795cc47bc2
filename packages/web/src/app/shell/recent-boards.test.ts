import { beforeEach, expect, test, vi } from 'vitest'
import { recentBoards, rememberBoard, withBoard } from './recent-boards.ts'

/** What a browser keeps for us. */
beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
  return () => vi.unstubAllGlobals()
})

test('the board that was seen last is first, and each is there once', () => {
  expect(withBoard(['web', 'sales', 'mobile'], 'sales')).toEqual(['sales', 'web', 'mobile'])
})

test('the list does not grow for ever', () => {
  const many = Array.from({ length: 40 }, (_, i) => `board-${i}`)
  expect(withBoard(many, 'new')).toHaveLength(20)
})

test('two people at one browser have a list each', () => {
  rememberBoard('ada', 'sales')
  rememberBoard('ben', 'web')
  expect(recentBoards('ada')).toEqual(['sales'])
  expect(recentBoards('ben')).toEqual(['web'])
})

test.each(['{', '[]', 'null', '{"ada":7}', '{"ada":[1,null]}'])('%s in the browser’s storage is no list', (text) => {
  localStorage.setItem('almanac.recent-boards', text)
  expect(recentBoards('ada')).toEqual([])
})
