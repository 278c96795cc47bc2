import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'

/**
 * What can be chosen for each kind of chart, as a table: the forms are made of it. `labels`, `formats` and `colours`, which
 * every kind with figures has, are chosen column by column (`column-form.tsx`).
 */
export type OptionField = {
  /** Of the chart's spec. */
  readonly key: string
  readonly label: string
  readonly note?: string
} & OptionType

type OptionType =
  | { readonly type: 'column'; readonly of: ColumnUse }
  | { readonly type: 'columns'; readonly of: ColumnUse }
  /** The first choice is what stands for nothing chosen. */
  | { readonly type: 'choice'; readonly choices: readonly { readonly id: string; readonly label: string }[] }
  | { readonly type: 'switch'; readonly isOnByDefault: boolean }
  | {
      readonly type: 'number'
      readonly min?: number
      readonly max?: number
      readonly isWhole?: true
      readonly placeholder: string
    }
  | { readonly type: 'text'; readonly rows?: number; readonly placeholder: string }
  | { readonly type: 'target' | 'targets' | 'bands' }

/** `axis`: the time or a dimension. */
export type ColumnUse = 'measure' | 'dimension' | 'time' | 'axis' | 'any'

const column = (key: string, label: string, of: ColumnUse): OptionField => ({ key, label, type: 'column', of })
const columns = (key: string, label: string, of: ColumnUse, note?: string): OptionField => ({
  key,
  label,
  type: 'columns',
  of,
  ...(note && { note }),
})
const toggle = (key: string, label: string, isOnByDefault = false): OptionField => ({
  key,
  label,
  type: 'switch',
  isOnByDefault,
})
const choice = (key: string, label: string, ...choices: [id: string, label: string][]): OptionField => ({
  key,
  label,
  type: 'choice',
  choices: choices.map(([id, name]) => ({ id, label: name })),
})
const whole = (key: string, label: string, min: number, max: number): OptionField => ({
  key,
  label,
  type: 'number',
  min,
  max,
  isWhole: true,
  placeholder: 'Automatic',
})
const bound = (key: string, label: string): OptionField => ({ key, label, type: 'number', placeholder: 'Automatic' })

const VALUE = column('value', 'Value', 'measure')
const BY = column('by', 'By', 'dimension')
const LEGEND = choice('legend', 'Legend', ['top', 'Above'], ['right', 'Right'], ['none', 'None'])
const MOST = { ...whole('most', 'Show at most', 1, 50), note: 'The others are drawn as one.' }
const BANDS: OptionField = { key: 'bands', label: 'Bands', type: 'bands' }
const TARGET: OptionField = { key: 'target', label: 'Target', type: 'target' }
const TARGETS: OptionField = { key: 'targets', label: 'Targets', type: 'targets' }

const CARTESIAN = [
  column('x', 'Along the axis', 'axis'),
  column('series', 'Series', 'dimension'),
  columns('values', 'Values', 'measure'),
  LEGEND,
  MOST,
  choice('scale', 'Scale', ['linear', 'Linear'], ['log', 'Logarithmic']),
  TARGETS,
  BANDS,
]
const LINES = [
  ...CARTESIAN,
  choice('curve', 'Lines', ['straight', 'Straight'], ['smooth', 'Smooth'], ['step', 'Steps']),
  choice('gaps', 'Where nothing is known', ['break', 'Break the line'], ['join', 'Join the ends']),
  toggle('points', 'Mark every point'),
  toggle('fromZero', 'Begin at zero', true),
]
const PARTS = [
  BY,
  VALUE,
  choice('legend', 'Legend', ['', 'Where there is room'], ['top', 'Above'], ['right', 'Right'], ['none', 'None']),
  MOST,
]
const NESTED = [columns('path', 'From the outside in', 'dimension'), VALUE]
const MATRIX = [column('x', 'Across', 'axis'), column('y', 'Down', 'axis'), VALUE]
const FIGURE = [VALUE, TARGET, BANDS]
const POINTS = [
  column('x', 'Across', 'measure'),
  column('y', 'Up', 'measure'),
  column('series', 'Series', 'dimension'),
  column('label', 'Name of a point', 'dimension'),
  LEGEND,
]

export const KIND_OPTIONS: Readonly<Record<ChartKind, readonly OptionField[]>> = {
  line: LINES,
  area: LINES,
  stacked_area: LINES,
  share_area: LINES,
  bar: CARTESIAN,
  horizontal_bar: CARTESIAN,
  stacked_bar: [
    ...CARTESIAN,
    choice('direction', 'Bars go', ['up', 'Up'], ['right', 'To the right']),
    toggle('share', 'As shares of 100 %'),
  ],
  combo: [
    ...LINES,
    columns('bars', 'As bars', 'measure', 'The others are lines.'),
    columns('right', 'On the right axis', 'measure'),
  ],
  number: [...FIGURE, toggle('sparkline', 'Its course as a small line', true)],
  table: [
    columns('show', 'Columns', 'any', 'Nothing chosen: all.'),
    columns('bars', 'With bars', 'measure'),
    columns('heat', 'With shades', 'measure'),
    toggle('totals', 'A row of totals'),
  ],
  pivot: [
    columns('rows', 'Down', 'axis'),
    columns('columns', 'Across', 'axis'),
    columns('values', 'Values', 'measure'),
    toggle('heat', 'With shades'),
  ],
  pie: PARTS,
  donut: PARTS,
  scatter: POINTS,
  bubble: [...POINTS, column('size', 'Size', 'measure')],
  histogram: [VALUE, whole('bins', 'How many bars', 2, 200)],
  heat_map: MATRIX,
  calendar_heat_map: [column('time', 'Days', 'time'), VALUE],
  hour_weekday: [column('hour', 'Hours', 'dimension'), column('weekday', 'Weekdays', 'dimension'), VALUE],
  gauge: [...FIGURE, bound('min', 'Scale from'), bound('max', 'Scale to')],
  bullet: [...FIGURE, BY, bound('max', 'Scale to')],
  funnel: [BY, VALUE, columns('steps', 'Steps', 'measure', 'Instead of the values of a dimension.')],
  waterfall: [column('by', 'By', 'axis'), VALUE, toggle('total', 'A bar for the total', true)],
  treemap: NESTED,
  sunburst: NESTED,
  sankey: [column('from', 'From', 'dimension'), column('to', 'To', 'dimension'), VALUE],
  radar: [
    column('axis', 'Around', 'axis'),
    column('series', 'Series', 'dimension'),
    columns('values', 'Values', 'measure'),
    LEGEND,
  ],
  box_plot: [
    column('x', 'Along the axis', 'axis'),
    columns('values', 'Values', 'measure', 'One whose rows are the sample, or five: least, quartiles, greatest.'),
  ],
  cohort_grid: [choice('show', 'Show', ['share', 'Shares'], ['count', 'Persons'])],
  world_map: [column('country', 'Country', 'dimension'), VALUE],
  points_map: [
    column('country', 'Country', 'dimension'),
    column('latitude', 'Latitude', 'any'),
    column('longitude', 'Longitude', 'any'),
    column('size', 'Size', 'measure'),
    column('label', 'Name', 'dimension'),
  ],
  ranked_list: [BY, VALUE, toggle('share', 'With shares')],
  status_timeline: [
    column('time', 'Time', 'time'),
    BY,
    VALUE,
    { ...BANDS, note: 'What is good. Without them, only checks of 0 and 1 are judged.' },
  ],
  text: [
    {
      key: 'text',
      label: 'Text',
      type: 'text',
      rows: 12,
      placeholder: '## A heading\n\nSome **words**, a [link](https://…)',
    },
  ],
  image: [
    { key: 'address', label: 'Address', type: 'text', placeholder: 'https://…' },
    { key: 'alternative', label: 'What it shows', note: 'For those who can’t see it.', type: 'text', placeholder: '' },
    choice('fit', 'Size', ['contain', 'Show all of it'], ['cover', 'Fill the widget']),
  ],
  embed: [{ key: 'address', label: 'Address', type: 'text', placeholder: 'https://…' }],
}
