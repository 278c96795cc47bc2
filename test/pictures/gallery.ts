import type { BoardInput, WidgetInput } from '@almanac/core/boards/board.ts'
import { ask, greatest, overTime } from '@almanac/core/boards/ready/compose.ts'
import type { ChartKind, ChartSpec } from '@almanac/core/charts/chart-spec.ts'

type Shown = Readonly<{ title: string; chart: ChartSpec; data: NonNullable<WidgetInput['data']> }>

const PEOPLE = { dimension: 'is_bot', op: 'in' as const, values: [false] }
const EUROS = { dimension: 'currency', op: 'in' as const, values: ['EUR'] }
const named = (dimension: string) => ({ dimension, op: 'not_empty' as const })
const top = (by: string, count: number) => ({ by, count, rest: true })

const RATES = [
  { to: 0.02, tone: 'good' as const, label: 'Below 2 %' },
  { from: 0.02, to: 0.1, tone: 'warning' as const, label: '2 to 10 %' },
  { from: 0.1, tone: 'bad' as const, label: 'Above 10 %' },
]
const CHANNELS = overTime('web', ['visitors'], {
  dimensions: ['channel'],
  filters: [PEOPLE, named('channel')],
  top: top('visitors', 5),
  compare: 'none',
})
const BY_COUNTRY = greatest('web', 'visitors', 'country', {
  filters: [PEOPLE],
  top: top('visitors', 8),
  compare: 'none',
})
const EVERY_COUNTRY = greatest('web', 'visitors', 'country', {
  filters: [PEOPLE],
  top: { by: 'visitors', count: 200 },
  compare: 'none',
})
const DEVICES_AND_SYSTEMS = ask('web', ['hits'], { dimensions: ['device', 'os'], filters: [PEOPLE], compare: 'none' })
const TITLES = ask('streaming', ['plays', 'viewers', 'average_minutes', 'failures'], {
  dimensions: ['title'],
  filters: [named('title')],
  compare: 'none',
})

/** One telling chart of every kind over the demo's figures, for the guide to charts. A new kind is an error here until it has one. */
const SHOWN: Readonly<Record<ChartKind, Shown>> = {
  line: { title: 'Visitors', chart: { kind: 'line' }, data: [overTime('web', ['visitors'], { filters: [PEOPLE] })] },
  area: {
    title: 'Plays',
    chart: { kind: 'area', curve: 'smooth' },
    data: [overTime('streaming', ['plays'], { compare: 'none' })],
  },
  stacked_area: { title: 'Visitors by channel', chart: { kind: 'stacked_area', series: 'channel' }, data: [CHANNELS] },
  share_area: { title: 'Share of each channel', chart: { kind: 'share_area', series: 'channel' }, data: [CHANNELS] },
  bar: {
    title: 'Sign-ups and activations',
    chart: { kind: 'bar' },
    data: [
      overTime('product', ['sign_ups', 'activations'], { grain: 'week', range: 'now-8w/w to now/w', compare: 'none' }),
    ],
  },
  horizontal_bar: { title: 'Visitors by country', chart: { kind: 'horizontal_bar' }, data: [BY_COUNTRY] },
  stacked_bar: {
    title: 'Revenue by plan',
    chart: { kind: 'stacked_bar', series: 'plan' },
    data: [
      overTime('revenue', ['revenue'], { dimensions: ['plan'], filters: [EUROS, named('plan')], compare: 'none' }),
    ],
  },
  combo: {
    title: 'Plays and failures',
    chart: { kind: 'combo', bars: ['plays'], right: ['failure_rate'] },
    data: [overTime('streaming', ['plays', 'failure_rate'], { compare: 'none' })],
  },
  number: {
    title: 'Revenue',
    chart: { kind: 'number', value: 'revenue', sparkline: true },
    data: [overTime('revenue', ['revenue'], { filters: [EUROS], totals: [[]] })],
  },
  table: {
    title: 'Titles',
    chart: { kind: 'table', bars: ['plays'], heat: ['average_minutes'] },
    data: [{ ...TITLES, order: [{ by: 'plays' }], limit: 50 }],
  },
  pivot: {
    title: 'Visitors by country and device',
    chart: { kind: 'pivot', rows: ['country'], columns: ['device'], heat: true },
    data: [
      ask('web', ['visitors'], {
        dimensions: ['country', 'device'],
        filters: [PEOPLE],
        totals: [['country'], ['device'], []],
        compare: 'none',
      }),
    ],
  },
  pie: {
    title: 'Visitors by device',
    chart: { kind: 'pie' },
    data: [greatest('web', 'visitors', 'device', { filters: [PEOPLE], compare: 'none' })],
  },
  donut: {
    title: 'Payments by plan',
    chart: { kind: 'donut', legend: 'right' },
    data: [greatest('revenue', 'payments', 'plan', { filters: [named('plan')], compare: 'none' })],
  },
  scatter: {
    title: 'Titles: how many play them, and for how long',
    chart: { kind: 'scatter', x: 'viewers', y: 'average_minutes', label: 'title' },
    data: [TITLES],
  },
  bubble: {
    title: 'Titles: the larger, the more plays',
    chart: { kind: 'bubble', x: 'viewers', y: 'average_minutes', size: 'plays', label: 'title' },
    data: [TITLES],
  },
  histogram: {
    title: 'Visitors a day',
    chart: { kind: 'histogram' },
    data: [overTime('web', ['visitors'], { filters: [PEOPLE], grain: 'day', range: '90d', compare: 'none' })],
  },
  heat_map: {
    title: 'Plays by genre and device',
    chart: { kind: 'heat_map' },
    data: [
      ask('streaming', ['plays'], { dimensions: ['genre', 'device'], filters: [named('genre')], compare: 'none' }),
    ],
  },
  calendar_heat_map: {
    title: 'Visitors of every day',
    chart: { kind: 'calendar_heat_map' },
    data: [overTime('web', ['visitors'], { filters: [PEOPLE], grain: 'day', range: '90d', compare: 'none' })],
  },
  hour_weekday: {
    title: 'When they play',
    chart: { kind: 'hour_weekday' },
    data: [ask('web', ['hits'], { dimensions: ['hour_of_day', 'day_of_week'], filters: [PEOPLE], compare: 'none' })],
  },
  gauge: {
    title: 'Failed requests',
    chart: { kind: 'gauge', min: 0, max: 0.15, bands: RATES },
    data: [ask('web', ['error_rate'], { grain: 'none', compare: 'none' })],
  },
  bullet: {
    title: 'Visitors by device, and the plan',
    chart: { kind: 'bullet', target: { value: 3000, label: 'Plan' } },
    data: [greatest('web', 'visitors', 'device', { filters: [PEOPLE], compare: 'none' })],
  },
  funnel: {
    title: 'From visitor to customer',
    chart: { kind: 'funnel', steps: ['visitors', 'sign_ups', 'activations', 'conversions'] },
    data: [
      ask('visits', ['visitors'], { compare: 'none' }),
      ask('product', ['sign_ups', 'activations', 'conversions'], { compare: 'none' }),
    ],
  },
  waterfall: {
    title: 'Revenue, plan by plan',
    chart: { kind: 'waterfall', total: true },
    data: [greatest('revenue', 'revenue', 'plan', { filters: [EUROS, named('plan')], compare: 'none' })],
  },
  treemap: { title: 'Devices and systems', chart: { kind: 'treemap' }, data: [DEVICES_AND_SYSTEMS] },
  sunburst: { title: 'Devices and systems', chart: { kind: 'sunburst' }, data: [DEVICES_AND_SYSTEMS] },
  sankey: {
    title: 'From channel to device',
    chart: { kind: 'sankey' },
    data: [
      ask('web', ['visitors'], {
        dimensions: ['channel', 'device'],
        filters: [PEOPLE, named('channel')],
        compare: 'none',
      }),
    ],
  },
  radar: {
    title: 'Devices',
    chart: { kind: 'radar' },
    data: [
      ask('web', ['hits', 'visitors', 'errors', 'page_views'], {
        dimensions: ['device'],
        filters: [PEOPLE],
        compare: 'none',
      }),
    ],
  },
  box_plot: {
    title: 'Plays of a title by genre',
    chart: { kind: 'box_plot', x: 'genre' },
    data: [ask('streaming', ['plays'], { dimensions: ['genre', 'title'], filters: [named('genre')], compare: 'none' })],
  },
  cohort_grid: {
    title: 'Who comes back, by week of the first visit',
    chart: { kind: 'cohort_grid' },
    data: [{ from: 'cohorts', range: 'now-9w/w to now', cohorts: { cube: 'product', grain: 'week', periods: 8 } }],
  },
  world_map: { title: 'Visitors by country', chart: { kind: 'world_map' }, data: [EVERY_COUNTRY] },
  points_map: {
    title: 'Visitors by country',
    chart: { kind: 'points_map', country: 'country' },
    data: [EVERY_COUNTRY],
  },
  ranked_list: {
    title: 'Most visited pages',
    chart: { kind: 'ranked_list', share: true },
    data: [greatest('web', 'visitors', 'path', { filters: [PEOPLE], top: top('visitors', 8) })],
  },
  status_timeline: {
    title: 'State of each source',
    chart: { kind: 'status_timeline', by: 'source', value: 'error_rate', bands: RATES },
    data: [overTime('web', ['error_rate'], { dimensions: ['source'], grain: 'hour', range: '3d', compare: 'none' })],
  },
  text: {
    title: '',
    chart: {
      kind: 'text',
      text: '## How to read this\n\n*Visitors* are people, each once a range. **Bots are left out.** More in the [handbook](https://example.com).\n\n| Goal | Until |\n| --- | --- |\n| 12,000 visitors | December |\n| 2 % failed requests | always |',
    },
    data: [],
  },
  image: {
    title: 'The mark',
    chart: { kind: 'image', address: '/favicon.svg', alternative: 'The mark of Almanac' },
    data: [],
  },
  embed: { title: 'A page of somebody else', chart: { kind: 'embed', address: 'https://embedded.example/' }, data: [] },
}

export const GALLERY_KINDS = (Object.keys(SHOWN) as ChartKind[]).filter((kind) => kind !== 'image' && kind !== 'embed')

/** Two charts in each row. */
export const GALLERY: BoardInput = {
  title: 'Gallery',
  range: '28d',
  grain: 'auto',
  compare: [{ with: 'previous_period', toDate: true }],
  refresh: 'off',
  tabs: [
    {
      id: 'main',
      title: 'Main',
      sections: [
        {
          id: 'all',
          widgets: GALLERY_KINDS.map((kind, i) => ({
            id: kind,
            place: { x: (i % 2) * 12, y: Math.floor(i / 2) * 8, w: 12, h: 8 },
            ...SHOWN[kind],
          })),
        },
      ],
    },
  ],
}
