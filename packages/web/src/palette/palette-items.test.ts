import { expect, test } from 'vitest'
import { foundGroups, type PaletteItem } from './palette-items.ts'

const item = (id: string, label: string, words = ''): PaletteItem => ({ id, label, words, icon: null, run: () => {} })
const GROUPS = [
  { label: 'Seen lately', items: [item('recent:web', 'Web')] },
  { label: 'Dashboards', isHidden: true, items: [item('board:revenue', 'Revenue'), item('board:web', 'Web')] },
  { label: 'Go to', items: [item('page:/sources', 'Sources', 'websites apps')] },
  { label: 'This page', items: [] },
]
const shown = (typed: string) =>
  foundGroups(GROUPS, typed).map(({ label, items }) => [label, items.map(({ id }) => id)])

test('at first there is what is often meant, and no empty group', () => {
  expect(shown(' ')).toEqual([
    ['Seen lately', ['recent:web']],
    ['Go to', ['page:/sources']],
  ])
})

test('what was typed finds everything that fits, each once, the best group first', () => {
  expect(shown('web')).toEqual([
    ['Seen lately', ['recent:web']],
    ['Go to', ['page:/sources']],
  ])
  expect(shown('sour')[0]).toEqual(['Go to', ['page:/sources']])
  expect(shown('rvn')).toEqual([['Dashboards', ['board:revenue']]])
})

test('nothing fits is an empty list', () => {
  expect(shown('qqq')).toEqual([])
})

test('where something has the words, nothing stands below it that has only their letters', () => {
  const streaming = { ...item('board:streaming', 'Streaming'), note: 'How many watch, and for how long' }
  const groups = [{ label: 'Dashboards', items: [item('board:my-shop', 'My shop'), streaming] }]
  const found = (typed: string) => foundGroups(groups, typed).flatMap(({ items }) => items.map(({ id }) => id))
  expect(found('my sh')).toEqual(['board:my-shop'])
  expect(found('my shx')).toEqual([])
  expect(found('mws')).toEqual([])
  expect(found('mwfh')).toEqual(['board:streaming'])
})
