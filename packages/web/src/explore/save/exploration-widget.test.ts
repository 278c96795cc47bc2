import { expect, test } from 'vitest'
import { newCubeData } from '../../dashboards/edit/kinds/fitting-data.ts'
import { explorationWidget } from './exploration-widget.ts'

const exploration = {
  data: newCubeData('web', { measures: ['hits'], dimensions: [], isOverTime: true }),
  chart: { kind: 'line' as const },
}
const previousYear = { with: 'previous_year' as const, align: 'date' as const, toDate: true }
const choice = (compare: readonly (typeof previousYear)[]) => ({
  scope: {
    from: '2026-10-01T00:00:00Z',
    to: '2026-11-23T00:00:00Z',
    grain: 'day' as const,
    timezone: 'UTC',
    firstDayOfWeek: 1,
    compare,
    filters: [],
    variables: {},
  },
  rangeText: 'now/q to now',
})

test('with its range, a widget keeps what it is compared with', () => {
  const { data } = explorationWidget(exploration, choice([previousYear]), true)
  expect(data).toMatchObject([{ range: 'now/q to now', compare: [previousYear] }])
})

test('with its range and no comparison, it has none on a board that compares', () => {
  expect(explorationWidget(exploration, choice([]), true).data).toMatchObject([
    { range: 'now/q to now', compare: 'none' },
  ])
})

test('without a range of its own, it shows and compares what its board does', () => {
  const [data] = explorationWidget(exploration, choice([previousYear]), false).data
  expect(data).toMatchObject({ compare: 'board' })
  expect(data).not.toHaveProperty('range')
})
