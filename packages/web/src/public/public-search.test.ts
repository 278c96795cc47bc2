import { Board } from '@almanac/core/boards/board.ts'
import { describe, expect, test } from 'vitest'
import { allowedSearch } from './allowed-search.ts'
import { lookOf, parsePublicSearch } from './public-search.ts'

const BOARD = Board.parse({
  title: 'Shop',
  variables: [{ name: 'plan', label: 'Plan', cube: '', dimension: '' }],
  tabs: [{ id: 'main', title: '', sections: [{ id: 's' }] }],
})
const ASKED = parsePublicSearch({
  range: '7d',
  tz: 'Asia/Tokyo',
  week: '7',
  grain: 'hour',
  compare: 'previous_year',
  filters: '[["country","in","DE"]]',
  'var-plan': 'pro',
  'var-secret': 'x',
  tab: 'other',
  edit: 'true',
})

describe('of what the address of a shared board says', () => {
  test.each<{ allow: string[]; kept: string[] }>([
    { allow: [], kept: [] },
    { allow: ['range'], kept: ['range', 'tz', 'week'] },
    { allow: ['grain'], kept: ['grain'] },
    { allow: ['compare'], kept: ['compare'] },
    { allow: ['plan'], kept: ['var-plan'] },
    { allow: ['secret'], kept: [] },
  ])('$kept counts where $allow may be chosen', ({ allow, kept }) => {
    expect(Object.keys(allowedSearch(ASKED, BOARD, allow)).toSorted()).toEqual([...kept, 'tab'].toSorted())
  })
})

test('the zone of a board stays, as the server keeps it', () => {
  expect(allowedSearch(ASKED, { ...BOARD, timezone: 'Europe/Berlin' }, ['range']).tz).toBeUndefined()
})

test('all time is a long time where nobody may look where data is', () => {
  const allTime = { ...BOARD, range: 'all' }
  expect(allowedSearch({}, allTime, ['range']).range).toBe('now-10y to now')
  expect(allowedSearch({ range: 'all' }, BOARD, ['range']).range).toBe('now-10y to now')
  expect(allowedSearch({ range: '7d' }, allTime, ['range']).range).toBe('7d')
})

test('what is understood of the look is kept, and nothing else', () => {
  expect(lookOf(parsePublicSearch({ theme: 'dark', background: 'transparent', range: '7d' }))).toEqual({
    theme: 'dark',
    background: 'transparent',
  })
  expect(lookOf({ theme: 'pink', background: '#fff' })).toEqual({})
})
