import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'

/** What kinds of widgets there are, for people. */
export interface KindEntry {
  readonly label: string
  /** What it is good for. */
  readonly note: string
  readonly group: KindGroup
  /** Other words under which people look for it. */
  readonly words?: string
}

export const KIND_GROUPS = {
  time: 'Over time',
  compare: 'Compare',
  figure: 'One figure',
  parts: 'Parts of a whole',
  relation: 'Patterns and relations',
  table: 'Tables and lists',
  map: 'Maps',
  free: 'Without figures',
} as const
type KindGroup = keyof typeof KIND_GROUPS

export const KINDS: Readonly<Record<ChartKind, KindEntry>> = {
  line: { label: 'Line', note: 'How figures go on over time', group: 'time', words: 'trend series' },
  area: { label: 'Area', note: 'A line with weight below it', group: 'time', words: 'trend series' },
  stacked_area: { label: 'Stacked area', note: 'Parts and their sum over time', group: 'time' },
  share_area: { label: '100 % area', note: 'Shares over time', group: 'time', words: 'share percent stacked' },
  bar: { label: 'Bars', note: 'Figures side by side, over time or by value', group: 'compare', words: 'column' },
  horizontal_bar: { label: 'Horizontal bars', note: 'Values with long names', group: 'compare', words: 'row' },
  stacked_bar: {
    label: 'Stacked bars',
    note: 'Bars made of parts, also as shares',
    group: 'compare',
    words: 'column share',
  },
  combo: { label: 'Bars and line', note: 'Two figures on two axes', group: 'time', words: 'combo dual axis' },
  number: {
    label: 'Number',
    note: 'One figure, its change and its course',
    group: 'figure',
    words: 'big stat kpi delta',
  },
  gauge: { label: 'Gauge', note: 'One figure on a scale', group: 'figure', words: 'dial meter' },
  bullet: { label: 'Progress', note: 'Figures on their way to a target', group: 'figure', words: 'bullet target goal' },
  table: { label: 'Table', note: 'All figures, with bars and shades', group: 'table', words: 'rows grid' },
  pivot: {
    label: 'Pivot table',
    note: 'Dimensions across and down, with subtotals',
    group: 'table',
    words: 'cross tab',
  },
  ranked_list: {
    label: 'Ranked list',
    note: 'The greatest values with bars',
    group: 'table',
    words: 'top list leaderboard',
  },
  cohort_grid: { label: 'Cohorts', note: 'Who came back, period by period', group: 'table', words: 'retention' },
  pie: { label: 'Pie', note: 'A few parts of a whole', group: 'parts' },
  donut: { label: 'Donut', note: 'A few parts around their sum', group: 'parts', words: 'ring doughnut' },
  treemap: { label: 'Treemap', note: 'Many parts, and parts of parts', group: 'parts' },
  sunburst: { label: 'Sunburst', note: 'Parts of parts in rings', group: 'parts' },
  funnel: { label: 'Funnel', note: 'How many go on, step by step', group: 'parts', words: 'conversion steps' },
  waterfall: { label: 'Waterfall', note: 'What adds up to a total', group: 'parts', words: 'bridge' },
  scatter: {
    label: 'Scatter',
    note: 'Two measures against each other',
    group: 'relation',
    words: 'correlation points',
  },
  bubble: { label: 'Bubbles', note: 'Three measures at once', group: 'relation' },
  histogram: { label: 'Histogram', note: 'How values are spread', group: 'relation', words: 'distribution' },
  box_plot: {
    label: 'Box plot',
    note: 'Middle, spread and outliers',
    group: 'relation',
    words: 'quartile distribution',
  },
  heat_map: { label: 'Heat map', note: 'Figures in shades, by two dimensions', group: 'relation', words: 'matrix' },
  calendar_heat_map: {
    label: 'Calendar',
    note: 'Every day of the year in shades',
    group: 'time',
    words: 'heat map days',
  },
  hour_weekday: {
    label: 'Hours and weekdays',
    note: 'When in the week things happen',
    group: 'relation',
    words: 'heat map punch card',
  },
  radar: { label: 'Radar', note: 'Several figures of a few things', group: 'relation', words: 'spider' },
  sankey: { label: 'Flow', note: 'From where to where, and how much', group: 'relation', words: 'sankey' },
  status_timeline: {
    label: 'Status',
    note: 'What was in which state, and when',
    group: 'time',
    words: 'state timeline uptime',
  },
  world_map: { label: 'World map', note: 'Countries in shades', group: 'map', words: 'choropleth geo' },
  points_map: { label: 'Points on a map', note: 'Places with circles', group: 'map', words: 'geo bubble' },
  text: { label: 'Text', note: 'Notes and headings in Markdown', group: 'free', words: 'markdown note heading' },
  image: { label: 'Image', note: 'A picture from an address', group: 'free', words: 'picture logo' },
  embed: { label: 'Web page', note: 'Another page inside the board', group: 'free', words: 'embed iframe' },
}

export const KIND_NAMES = Object.keys(KINDS) as ChartKind[]

/** Kinds whose name, purpose or other words have all of what was typed. */
export function kindsNamed(typed: string): ChartKind[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean)
  return KIND_NAMES.filter((kind) => {
    const { label, note, group, words = '' } = KINDS[kind]
    const text = `${label} ${note} ${words} ${KIND_GROUPS[group]} ${kind}`.toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}
