import { expect, test } from 'vitest'
import { type CubeData, WidgetData } from './board.ts'
import { type BoardScope, widgetQuestion } from './widget-query.ts'

const WEB = { name: 'web', dimensions: ['country', 'path'] }
const CURRENCY = {
  name: 'currency',
  label: 'Currency',
  cube: 'revenue',
  dimension: 'currency',
  isMultiple: false,
  values: ['USD'],
}
const scope: BoardScope = {
  from: '2026-01-01T00:00:00Z',
  to: '2026-02-01T00:00:00Z',
  grain: 'day',
  timezone: 'Asia/Kathmandu',
  firstDayOfWeek: 7,
  compare: [{ with: 'previous_year', align: 'date', toDate: false }],
  filters: [],
  variables: {},
}
const data = (more: object) => WidgetData.parse({ from: 'cube', cube: 'web', measures: ['hits'], ...more }) as CubeData
const inGermany = { dimension: 'country', op: 'in' as const, values: ['DE'] }

test('what the reader chooses for the board is in the question, and what the widget decides stays', () => {
  const { query } = widgetQuestion(data({ grain: 'board', filters: [inGermany] }), scope, [], WEB)
  expect(query).toMatchObject({
    grain: 'day',
    from: scope.from,
    to: scope.to,
    timezone: 'Asia/Kathmandu',
    firstDayOfWeek: 7,
    compare: scope.compare,
    filters: [inGermany],
  })
  expect(widgetQuestion(data({ grain: 'none', compare: 'none' }), scope, [], WEB).query).toMatchObject({ compare: [] })
  expect(widgetQuestion(data({ grain: 'none' }), scope, [], WEB).query).not.toHaveProperty('grain')
  expect(widgetQuestion(data({ grain: 'week' }), scope, [], WEB).query).toMatchObject({ grain: 'week' })
})

test('a top list without dimensions waits for one', () => {
  const top = { by: 'hits', count: 10 }
  expect(widgetQuestion(data({ top }), scope, [], WEB).query).not.toHaveProperty('top')
  expect(widgetQuestion(data({ top, dimensions: ['path'] }), scope, [], WEB).query).toMatchObject({ top })
})

test('a filter goes to the cubes that have its dimension, and others say that they ignore it', () => {
  const both = { ...scope, filters: [inGermany, { or: [{ dimension: 'plan', op: 'empty' as const }, inGermany] }] }
  const { query, ignored } = widgetQuestion(data({}), both, [], WEB)
  expect(query.filters).toEqual([inGermany])
  expect(ignored).toEqual(['plan'])
})

test('a variable of the board is a surprise only where the reader has chosen it', () => {
  expect(widgetQuestion(data({}), scope, [CURRENCY], WEB).ignored).toEqual([])
  const chosen = { ...scope, variables: { currency: ['EUR'] } }
  expect(widgetQuestion(data({}), chosen, [CURRENCY], WEB).ignored).toEqual(['currency'])
  const revenue = { name: 'revenue', dimensions: ['currency'] }
  expect(widgetQuestion(data({ cube: 'revenue' }), chosen, [CURRENCY], revenue)).toMatchObject({
    ignored: [],
    query: { filters: [{ dimension: 'currency', op: 'in', values: ['EUR'] }] },
  })
  const all = { ...scope, variables: { currency: [] } }
  expect(widgetQuestion(data({ cube: 'revenue' }), all, [CURRENCY], revenue).query.filters).toEqual([])
})

test('a fixed widget takes nothing from the reader but the time', () => {
  const { query, ignored } = widgetQuestion(
    data({ isFixed: true }),
    { ...scope, filters: [inGermany] },
    [CURRENCY],
    WEB,
  )
  expect(query.filters).toEqual([])
  expect(ignored).toEqual([])
})
