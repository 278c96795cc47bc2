import { expect, test } from 'vitest'
import { type ChartPoint, seriesChartOption } from './series-chart-option.ts'

const colours = { line: '#00f', area: '#00f2', grid: '#eee', text: '#555', surface: '#fff' }
const point = (value: number | undefined, state: ChartPoint['state']): ChartPoint => ({ label: '', value, state })
const optionOf = (points: ChartPoint[]) =>
  seriesChartOption({
    points,
    labels: [{ index: 1, text: '<b>2</b>', isMajor: false }],
    format: 'integer',
    colours,
    isAnimated: false,
  })

test('the open bucket hangs on the last closed one, on a line of its own', () => {
  const { series } = optionOf([point(5, 'closed'), point(6, 'closed'), point(2, 'open'), point(undefined, 'ahead')])
  expect(series.map(({ data }) => data)).toEqual([
    [5, 6, null, null],
    [null, { value: 6, symbol: 'none' }, 2, null],
  ])
})

test('a single point is drawn as a point', () => {
  expect(optionOf([point(5, 'closed')]).series[0]?.showSymbol).toBe(true)
})

test('no points are no trouble', () => {
  expect(optionOf([]).series.map(({ data }) => data)).toEqual([[], []])
})

test('no name from the data is in the option: only figures and our own labels', () => {
  const { xAxis } = optionOf([point(1, 'closed'), point(2, 'closed')])
  expect(xAxis.data).toEqual(['0', '1'])
  expect([0, 1].map((index) => xAxis.axisLabel.formatter('', index))).toEqual(['', '<b>2</b>'])
})
