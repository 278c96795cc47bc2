import type { BoardInput, WidgetInput } from '@almanac/core/boards/board.ts'
import { ask, greatest, overTime } from '@almanac/core/boards/ready/compose.ts'
import type { ChartKind, ChartSpec } from '@almanac/core/charts/chart-spec.ts'

/** A page of somebody else; tests answer for it in the browser. */
export const EMBEDDED_PAGE = 'https://embedded.example/'

type Data = NonNullable<WidgetInput['data']>
type Drawn = Readonly<{ chart: ChartSpec; data: Data }>

const BY_COUNTRY = greatest('web', 'hits', 'country')
const BY_TWO = ask('web', ['hits'], { dimensions: ['country', 'browser'] })
const COUNTRIES_BY_DAY = overTime('web', ['hits'], { dimensions: ['country'] })
const HITS = ask('web', ['hits'], { grain: 'none' })
const MEASURES_BY_PAGE = ask('web', ['hits', 'visitors', 'errors'], { dimensions: ['path'] })
const ERROR_RATE = overTime('web', ['error_rate'], { dimensions: ['country'] })
const UP = [
  { to: 0.03, tone: 'good' as const, label: 'Good' },
  { from: 0.03, to: 0.06, tone: 'warning' as const, label: 'Fair' },
  { from: 0.06, tone: 'bad' as const, label: 'Bad' },
]

/** One widget of every kind that there is: a new kind is an error here until it has one. */
const DRAWN: Readonly<Record<ChartKind, Drawn>> = {
  line: { chart: { kind: 'line' }, data: [COUNTRIES_BY_DAY] },
  area: { chart: { kind: 'area', curve: 'smooth' }, data: [overTime('web', ['hits'])] },
  stacked_area: { chart: { kind: 'stacked_area' }, data: [COUNTRIES_BY_DAY] },
  share_area: { chart: { kind: 'share_area' }, data: [COUNTRIES_BY_DAY] },
  bar: { chart: { kind: 'bar', targets: [{ value: 500, label: 'Goal' }] }, data: [BY_COUNTRY] },
  horizontal_bar: { chart: { kind: 'horizontal_bar' }, data: [BY_COUNTRY] },
  stacked_bar: { chart: { kind: 'stacked_bar' }, data: [BY_TWO] },
  combo: {
    chart: { kind: 'combo', bars: ['hits'], right: ['error_rate'] },
    data: [overTime('web', ['hits', 'error_rate'])],
  },
  number: { chart: { kind: 'number', target: { value: 2500, label: 'Plan' } }, data: [HITS] },
  table: { chart: { kind: 'table', bars: ['hits'], heat: ['errors'] }, data: [MEASURES_BY_PAGE] },
  pivot: { chart: { kind: 'pivot', rows: ['country'], columns: ['browser'], heat: true }, data: [BY_TWO] },
  pie: { chart: { kind: 'pie' }, data: [BY_COUNTRY] },
  donut: { chart: { kind: 'donut', legend: 'right' }, data: [BY_COUNTRY] },
  scatter: { chart: { kind: 'scatter', x: 'hits', y: 'visitors', label: 'path' }, data: [MEASURES_BY_PAGE] },
  bubble: {
    chart: { kind: 'bubble', x: 'hits', y: 'visitors', size: 'errors', label: 'path' },
    data: [MEASURES_BY_PAGE],
  },
  histogram: { chart: { kind: 'histogram' }, data: [ask('web', ['hits'], { dimensions: ['city', 'path'] })] },
  heat_map: { chart: { kind: 'heat_map' }, data: [BY_TWO] },
  calendar_heat_map: { chart: { kind: 'calendar_heat_map' }, data: [overTime('web', ['hits'], { grain: 'day' })] },
  hour_weekday: {
    chart: { kind: 'hour_weekday' },
    data: [ask('web', ['hits'], { dimensions: ['hour_of_day', 'day_of_week'] })],
  },
  gauge: { chart: { kind: 'gauge', bands: UP, max: 0.1 }, data: [ask('web', ['error_rate'], { grain: 'none' })] },
  bullet: { chart: { kind: 'bullet', target: { value: 600, label: 'Goal' } }, data: [BY_COUNTRY] },
  funnel: {
    chart: { kind: 'funnel' },
    data: [ask('product', ['events', 'sign_ups', 'activations'], { grain: 'none' })],
  },
  waterfall: { chart: { kind: 'waterfall', total: true }, data: [BY_COUNTRY] },
  treemap: { chart: { kind: 'treemap' }, data: [BY_TWO] },
  sunburst: { chart: { kind: 'sunburst' }, data: [BY_TWO] },
  sankey: { chart: { kind: 'sankey' }, data: [BY_TWO] },
  radar: { chart: { kind: 'radar' }, data: [ask('web', ['hits', 'visitors'], { dimensions: ['country'] })] },
  box_plot: {
    chart: { kind: 'box_plot', x: 'country' },
    data: [ask('web', ['hits'], { dimensions: ['country', 'path'] })],
  },
  cohort_grid: {
    chart: { kind: 'cohort_grid' },
    data: [
      {
        from: 'cohorts',
        cohorts: {
          cube: 'web',
          start: {},
          return: {},
          filters: [],
          segments: [],
          grain: 'week',
          periods: 3,
          kind: 'retention',
        },
      },
    ],
  },
  world_map: { chart: { kind: 'world_map' }, data: [BY_COUNTRY] },
  points_map: { chart: { kind: 'points_map', country: 'country' }, data: [BY_COUNTRY] },
  ranked_list: { chart: { kind: 'ranked_list', share: true }, data: [BY_COUNTRY] },
  status_timeline: { chart: { kind: 'status_timeline', bands: UP }, data: [ERROR_RATE] },
  text: { chart: { kind: 'text', text: '## Hats\n\nWhat we **look at**, and [why](https://hats.example).' }, data: [] },
  image: { chart: { kind: 'image', address: '/favicon.svg', alternative: 'The mark of Almanac' }, data: [] },
  embed: { chart: { kind: 'embed', address: EMBEDDED_PAGE }, data: [] },
}

export const KIND_NAMES = Object.keys(DRAWN) as ChartKind[]

const ACROSS = 4
const [WIDTH, HEIGHT] = [6, 6]

/** Every widget carries the name of its kind. */
export const EVERY_KIND: BoardInput = {
  title: 'Every kind',
  timezone: 'UTC',
  range: '2026-09-01 to 2026-09-15',
  grain: 'day',
  tabs: [
    {
      id: 'main',
      title: 'Main',
      sections: [
        {
          id: 'all',
          widgets: KIND_NAMES.map((kind, i) => ({
            id: kind,
            title: kind,
            place: { x: (i % ACROSS) * WIDTH, y: Math.floor(i / ACROSS) * HEIGHT, w: WIDTH, h: HEIGHT },
            ...DRAWN[kind],
          })),
        },
      ],
    },
  ],
}
