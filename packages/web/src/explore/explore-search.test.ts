import { describe, expect, test } from 'vitest'
import type { CubeEntry } from '../api/cubes.ts'
import { parseSearch, stringifySearch } from '../app/search-params.ts'
import { parseExploreSearch, widgetAddress } from './explore-address.ts'
import { explorationOf, exploreSearch } from './explore-search.ts'
import { WEB } from './testing/web-cube.ts'

const CUBES: readonly CubeEntry[] = [WEB]
const read = (raw: Record<string, unknown>) => explorationOf(parseExploreSearch(raw), CUBES)

test('an empty address shows the first figure of the first cube over time', () => {
  expect(read({})).toMatchObject({
    data: { cube: 'web', measures: ['visitors'], dimensions: [], grain: 'board' },
    chart: { kind: 'line' },
  })
})

test('nothing can be explored without a cube', () => {
  expect(explorationOf({}, [])).toBeUndefined()
})

test('an exploration comes back from its address, also through the text of a link', () => {
  const found = read({
    data: '{"cube":"web","measures":["visitors"],"dimensions":["country"],"top":{"by":"visitors","count":5}}',
    chart: '{"kind":"ranked_list","share":true}',
    range: '90d',
    compare: 'previous_year.weekday',
    filters: '[["device","in","phone"]]',
    explain: '{"of":"change","measure":"visitors","dimensions":{"country":"DE"}}',
  })
  expect(found).toBeDefined()
  if (!found) return
  const text = stringifySearch(exploreSearch(found))
  expect(explorationOf(parseExploreSearch(parseSearch(text.slice(1))), CUBES)).toEqual(found)
})

test.each([
  { data: 'nothing', chart: '{"kind":"line"}' },
  { data: '{"cube":"web"}', chart: '[]' },
  { data: '{"from":"sql","sql":"SELECT 1"}', chart: 'null' },
  { data: '["web"]', chart: '{"kind":"bar","kinds":1}' },
])('what can’t be understood is as it is at the beginning: $data', (raw) => {
  expect(read(raw)).toMatchObject({ data: { measures: ['visitors'] }, chart: { kind: 'line' } })
})

describe('a widget that is opened', () => {
  const scope = {
    from: '2026-01-01T00:00:00Z',
    to: '2026-02-01T00:00:00Z',
    grain: 'day' as const,
    timezone: 'Europe/Berlin',
    firstDayOfWeek: 1,
    compare: [],
    filters: [{ dimension: 'country', op: 'in' as const, values: ['DE'] }],
    variables: { plan: ['pro'], device: ['phone'] },
  }
  const variables = [
    { name: 'plan', label: 'Plan', cube: 'revenue', dimension: 'plan', isMultiple: true, values: [] },
    { name: 'device', label: 'Device', cube: 'web', dimension: 'device', isMultiple: true, values: [] },
  ]
  const data = {
    from: 'cube' as const,
    cube: 'web',
    measures: ['hits'],
    dimensions: [],
    having: [],
    totals: [],
    order: [],
    filters: [{ dimension: 'status', op: 'in' as const, values: [404] }],
    segments: [],
    grain: 'week' as const,
    compare: 'none' as const,
    range: '90d',
    isFixed: false,
  }
  const opened = (own: Partial<typeof data> = {}) =>
    read(
      widgetAddress(
        { chart: { kind: 'bar' }, title: 'Broken links' },
        { ...data, ...own },
        { variables },
        { scope, rangeText: '28d', chosenGrain: 'auto' },
      ),
    )

  test('shows what it decides by itself in the controls', () => {
    expect(opened()).toMatchObject({
      title: 'Broken links',
      data: { grain: 'board', compare: 'board', filters: [] },
      search: { range: '90d', grain: 'week', compare: ['none'], tz: 'Europe/Berlin' },
    })
  })

  test('keeps its filters, the board’s and its variables, but for what its cube does not know', () => {
    expect(JSON.parse(opened()?.search.filters ?? '')).toEqual([
      ['status', 'in', 404],
      ['country', 'in', 'DE'],
      ['device', 'in', 'phone'],
    ])
  })

  test('that ignores the board’s filters ignores them here', () => {
    expect(opened({ isFixed: true })?.search.filters).toBe('[["status","in",404]]')
  })
})
