import { describe, expect, test } from 'vitest'
import type { ChartSpec } from '../chart-spec.ts'
import { draw } from '../draw.ts'
import type { ChartDrawing, Look } from '../drawing.ts'
import type { Frame } from '../frame.ts'
import * as frames from '../testing/frames.ts'
import { dimension, frameOf, measure, TIME } from '../testing/frames-parts.ts'
import { LOOK } from '../testing/look.ts'

interface Series {
  readonly id: string
  readonly type: string
  readonly data: readonly (number | null | { value: number; symbol?: string; itemStyle?: Record<string, unknown> })[]
  readonly lineStyle?: { readonly type?: unknown; readonly color?: string }
  readonly yAxisIndex?: number
  readonly stack?: string
  readonly sampling?: string
  readonly color?: string
}

function chart(spec: ChartSpec, frame: Frame, look: Partial<Look> = {}) {
  const drawing = draw(spec, frame, { ...LOOK, ...look })
  if (drawing.as !== 'chart') throw new Error(`expected a chart, got ${JSON.stringify(drawing)}`)
  const series = drawing.option.series as unknown as Series[]
  return { ...drawing, series, byId: (id: string) => series.find((one) => one.id === id) }
}
const plain = (data: Series['data'] = []) =>
  data.map((one) => (typeof one === 'object' && one !== null ? one.value : one))
const lastLines = (drawing: ChartDrawing) => drawing.readings.at(-1)?.lines ?? []
const two = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

describe('running buckets', () => {
  test('hang on the last finished one, on a dashed line with a hollow point', () => {
    const { byId } = chart({ kind: 'line' }, frames.HITS_BY_DAY)
    const [closed, open] = [byId('hits'), byId('hits open')]
    expect(plain(closed?.data).at(-1)).toBeNull()
    expect(plain(open?.data).slice(-3)).toEqual([null, plain(closed?.data).at(-2), 1731])
    expect(open?.data.at(-2)).toMatchObject({ symbol: 'none' })
    expect(open?.lineStyle?.type).toEqual([4, 4])
  })

  test('are pale bars with a dashed edge', () => {
    const { byId } = chart({ kind: 'bar' }, frames.HITS_BY_DAY)
    expect(byId('hits')?.data.at(-1)).toMatchObject({ value: 1731, itemStyle: { borderType: 'dashed' } })
    expect(byId('hits')?.data.at(-2)).not.toMatchObject({ itemStyle: { borderType: 'dashed' } })
  })

  test('that are ahead have no value, though their gaps were filled with zeros', () => {
    const { byId, readings } = chart({ kind: 'line' }, frames.HITS_TODAY)
    expect(plain(byId('hits open')?.data).slice(16)).toEqual(new Array(9).fill(null))
    expect(readings.at(-1)).toMatchObject({ note: 'Not yet begun', lines: [{ text: '–' }] })
    expect(readings[15]).toMatchObject({ note: 'Still running' })
  })
})

test('the night when clocks go back has 25 hours', () => {
  const { readings } = chart({ kind: 'line' }, frames.HITS_TODAY)
  expect(readings).toHaveLength(25)
  expect(new Set(readings.map(({ time }) => time)).size).toBe(25)
  expect(readings.slice(2, 4).map(({ title }) => title.slice(-12))).toEqual([' (UTC+02:00)', ' (UTC+01:00)'])
})

describe('comparisons', () => {
  test('are paler dashed lines, each with dashes of its own', () => {
    const { byId, series } = chart({ kind: 'line' }, frames.HITS_BY_DAY)
    const ghosts = [byId('hits previous_period'), byId('hits previous_year')]
    expect(new Set(ghosts.map((ghost) => JSON.stringify(ghost?.lineStyle?.type))).size).toBe(2)
    for (const ghost of ghosts) expect(ghost?.lineStyle?.color).not.toBe(byId('hits')?.color)
    expect(series[0]?.id).toBe('hits previous_period')
  })

  test('that are left alone in the legend are drawn alone, and told alone', () => {
    const hidden = new Set(['hits', '~compare:previous_year'])
    const { byId, readings, summary } = chart({ kind: 'line' }, frames.HITS_BY_DAY, { hidden })
    expect(plain(byId('hits previous_period')?.data).some((value) => value !== null)).toBe(true)
    expect(plain(byId('hits')?.data).every((value) => value === null)).toBe(true)
    expect(readings[1]?.lines[0]).toMatchObject({ isGhost: true, label: 'Previous period, Tue, Sep 8, 2026' })
    expect(summary).toContain('All series are hidden.')
  })

  test('are told with their own time and with the change', () => {
    const { readings } = chart({ kind: 'line' }, frames.HITS_BY_DAY)
    const [now, then] = readings[1]?.lines ?? []
    expect(now).toMatchObject({ label: 'Hits', ink: 1 })
    expect(then).toMatchObject({ isGhost: true, label: 'Previous period, Tue, Sep 8, 2026' })
    expect(then?.delta).toMatchObject({ direction: 'up', tone: 'good', against: 'Previous period' })
  })

  test('of a running bucket are no good or bad news', () => {
    const delta = lastLines(chart({ kind: 'line' }, frames.HITS_BY_DAY))[1]?.delta
    expect(delta).toMatchObject({ direction: 'down', tone: 'neutral' })
  })

  test('are hidden by their own item of the legend', () => {
    const look = { hidden: new Set(['~compare:previous_year']) }
    const { series, legend } = chart({ kind: 'line' }, frames.HITS_BY_DAY, look)
    expect(series.map(({ id }) => id)).toEqual(['hits previous_period', 'hits', 'hits open'])
    expect(legend.map(({ label, isHidden }) => [label, isHidden])).toEqual([
      ['Hits', false],
      ['Previous period', false],
      ['Previous year', true],
    ])
  })

  test('with nothing before them are new, not a percentage', () => {
    const { readings } = chart({ kind: 'bar' }, frames.REVENUE_BY_COUNTRY)
    expect(readings.find(({ title }) => title === 'Japan')?.lines[1]).toMatchObject({
      text: '€0',
      delta: { text: 'new' },
    })
  })
})

describe('several series', () => {
  test('are sorted by their total, with the others at last', () => {
    const { legend } = chart({ kind: 'line' }, frames.HITS_BY_BROWSER)
    expect(legend.slice(0, 5).map(({ label }) => label)).toEqual([
      'Chrome',
      'Safari',
      'Firefox',
      'Edge',
      'Everything else',
    ])
    expect(legend[4]?.ink).toBe('muted')
  })

  test('beyond the most are one, which is their exact sum', () => {
    const all = chart({ kind: 'line' }, frames.HITS_BY_BROWSER)
    const few = chart({ kind: 'line', most: 2 }, frames.HITS_BY_BROWSER)
    const sum = (drawing: typeof all, ids: readonly string[]) =>
      ids.reduce((total, id) => total + (plain(drawing.byId(id)?.data)[0] ?? 0), 0)
    expect(sum(few, ['~rest'])).toBe(sum(all, ['Firefox', 'Edge', '~rest']))
    expect(few.legend.slice(0, 3).map(({ label }) => label)).toEqual(['Chrome', 'Safari', 'Everything else'])
  })

  test('that do not add up have no others, and it is said how many are missing', () => {
    const { legend, summary } = chart({ kind: 'line' }, frames.VISITORS_BY_CITY)
    expect(legend).toHaveLength(10)
    expect(legend.some(({ label }) => label === 'Everything else')).toBe(false)
    expect(summary).toContain('Only 10 of 14 are drawn, as Visitors can’t be added up')
  })

  test('are read from the greatest to the least, with their total', () => {
    const { readings } = chart({ kind: 'line' }, frames.HITS_BY_BROWSER)
    const lines = readings[0]?.lines.filter(({ isGhost }) => !isGhost) ?? []
    expect(lines.map(({ label }) => label)).toEqual(['Chrome', 'Safari', 'Firefox', 'Edge', 'Everything else', 'Total'])
    const number = (text: string) => Number(text.replaceAll(',', ''))
    const parts = lines.slice(0, 5).map(({ text }) => number(text))
    expect(number(lines[5]?.text ?? '')).toBe(parts.reduce((a, b) => a + b))
  })

  test('that do not add up have no total', () => {
    const { readings } = chart({ kind: 'line' }, frames.VISITORS_BY_CITY)
    expect(readings[0]?.lines.map(({ label }) => label)).not.toContain('Total')
  })

  test('keep their colours when one is hidden, which is not drawn or read and stays in the legend', () => {
    const all = chart({ kind: 'line' }, frames.HITS_BY_BROWSER)
    const some = chart({ kind: 'line' }, frames.HITS_BY_BROWSER, { hidden: new Set(['Chrome']) })
    expect(some.byId('Chrome')).toBeUndefined()
    expect(some.byId('Safari')?.color).toBe(all.byId('Safari')?.color)
    expect(some.legend[0]).toMatchObject({ label: 'Chrome', isHidden: true })
    expect(some.readings[0]?.lines.map(({ label }) => label)).not.toContain('Chrome')
    expect(some.readings[0]?.lines.map(({ label }) => label)).toContain('Total of those shown')
  })

  test('have the colours that the spec gives them', () => {
    const { legend } = chart({ kind: 'line', colours: { Safari: 7 } }, frames.HITS_BY_BROWSER)
    expect(legend.find(({ label }) => label === 'Safari')?.ink).toBe(7)
  })

  test('all hidden are an empty plot and not an error', () => {
    const hidden = new Set(['Chrome', 'Safari', 'Firefox', 'Edge', '~rest', '~compare:previous_period'])
    const { series, summary } = chart({ kind: 'line' }, frames.HITS_BY_BROWSER, { hidden })
    expect(series).toEqual([])
    expect(summary).toContain('All series are hidden.')
  })
})

describe('rows by more dimensions than are drawn', () => {
  const rows = [
    { time: '2026-10-05T00:00:00+02:00', browser: 'Chrome', os: 'A', n: 3 },
    { time: '2026-10-05T00:00:00+02:00', browser: 'Chrome', os: 'B', n: 4 },
  ]
  const columns = [TIME, dimension('browser', 'Browser'), dimension('os', 'System')]

  test('are added up where that is right', () => {
    const { byId } = chart({ kind: 'line' }, frameOf([...columns, measure('n', 'N')], rows))
    expect(byId('Chrome')?.data).toEqual([{ value: 7, symbol: 'circle', symbolSize: 6 }])
  })

  test('do not fit where it is not', () => {
    const people = measure('n', 'People', { class: 'mergeable' })
    const drawing = draw({ kind: 'line' }, frameOf([...columns, people], rows), LOOK)
    expect(drawing).toMatchObject({
      as: 'empty',
      reason: 'unfit',
      text: expect.stringContaining('“People” can’t be added up'),
    })
  })
})

test('measures of different formats have an axis each, and the legend says which', () => {
  const { byId, legend, option } = chart({ kind: 'line', values: ['revenue', 'visitors'] }, frames.SHOP_BY_MONTH)
  expect([byId('revenue')?.yAxisIndex, byId('visitors')?.yAxisIndex]).toEqual([0, 1])
  expect(legend.map(({ label }) => label)).toEqual(['Revenue (left)', 'Visitors (right)'])
  const [left, right] = option.yAxis as { min: number; max: number; interval: number }[]
  const steps = [left, right].map((axis) => axis && (axis.max - axis.min) / axis.interval)
  expect(steps[0]).toBeCloseTo(steps[1] ?? Number.NaN)
})

test('a combo has bars and lines, on the sides that the spec names', () => {
  const spec = {
    kind: 'combo',
    values: ['revenue', 'visitors', 'error_rate'],
    bars: ['visitors'],
    right: ['error_rate'],
  } as const
  const { series } = chart(
    { ...spec, values: [...spec.values], bars: [...spec.bars], right: [...spec.right] },
    frames.SHOP_BY_MONTH,
  )
  expect(series.map(({ id, type, yAxisIndex }) => [id, type, yAxisIndex])).toEqual([
    ['revenue', 'line', 0],
    ['visitors', 'bar', 0],
    ['error_rate', 'line', 1],
  ])
})

test('shares of a place add up to one', () => {
  const { series } = chart({ kind: 'share_area' }, frames.HITS_BY_BROWSER)
  const closed = series.filter(({ stack }) => stack === 'closed')
  for (const at of two(0, 11)) {
    const sum = closed.reduce((total, { data }) => total + (plain(data)[at] ?? 0), 0)
    expect(sum).toBeCloseTo(1, 12)
  }
})

test('shares of what does not add up are drawn, and it is said what they are of', () => {
  expect(chart({ kind: 'share_area' }, frames.VISITORS_BY_CITY).summary).toContain(
    'The shares are of the sum of the series',
  )
})

test('on a logarithmic axis zeros stand at its foot, and what is nothing is not drawn', () => {
  const { byId, option, summary } = chart({ kind: 'bar', scale: 'log' }, frames.FAR_APART)
  const axis = option.yAxis as { type: string; min: number }
  expect(axis.type).toBe('log')
  expect(axis.min).toBeLessThan(1e-9)
  expect(plain(byId('size')?.data).slice(3, 5)).toEqual([axis.min, null])
  expect(summary).toContain('Zeros stand at its foot.')
})

test('a target is on the axis, though no value comes near it', () => {
  const { option } = chart({ kind: 'bar', targets: [{ value: 90_000 }] }, frames.HITS_BY_DAY)
  expect((option.yAxis as { max: number }).max).toBeGreaterThanOrEqual(90_000)
})

test('the label of a target stands beside the plot, and inside of it where there is another axis', () => {
  const targets = [{ value: 400, label: 'Goal' }]
  const position = ({ byId }: ReturnType<typeof chart>) =>
    (byId('~targets') as { markLine?: { data: { label: { position: string } }[] } }).markLine?.data[0]?.label.position
  const bars = chart({ kind: 'bar', targets }, frames.HITS_BY_DAY)
  expect(bars.plot?.right).toBeGreaterThan(chart({ kind: 'bar' }, frames.HITS_BY_DAY).plot?.right ?? 0)
  expect(position(bars)).toBe('end')
  expect(position(chart({ kind: 'horizontal_bar', targets }, frames.HITS_BY_DAY))).toBe('start')
  expect(position(chart({ kind: 'combo', values: ['revenue', 'error_rate'], targets }, frames.SHOP_BY_MONTH))).toMatch(
    /^inside/,
  )
})

test('an annotation is told at its place, in the words that it was given', () => {
  const annotations = [
    { at: '2026-10-14T10:00:00Z', title: '<b>2.1</b>' },
    { at: '2020-01-01T00:00:00Z', title: 'long ago' },
    { at: 'no time at all', title: 'never' },
  ]
  const { readings } = chart({ kind: 'line' }, frames.HITS_BY_DAY, { annotations })
  expect(readings.flatMap(({ note }, at) => (note ? [[at, note]] : []))).toEqual([
    [9, '<b>2.1</b>'],
    [27, 'Still running'],
  ])
})

test('bars keep the order of the rows', () => {
  const { readings } = chart({ kind: 'bar' }, frames.REVENUE_BY_COUNTRY)
  const titles = [
    'Germany',
    'United States',
    'United Kingdom',
    'France',
    'Netherlands',
    'Japan',
    '(empty)',
    'Everything else',
  ]
  expect(readings.map(({ title }) => title)).toEqual(titles)
  expect(readings.at(-2)?.picks).toEqual([{ dimension: 'country', value: '' }])
  expect(readings.at(-1)?.picks).toEqual([])
})

test('missing days of a statement in SQL have their place, and no value', () => {
  const { readings, byId } = chart({ kind: 'line' }, frames.SQL_BY_DATE)
  expect(readings).toHaveLength(7)
  expect(plain(byId('n')?.data)).toEqual([11, 22, 33, null, null, 66, 77])
})

test('a bucket says where it begins and ends', () => {
  const { readings } = chart({ kind: 'line' }, frames.HITS_BY_BROWSER)
  expect(readings[12]).toMatchObject({ time: '2026-10-26T00:00:00+01:00', timeEnd: '2026-11-02T00:00:00+01:00' })
  expect(readings[11]).toMatchObject({ timeEnd: '2026-10-26T00:00:00+01:00' })
})

test('no name is in the option: only figures, and labels as functions', () => {
  for (const spec of [{ kind: 'bar' }, { kind: 'horizontal_bar' }, { kind: 'line' }] as const) {
    const text = JSON.stringify(chart(spec, frames.HOSTILE_NAMES).option)
    expect(text).not.toMatch(/img|quoted|five hundred/)
  }
})

test('the labels of an axis have room, however long the names are', () => {
  const { option, plot } = chart({ kind: 'horizontal_bar' }, frames.HOSTILE_NAMES)
  expect(plot?.left).toBeLessThan(LOOK.widthPx * 0.45)
  const { axisLabel } = option.yAxis as { axisLabel: { formatter: (text: string, index: number) => string } }
  expect(axisLabel.formatter('', 0)).toMatch(/^A name of five hundred.*…$/)
})

test('a hundred thousand points are sampled for the eye, and every one of them can be read', () => {
  const minutes = Array.from({ length: 5000 }, (_, i) => new Date(Date.UTC(2026, 9, 1) + i * 60_000).toISOString())
  const rows = minutes.flatMap((time, i) => two(1, 20).map((n) => ({ time, host: `host ${n}`, load: (i * n) % 97 })))
  const frame = frameOf([TIME, dimension('host', 'Host'), measure('load', 'Load')], rows, { grain: 'minute' })
  const { series, readings } = chart({ kind: 'line', most: 20 }, frame)
  expect(series).toHaveLength(20)
  expect(series.every(({ sampling }) => sampling === 'lttb')).toBe(true)
  expect(readings).toHaveLength(5000)
  expect(readings[4999]?.lines).toHaveLength(21)
})

test('fewer points are not sampled', () => {
  expect(chart({ kind: 'line' }, frames.HITS_BY_DAY).byId('hits')?.sampling).toBeUndefined()
})

test('the summary tells the course, the greatest and the least', () => {
  const { summary } = chart({ kind: 'line' }, frames.HITS_BY_DAY)
  expect(summary).toMatch(
    /^Line chart: Hits by day, Oct 5\s–\sNov 1, 2026\. From [\d,]+ to 1,731 \(still running\); greatest [\d,]+ at \w+, Oct \d+, 2026, least 1,731 at Sun, Nov 1, 2026\.$/,
  )
})

test('of a hundred thousand names, as many as can be seen are drawn, and it is said how many there are', () => {
  const rows = Array.from({ length: 100_000 }, (_, i) => ({ page: `/page/${i}`, hits: i }))
  const { readings, summary } = chart(
    { kind: 'bar' },
    frameOf([dimension('page', 'Page'), measure('hits', 'Hits')], rows),
  )
  expect(readings).toHaveLength(1000)
  expect(summary).toContain('Only the first 1000 of 100000 values of Page are drawn')
})

test('of more moments than can be told apart the last ones are drawn', () => {
  const rows = Array.from({ length: 20_100 }, (_, i) => ({
    at: new Date(Date.UTC(2026, 0, 1) + i * 61_000).toISOString(),
    hits: i,
  }))
  const { readings, summary } = chart(
    { kind: 'line', x: 'at' },
    frameOf([{ name: 'at', kind: 'time', type: 'time', label: 'At' }, measure('hits', 'Hits')], rows),
  )
  expect(readings).toHaveLength(20_000)
  expect(readings[0]?.lines[0]?.text).toBe('100')
  expect(summary).toContain('Only the last 20000 of 20100 values of At are drawn')
})

test('an answer that was cut at its limit says so', () => {
  expect(chart({ kind: 'bar' }, { ...frames.HOSTILE_NAMES, isTruncated: true }).summary).toContain(
    'more rows than the limit',
  )
})
