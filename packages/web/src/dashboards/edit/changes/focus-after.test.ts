import type { Board } from '@almanac/core/boards/board.ts'
import { expect, test } from 'vitest'
import { emptyBoard } from '../start/empty-board.ts'
import { focusAfter } from './focus-after.ts'

/** One below the other, whatever their order in the file. */
function boardOf(...ids: string[]): Board {
  const board = emptyBoard()
  const [tab] = board.tabs
  const [section] = tab?.sections ?? []
  if (!tab || !section) throw new Error('expected a tab with a section')
  const widgets = ids.map((id) => ({
    id,
    title: id,
    place: { x: 0, y: id.charCodeAt(0), w: 12, h: 2 },
    chart: { kind: 'text' as const, text: id },
    data: [],
  }))
  return { ...board, tabs: [{ ...tab, sections: [{ ...section, widgets: widgets as typeof section.widgets }] }] }
}

const all = boardOf('c', 'a', 'b')

test.each([
  { what: 'the next one', after: boardOf('c', 'b'), focus: { widgetId: 'b' } },
  { what: 'the one before, after the last', after: boardOf('b', 'a'), focus: { widgetId: 'b' } },
  { what: 'the button that adds one, when none is left', after: boardOf(), focus: 'add' },
])('after a widget is deleted, the focus is on $what', ({ after, focus }) => {
  expect(focusAfter(all, after, false)).toEqual(focus)
})

test('a widget that is back after undo has the focus, one that was added has its panel', () => {
  expect(focusAfter(boardOf('a', 'c'), all, true)).toEqual({ widgetId: 'b' })
  expect(focusAfter(boardOf('a', 'c'), all, false)).toBeUndefined()
})

test('moving and renaming leave the focus alone', () => {
  expect(focusAfter(all, { ...all, title: 'Other' }, true)).toBeUndefined()
})
