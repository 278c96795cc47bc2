import type { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'
import * as axes from '@almanac/core/charts/testing/frames.ts'
import * as parts from '@almanac/core/charts/testing/frames-parts.ts'

export interface Case {
  readonly title: string
  readonly spec: ChartSpec
  readonly frame: Frame
  /** Columns of twelve, and pixels. */
  readonly width?: number
  readonly heightPx?: number
}

const DAYS_ALONE: Frame = { ...axes.HITS_BY_DAY, comparisons: [], columns: axes.HITS_BY_DAY.columns.slice(0, 2) }
const bands = [
  { to: 0.01, tone: 'good' as const },
  { from: 0.01, to: 0.02, tone: 'warning' as const },
  { from: 0.02, tone: 'bad' as const },
]

export const KINDS: readonly Case[] = [
  { title: 'Visitors', spec: { kind: 'number', value: 'visitors' }, frame: parts.HEADLINE, width: 3, heightPx: 180 },
  {
    title: 'Revenue',
    spec: { kind: 'number', value: 'revenue', target: { value: 20_000, label: 'Plan' } },
    frame: parts.HEADLINE,
    width: 3,
    heightPx: 180,
  },
  { title: 'Error rate', spec: { kind: 'number', bands }, frame: parts.ONE_FIGURE, width: 3, heightPx: 180 },
  {
    title: 'Small',
    spec: { kind: 'number', value: 'visitors', sparkline: false },
    frame: parts.HEADLINE,
    width: 3,
    heightPx: 120,
  },
  { title: 'Hits by day', spec: { kind: 'line' }, frame: axes.HITS_BY_DAY, width: 8 },
  { title: 'Hits today', spec: { kind: 'area' }, frame: axes.HITS_TODAY, width: 4 },
  { title: 'Browsers', spec: { kind: 'stacked_area', legend: 'right' }, frame: axes.HITS_BY_BROWSER, width: 6 },
  { title: 'Share of browsers', spec: { kind: 'share_area' }, frame: axes.HITS_BY_BROWSER, width: 6 },
  { title: 'Hits by day, bars', spec: { kind: 'bar' }, frame: DAYS_ALONE, width: 6 },
  { title: 'Pages by device', spec: { kind: 'stacked_bar' }, frame: axes.HITS_BY_PAGE_AND_DEVICE, width: 6 },
  { title: 'Revenue by country', spec: { kind: 'horizontal_bar' }, frame: axes.REVENUE_BY_COUNTRY, width: 6 },
  {
    title: 'Pages by device, shares',
    spec: { kind: 'stacked_bar', direction: 'right', share: true },
    frame: axes.HITS_BY_PAGE_AND_DEVICE,
    width: 6,
  },
  {
    title: 'Revenue and error rate',
    spec: { kind: 'combo', bars: ['revenue'], values: ['revenue', 'error_rate'], right: ['error_rate'] },
    frame: axes.SHOP_BY_MONTH,
    width: 6,
  },
  {
    title: 'With a target and bands',
    spec: {
      kind: 'line',
      values: ['hits'],
      targets: [{ value: 4500, label: 'Goal' }],
      bands: [{ from: 3500, to: 5000, tone: 'good', label: 'As usual' }],
      points: true,
    },
    frame: DAYS_ALONE,
    width: 6,
  },
  { title: 'Sources', spec: { kind: 'pie' }, frame: parts.PLANS, width: 4 },
  { title: 'Plans', spec: { kind: 'donut', legend: 'right' }, frame: parts.PLANS, width: 4 },
  { title: 'Funnel', spec: { kind: 'funnel' }, frame: parts.STEPS, width: 4 },
  {
    title: 'Campaigns',
    spec: { kind: 'scatter', x: 'cost', y: 'installs', series: 'channel', label: 'campaign' },
    frame: axes.CAMPAIGNS,
    width: 6,
  },
  {
    title: 'Campaigns by value',
    spec: { kind: 'bubble', x: 'cost', y: 'installs', size: 'value', series: 'channel', label: 'campaign' },
    frame: axes.CAMPAIGNS,
    width: 6,
  },
  { title: 'Baskets', spec: { kind: 'histogram', value: 'basket' }, frame: axes.ORDERS, width: 6 },
  { title: 'Latency', spec: { kind: 'box_plot' }, frame: axes.LATENCY_BY_ENDPOINT, width: 6 },
  { title: 'Countries by device', spec: { kind: 'heat_map' }, frame: axes.HITS_BY_COUNTRY_AND_DEVICE, width: 4 },
  { title: 'Busy hours', spec: { kind: 'hour_weekday' }, frame: axes.HITS_BY_HOUR_AND_WEEKDAY, width: 8 },
  { title: 'Orders by day', spec: { kind: 'calendar_heat_map' }, frame: axes.ORDERS_BY_DAY, width: 12, heightPx: 220 },
  { title: 'Error rate, gauge', spec: { kind: 'gauge', max: 0.05, bands }, frame: parts.ONE_FIGURE, width: 3 },
  {
    title: 'Calls by team',
    spec: { kind: 'bullet', target: { value: 500, label: 'Goal' } },
    frame: parts.TEAMS,
    width: 5,
  },
  { title: 'Sources by channel', spec: { kind: 'radar' }, frame: axes.SKILLS, width: 4 },
  { title: 'Profit', spec: { kind: 'waterfall', total: true }, frame: axes.PROFIT, width: 6 },
  { title: 'Channels', spec: { kind: 'treemap' }, frame: parts.CHANNELS, width: 6 },
  { title: 'Channels, sunburst', spec: { kind: 'sunburst' }, frame: parts.CHANNELS, width: 5 },
  { title: 'Ways through the site', spec: { kind: 'sankey' }, frame: parts.FLOWS, width: 7 },
  {
    title: 'Visitors by country',
    spec: { kind: 'world_map' },
    frame: parts.COUNTRIES_BY_VISITORS,
    width: 6,
    heightPx: 340,
  },
  {
    title: 'Cities',
    spec: { kind: 'points_map', latitude: 'lat', longitude: 'long', size: 'visits', label: 'city' },
    frame: parts.CITIES,
    width: 6,
    heightPx: 340,
  },
  {
    title: 'Pages',
    spec: { kind: 'table', bars: ['visitors'], heat: ['hits'], totals: true },
    frame: parts.PAGES,
    width: 12,
  },
  {
    title: 'People by city and device',
    spec: { kind: 'pivot', rows: ['country', 'city'], columns: ['device'] },
    frame: parts.DEVICES_BY_CITY,
    width: 8,
    heightPx: 400,
  },
  {
    title: 'Heat',
    spec: { kind: 'pivot', rows: ['country'], columns: ['device'], values: ['visitors'], heat: true },
    frame: parts.DEVICES_BY_CITY,
    width: 4,
    heightPx: 400,
  },
  { title: 'Top sources', spec: { kind: 'ranked_list', share: true }, frame: parts.SOURCES, width: 5 },
  { title: 'Who came back', spec: { kind: 'cohort_grid' }, frame: parts.COHORTS, width: 7 },
  {
    title: 'Availability',
    spec: {
      kind: 'status_timeline',
      bands: [
        { from: 0.999, tone: 'good', label: 'Up' },
        { from: 0.98, to: 0.999, tone: 'warning', label: 'Slow' },
        { to: 0.98, tone: 'bad', label: 'Down' },
      ],
    },
    frame: parts.CHECKS,
    width: 12,
    heightPx: 180,
  },
  {
    title: '',
    spec: {
      kind: 'text',
      text: '# Autumn\n\nWhat we **look at** every morning, and [why](https://example.com):\n\n- [x] visitors, not hits\n- [ ] `revenue` by plan\n\n| plan | price |\n| --- | ---: |\n| Solo | 9 |\n| Studio | 29 |\n\n> <b>HTML</b> stays text.',
    },
    frame: parts.NOTHING,
    width: 4,
    heightPx: 320,
  },
  {
    title: 'Picture',
    spec: { kind: 'image', address: '/favicon.svg', alternative: 'The mark of Almanac' },
    frame: parts.NOTHING,
    width: 4,
    heightPx: 320,
  },
  {
    title: 'Page',
    spec: { kind: 'embed', address: `${globalThis.location?.origin ?? 'http://localhost'}/favicon.svg` },
    frame: parts.NOTHING,
    width: 4,
    heightPx: 320,
  },
]

export const HARD: readonly Case[] = [
  {
    title: `<img src=x onerror=alert(1)> ${'a title that goes on '.repeat(20)}`,
    spec: { kind: 'horizontal_bar' },
    frame: axes.HOSTILE_NAMES,
    width: 6,
  },
  { title: 'عنوان اللوحة 🎸', spec: { kind: 'bar' }, frame: axes.HOSTILE_NAMES, width: 6 },
  { title: 'Hard names, list', spec: { kind: 'ranked_list', share: true }, frame: axes.HOSTILE_NAMES, width: 4 },
  { title: 'Hard names, table', spec: { kind: 'table', bars: ['value'] }, frame: parts.HARD_NAMES, width: 4 },
  { title: 'Hard names, donut', spec: { kind: 'donut', legend: 'right' }, frame: axes.HOSTILE_NAMES, width: 4 },
  { title: 'From 1e-9 to 1e18', spec: { kind: 'bar' }, frame: axes.FAR_APART, width: 6 },
  { title: 'The same, logarithmic', spec: { kind: 'bar', scale: 'log' }, frame: axes.FAR_APART, width: 6 },
  { title: 'One point', spec: { kind: 'line' }, frame: axes.ONE_POINT, width: 4 },
  { title: 'Below zero, a gap', spec: { kind: 'line' }, frame: axes.BALANCES, width: 4 },
  { title: 'Nulls alone', spec: { kind: 'line' }, frame: axes.ONLY_NULLS, width: 4 },
  { title: 'Nothing', spec: { kind: 'bar' }, frame: parts.NOTHING, width: 4 },
  { title: 'Unfit', spec: { kind: 'sankey' }, frame: parts.TEAMS, width: 4 },
  { title: 'Fourteen series', spec: { kind: 'line' }, frame: axes.VISITORS_BY_CITY, width: 4 },
  {
    title: 'Fourteen series, shares',
    spec: { kind: 'share_area', legend: 'right' },
    frame: axes.VISITORS_BY_CITY,
    width: 6,
  },
  { title: 'Straight from SQL', spec: { kind: 'line' }, frame: axes.SQL_BY_DATE, width: 6 },
  {
    title: 'A figure of many digits',
    spec: { kind: 'number' },
    frame: parts.frameOf([parts.measure('n', 'A figure')], [{ n: 123_456_789_012 }]),
    width: 3,
    heightPx: 150,
  },
  {
    title: '1e-9',
    spec: { kind: 'number' },
    frame: parts.frameOf([parts.measure('n', '1e-9', { format: 'decimal' })], [{ n: 1e-9 }]),
    width: 3,
    heightPx: 150,
  },
]

/** Two measures for each of 200,000 pages. */
export function manyRows(count: number): Frame {
  const rows = Array.from({ length: count }, (_, i) => ({
    page: `/articles/${(i * 7919) % count}`,
    hits: (i * 104_729) % 10_007,
    revenue: ((i * 15_485_863) % 100_003) / 7,
  }))
  const columns = [
    parts.dimension('page', 'Page'),
    parts.measure('hits', 'Hits'),
    parts.measure('revenue', 'Revenue', { format: 'currency', currency: 'EUR' }),
  ]
  return parts.frameOf(columns, rows, { isTruncated: true })
}

/** A line of as many points, minute by minute. */
export function manyMinutes(count: number): Frame {
  const start = Temporal.Instant.from('2026-06-01T00:00:00Z')
  const rows = Array.from({ length: count }, (_, i) => ({
    time: start.add({ minutes: i }).toZonedDateTimeISO('UTC').toString({ timeZoneName: 'never' }),
    hits: Math.round(1000 + 400 * Math.sin(i / 900) + ((i * 7919) % 211)),
  }))
  return parts.frameOf([parts.TIME, parts.measure('hits', 'Hits')], rows, { grain: 'minute', timezone: 'UTC' })
}
