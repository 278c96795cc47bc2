import { Board, type BoardInput } from '@almanac/core/boards/board.ts'
import { expect, test } from 'vitest'
import { addSection, addTab, moveTab, renameSection, renameTab } from '../edit/changes/board-edits.ts'
import { changeWidget, placeWidgets, removeWidget } from '../edit/changes/widget-edits.ts'
import { boardChanges } from './board-changes.ts'

const input: BoardInput = {
  title: 'Shop',
  tabs: [
    {
      id: 'main',
      title: 'Main',
      sections: [
        {
          id: 'top',
          title: 'Top',
          widgets: [
            {
              id: 'hits',
              title: 'Hits',
              place: { x: 0, y: 0, w: 6, h: 4 },
              chart: { kind: 'line' },
              data: [{ from: 'cube', cube: 'web', measures: ['hits'] }],
            },
          ],
        },
      ],
    },
    { id: 'other', title: 'Other', sections: [{ id: 'rest' }] },
  ],
}
const board = Board.parse(input)

test('boards that are alike have no changes, however their keys are ordered', () => {
  expect(boardChanges(board, Board.parse(input))).toEqual([])
  const turned = Object.fromEntries(Object.entries(board).toReversed()) as Board
  expect(boardChanges(board, turned)).toEqual([])
})

test.each([
  { after: { ...board, title: 'Store' }, words: ['Title: “Shop” became “Store”'] },
  { after: { ...board, description: 'All of it' }, words: ['Description changed'] },
  { after: { ...board, range: '7d' }, words: ['Range: Last 28 days became Last 7 days'] },
  { after: { ...board, grain: 'week' as const }, words: ['Grain: auto became week'] },
  { after: { ...board, timezone: 'Asia/Tokyo' }, words: ['Time zone: the reader’s became Asia/Tokyo'] },
  { after: { ...board, filters: [{ dimension: 'a', op: 'empty' as const }] }, words: ['Filters changed'] },
  { after: renameTab(board, 'main', 'First'), words: ['Tab renamed: “Main” became “First”'] },
  { after: addTab(board, 'New').board, words: ['Tab added: “New”'] },
  { after: moveTab(board, 'other', -1), words: ['Tabs in another order'] },
  { after: addSection(board, 'main', 'More').board, words: ['Section added: “More”'] },
  { after: renameSection(board, 'top', 'Best'), words: ['Section renamed: “Top” became “Best”'] },
  { after: removeWidget(board, 'hits'), words: ['Removed: “Hits”'] },
  {
    after: changeWidget(board, 'hits', (widget) => ({ ...widget, chart: { kind: 'bar' } })),
    words: ['“Hits”: line became bars'],
  },
  {
    after: changeWidget(board, 'hits', (widget) => ({ ...widget, title: 'Views', data: [] })),
    words: ['“Views”: was called “Hits”, other data'],
  },
  {
    after: changeWidget(board, 'hits', (widget) => ({ ...widget, chart: { kind: 'line', curve: 'step' } })),
    words: ['“Hits”: drawn otherwise'],
  },
  {
    after: placeWidgets(board, 'top', new Map([['hits', { x: 1, y: 0, w: 6, h: 4 }]])),
    words: ['Moved or resized: “Hits”'],
  },
])('$words', ({ after, words }) => {
  expect(boardChanges(board, after)).toEqual(words)
})

test('what was added in the one direction was removed in the other', () => {
  expect(boardChanges(removeWidget(board, 'hits'), board)).toEqual(['Added: “Hits”'])
})
