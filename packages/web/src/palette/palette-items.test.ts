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
