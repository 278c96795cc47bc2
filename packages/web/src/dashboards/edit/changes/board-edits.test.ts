import { Board, type BoardInput, widgetsOf } from '@almanac/core/boards/board.ts'
import { describe, expect, test } from 'vitest'
import {
  addSection,
  addTab,
  moveSection,
  moveTab,
  removeSection,
  removeTab,
  renameSection,
  renameTab,
  sectionsOf,
  setCollapsed,
} from './board-edits.ts'
import {
  addWidget,
  changeWidget,
  duplicateWidget,
  moveWidget,
  type NewWidget,
  placeWidgets,
  removeWidget,
  widgetOf,
} from './widget-edits.ts'

const widget = (id: string, x: number, y: number) => ({
  id,
  title: id.toUpperCase(),
  place: { x, y, w: 12, h: 4 },
  chart: { kind: 'text' as const, text: id },
})
const input: BoardInput = {
  title: 'Shop',
  tabs: [
    {
      id: 'main',
      title: 'Main',
      sections: [
        { id: 'top', widgets: [widget('a', 0, 0), widget('b', 12, 0)] },
        { id: 'more', title: 'More', widgets: [widget('c', 0, 0)] },
      ],
    },
    { id: 'other', title: 'Other', sections: [{ id: 'rest', widgets: [] }] },
  ],
}
const board = Board.parse(input)
const ids = (edited: Board) => sectionsOf(edited).map(({ id, widgets }) => `${id}:${widgets.map((one) => one.id)}`)
const fresh: NewWidget = { title: 'Hits', place: { w: 12, h: 4 }, chart: { kind: 'text', text: '' }, data: [] }

describe('tabs', () => {
  test('a new tab has an empty section and ids of its own', () => {
    const made = addTab(addTab(board, 'Märkte').board, 'Märkte')
    expect(made.id).toBe('markte-2')
    expect(made.board.tabs.map(({ id }) => id)).toEqual(['main', 'other', 'markte', 'markte-2'])
    expect(Board.safeParse(made.board).success).toBe(true)
  })

  test('a tab is renamed, moved and removed', () => {
    expect(renameTab(board, 'other', 'Rest').tabs[1]?.title).toBe('Rest')
    expect(moveTab(board, 'other', -1).tabs.map(({ id }) => id)).toEqual(['other', 'main'])
    expect(removeTab(board, 'main').tabs.map(({ id }) => id)).toEqual(['other'])
  })

  test('the last tab stays', () => {
    const one = removeTab(board, 'main')
    expect(removeTab(one, 'other')).toBe(one)
  })

  test('the first does not move before itself', () => {
    expect(moveTab(board, 'main', -1)).toBe(board)
  })
})

describe('sections', () => {
  test('a new section comes last in its tab', () => {
    const made = addSection(board, 'main', 'More')
    expect(made.id).toBe('more-2')
    expect(ids(made.board)).toEqual(['top:a,b', 'more:c', 'more-2:', 'rest:'])
  })

  test('a section is renamed, collapsed and moved', () => {
    expect(sectionsOf(renameSection(board, 'top', 'Top'))[0]?.title).toBe('Top')
    expect(sectionsOf(setCollapsed(board, 'more', true))[1]?.isCollapsed).toBe(true)
    expect(ids(moveSection(board, 'more', -1))).toEqual(['more:c', 'top:a,b', 'rest:'])
  })

  test('without a title a section is open', () => {
    const [, more] = sectionsOf(renameSection(setCollapsed(board, 'more', true), 'more', undefined))
    expect(more).toEqual({ ...sectionsOf(board)[1], title: undefined, isCollapsed: false })
    expect(more && 'title' in more).toBe(false)
  })

  test('a section goes with its widgets, and the last one of a tab is emptied', () => {
    expect(ids(removeSection(board, 'more'))).toEqual(['top:a,b', 'rest:'])
    expect(ids(removeSection(removeSection(board, 'more'), 'top'))).toEqual(['top:', 'rest:'])
  })
})

describe('widgets', () => {
  test('a new widget has a fresh id and the first free spot', () => {
    const first = addWidget(board, 'top', fresh)
    expect(widgetOf(first.board, first.id)).toEqual({ ...fresh, id: 'hits', place: { x: 0, y: 4, w: 12, h: 4 } })
    const second = addWidget(first.board, 'rest', { ...fresh, place: { w: 6, h: 3 } })
    expect(widgetOf(second.board, 'hits-2')?.place).toEqual({ x: 0, y: 0, w: 6, h: 3 })
  })

  test('a widget without a title is named after its kind', () => {
    expect(addWidget(board, 'top', { ...fresh, title: '' }).id).toBe('text')
    expect(addWidget(board, 'top', { ...fresh, title: '広告' }).id).toBe('widget')
  })

  test('a copy lies in the same section and says that it is one', () => {
    const made = duplicateWidget(board, 'a')
    expect(widgetOf(made.board, made.id)).toMatchObject({ id: 'a-copy', title: 'A (copy)', place: { x: 0, y: 4 } })
    expect(widgetOf(duplicateWidget(made.board, made.id).board, 'a-copy-2')?.title).toBe('A (copy)')
  })

  test('a widget moves to another section', () => {
    expect(ids(moveWidget(board, 'b', 'rest'))).toEqual(['top:a', 'more:c', 'rest:b'])
    expect(widgetOf(moveWidget(board, 'b', 'rest'), 'b')?.place).toMatchObject({ x: 0, y: 0 })
  })

  test('a widget that is moved where it is, or to nowhere, stays', () => {
    expect(moveWidget(board, 'b', 'top')).toBe(board)
    expect(moveWidget(board, 'b', 'nowhere')).toBe(board)
  })

  test('a widget is removed', () => {
    expect(widgetsOf(removeWidget(board, 'a')).map(({ id }) => id)).toEqual(['b', 'c'])
  })

  test('places change only what moved', () => {
    const placed = placeWidgets(
      board,
      'top',
      new Map([
        ['a', { x: 0, y: 0, w: 12, h: 4 }],
        ['b', { x: 12, y: 0, w: 12, h: 6 }],
      ]),
    )
    expect(widgetOf(placed, 'b')?.place.h).toBe(6)
    expect(widgetOf(placed, 'a')).toBe(widgetOf(board, 'a'))
  })
})

test('what is not there changes nothing, and what does not change stays the same object', () => {
  expect(removeWidget(board, 'z')).toBe(board)
  expect(changeWidget(board, 'z', (one) => ({ ...one, title: '' }))).toBe(board)
  expect(renameTab(board, 'z', '')).toBe(board)
  expect(setCollapsed(board, 'z', true)).toBe(board)
  expect(placeWidgets(board, 'top', new Map())).toBe(board)
  const edited = removeWidget(board, 'c')
  expect(edited.tabs[0]?.sections[0]).toBe(board.tabs[0]?.sections[0])
  expect(edited.tabs[1]).toBe(board.tabs[1])
})
