import { expect, test } from 'vitest'
import { AppError } from '../errors.ts'
import type { BoardInput } from './board.ts'
import { defineBoard } from './define-board.ts'

test('what is left out is filled in', () => {
  const tabs = [{ id: 'main', title: 'Main', sections: [{ id: 'all' }] }]
  expect(defineBoard({ title: ' Sales ', tabs })).toEqual({
    title: 'Sales',
    range: '28d',
    grain: 'auto',
    compare: [],
    refresh: 'live',
    filters: [],
    variables: [],
    annotations: { isShown: true, tags: [], queries: [] },
    tabs: [{ id: 'main', title: 'Main', sections: [{ id: 'all', isCollapsed: false, widgets: [] }] }],
  })
})

test('all mistakes are told at once, each with its path', () => {
  const widget = { id: 'w', place: { x: 30, y: 0, w: 1, h: 6 }, chart: { kind: 'lime' } }
  const wrong = { title: '', tabs: [{ id: 'a', title: 'A', sections: [{ id: 's', widgets: [widget] }] }] }
  const error = failure(() => defineBoard(wrong as unknown as BoardInput))

  expect(error.code).toBe('invalid_config')
  expect(error.issues.map(({ path }) => path.join('.'))).toEqual([
    'title',
    'tabs.0.sections.0.widgets.0.place.x',
    'tabs.0.sections.0.widgets.0.place.w',
    'tabs.0.sections.0.widgets.0.chart.kind',
  ])
  expect(error.message).toMatch(/^the board "" has 4 mistakes: title: expected a title; tabs\.0\./)
})

test('two widgets of one id are a mistake, wherever they stand', () => {
  const text = { place: { x: 0, y: 0, w: 4, h: 4 }, chart: { kind: 'text' as const, text: 'x' } }
  const section = (id: string) => ({ id, widgets: [{ id: 'w', ...text }] })
  const error = failure(() =>
    defineBoard({ title: 'x', tabs: [{ id: 'a', title: 'A', sections: [section('s'), section('t')] }] }),
  )
  expect(error.issues).toEqual([{ path: ['widgets', 1], message: 'there is another widget "w"' }])
})

function failure(run: () => unknown): AppError {
  try {
    run()
  } catch (error) {
    if (error instanceof AppError) return error
  }
  throw new Error('it did not fail')
}
