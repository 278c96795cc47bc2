import { Board } from '@almanac/core/boards/board.ts'
import { isStatic } from '@almanac/core/charts/static-kinds.ts'
import { expect, test } from 'vitest'
import { addWidget } from '../changes/widget-edits.ts'
import { shapeOf } from '../kinds/data-shape.ts'
import { KIND_NAMES } from '../kinds/kind-catalogue.ts'
import { misfit } from '../kinds/kind-needs.ts'
import { KNOWN_CUBES, knownCube } from '../testing/known-cubes.ts'
import { emptyBoard } from './empty-board.ts'
import { newWidget, starterWidgets } from './starter.ts'

test.each(KNOWN_CUBES)('the first draft about $label is a valid board whose charts fit their data', (cube) => {
  const widgets = starterWidgets(cube)
  expect(widgets.length).toBeGreaterThanOrEqual(3)
  for (const { chart, data } of widgets) expect(misfit(chart.kind, shapeOf(data))).toBeUndefined()
  const section = emptyBoard().tabs[0]?.sections[0]?.id ?? ''
  const board = widgets.reduce((made, widget) => addWidget(made, section, widget).board, emptyBoard())
  expect(Board.parse(board)).toEqual(board)
})

test('the first draft about the web has figures, their course, where they come from and when', () => {
  const kinds = starterWidgets(knownCube('web')).map(({ chart }) => chart.kind)
  expect(kinds).toEqual([
    'number',
    'number',
    'number',
    'number',
    'line',
    'stacked_area',
    'ranked_list',
    'world_map',
    'hour_weekday',
  ])
})

test.each(KIND_NAMES)('a new %s is complete', (kind) => {
  const wish = { measures: ['hits'], dimensions: [], isOverTime: false }
  const widget = newWidget(kind, isStatic(kind) ? undefined : knownCube('web'), wish, KNOWN_CUBES)
  expect(widget?.chart.kind).toBe(kind)
  expect(widget?.data.length).toBe(isStatic(kind) ? 0 : 1)
})
