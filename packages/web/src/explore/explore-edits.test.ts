import { describe, expect, test } from 'vitest'
import { newCubeData } from '../dashboards/edit/kinds/fitting-data.ts'
import { askedData, type Shown, withFields, withKind, withTop, withTotals } from './explore-edits.ts'
import { WEB } from './testing/web-cube.ts'

const shown = (measures: string[], dimensions: string[], isOverTime: boolean, kind = 'line'): Shown => ({
  data: newCubeData('web', { measures, dimensions, isOverTime }),
  chart: { kind } as Shown['chart'],
})

describe('another measure or dimension', () => {
  test('keeps the kind that can show it', () => {
    const next = withFields(shown(['hits'], [], true), { measures: ['hits', 'visitors'] }, WEB)
    expect(next).toMatchObject({ data: { measures: ['hits', 'visitors'] }, chart: { kind: 'line' } })
  })

  test('brings a kind that fits where the old one can’t show it, and never changes the question itself', () => {
    const next = withFields(shown(['hits'], ['country'], true), { grain: 'none' }, WEB)
    expect(next.chart.kind).toBe('world_map')
    expect(next.data).toMatchObject({ measures: ['hits'], dimensions: ['country'], grain: 'none' })
  })

  test('that splits for the first time shows the greatest alone', () => {
    expect(withFields(shown(['hits'], [], true), { dimensions: ['channel'] }, WEB).data.top).toMatchObject({
      by: 'hits',
    })
  })

  test('leaves all values to whoever wants to see all of them', () => {
    const all = {
      ...shown(['hits'], ['channel'], true),
      data: withTop(shown(['hits'], ['channel'], true).data, undefined),
    }
    expect(withFields(all, { measures: ['hits', 'visitors'] }, WEB).data.top).toBeUndefined()
  })

  test('takes the list of the greatest away with the last dimension', () => {
    const split = withFields(shown(['hits'], [], true), { dimensions: ['channel'] }, WEB)
    expect(withFields(split, { dimensions: [] }, WEB).data.top).toBeUndefined()
  })

  test('ranks by a measure that is still there', () => {
    const split = withFields(shown(['hits', 'visitors'], [], true), { dimensions: ['channel'] }, WEB)
    expect(withFields(split, { measures: ['visitors'] }, WEB).data.top?.by).toBe('visitors')
  })
})

test('another kind brings what it needs', () => {
  expect(withKind(shown(['hits'], [], true), 'donut', WEB).data).toMatchObject({
    grain: 'none',
    dimensions: ['channel'],
  })
})

test('the totals that a chart needs are asked for once, beside those of the reader', () => {
  const { data } = shown(['hits'], ['country'], false)
  expect(askedData({ data: withTotals(data, true), chart: { kind: 'donut' } }).totals).toEqual([[]])
  expect(askedData({ data, chart: { kind: 'bar' } }).totals).toEqual([])
})

test('of a single figure there are no totals to ask for', () => {
  const { data } = shown(['hits'], [], false)
  expect(askedData({ data: withTotals(data, true), chart: { kind: 'number' } }).totals).toEqual([])
})

describe('as many values as the kind can show', () => {
  const split = withFields(shown(['hits'], [], true), { dimensions: ['country'] }, WEB)

  test('a map shows every country, whatever was the most of the kind before', () => {
    expect(split.data.top).toMatchObject({ count: 6 })
    expect(withFields(split, { grain: 'none' }, WEB)).toMatchObject({
      chart: { kind: 'world_map' },
      data: { top: { count: 250, rest: false } },
    })
    const chosen = { ...split, data: withTop(split.data, 20) }
    expect(withKind(chosen, 'world_map', WEB).data.top).toMatchObject({ count: 250 })
  })

  test('another kind has its own number, unless somebody has chosen one', () => {
    const map = withKind(split, 'world_map', WEB)
    expect(withKind(map, 'ranked_list', WEB).data.top).toMatchObject({ count: 8, rest: true })
    expect(withKind({ ...map, data: withTop(map.data, 20) }, 'ranked_list', WEB).data.top).toMatchObject({ count: 20 })
  })
})
