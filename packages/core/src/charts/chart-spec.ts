import { z } from 'zod'

/**
 * How a frame is shown, as data: what a widget holds, what is exported as code and what the server draws. Which column plays
 * which part may be left out: time or the first dimension along the axis, the next dimension for the series, all measures
 * for the values (`roles.ts`).
 */

const column = z.string().min(1).max(200)
const columns = z.array(column).max(20)
const FORMATS = ['integer', 'decimal', 'bytes', 'percent', 'currency', 'seconds', 'milliseconds'] as const

/** What every kind has. */
const base = {
  /** By column, instead of the names that the cube gives. */
  labels: z.record(z.string(), z.string().max(500)).optional(),
  /** By column, instead of the format that the cube gives. */
  formats: z.record(z.string(), z.enum(FORMATS)).optional(),
  /** By series (the value of the series' dimension, or the measure): a place in the palette, from 1 on. */
  colours: z.record(z.string(), z.int().min(1).max(10)).optional(),
}
const legend = z.enum(['top', 'right', 'none']).optional()
const Target = z.strictObject({ value: z.number(), label: z.string().max(500).optional() })
const Band = z.strictObject({
  from: z.number().optional(),
  to: z.number().optional(),
  tone: z.enum(['good', 'warning', 'bad']),
  label: z.string().max(500).optional(),
})

/** Along an axis: time, or the values of a dimension. */
const cartesian = {
  ...base,
  x: column.optional(),
  /** A dimension: each of its values is a series. */
  series: column.optional(),
  values: columns.optional(),
  legend,
  targets: z.array(Target).max(10).optional(),
  bands: z.array(Band).max(10).optional(),
  scale: z.enum(['linear', 'log']).optional(),
  /** Series beyond these are drawn as one, "Everything else", and all are in the table. */
  most: z.int().min(1).max(50).optional(),
}
const lines = {
  ...cartesian,
  /** Bars begin at zero; lines may not. */
  fromZero: z.boolean().optional(),
  curve: z.enum(['straight', 'smooth', 'step']).optional(),
  points: z.boolean().optional(),
  gaps: z.enum(['break', 'join']).optional(),
}
const kind = <Kind extends string, Shape extends z.ZodRawShape>(name: Kind, shape: Shape) =>
  z.strictObject({ kind: z.literal(name), ...shape })

/** A value for each combination of two dimensions, or of time and one. */
const matrix = { ...base, x: column.optional(), y: column.optional(), value: column.optional() }
/** Parts of a whole by one dimension. */
const parts = {
  ...base,
  by: column.optional(),
  value: column.optional(),
  legend,
  most: z.int().min(1).max(50).optional(),
}
/** Parts of parts: one dimension inside the other. */
const nested = { ...base, path: columns.optional(), value: column.optional() }
const single = {
  ...base,
  value: column.optional(),
  target: Target.optional(),
  bands: z.array(Band).max(10).optional(),
}

export const ChartSpec = z
  .discriminatedUnion('kind', [
    kind('line', lines),
    kind('area', lines),
    kind('stacked_area', lines),
    kind('share_area', lines),
    kind('bar', cartesian),
    kind('horizontal_bar', cartesian),
    kind('stacked_bar', { ...cartesian, direction: z.enum(['up', 'right']).optional(), share: z.boolean().optional() }),
    kind('combo', { ...lines, bars: columns.optional(), right: columns.optional() }),
    kind('number', { ...single, sparkline: z.boolean().optional() }),
    kind('table', {
      ...base,
      show: columns.optional(),
      bars: columns.optional(),
      heat: columns.optional(),
      totals: z.boolean().optional(),
    }),
    kind('pivot', {
      ...base,
      rows: columns.optional(),
      columns: columns.optional(),
      values: columns.optional(),
      heat: z.boolean().optional(),
    }),
    kind('pie', parts),
    kind('donut', parts),
    kind('scatter', {
      ...base,
      x: column.optional(),
      y: column.optional(),
      series: column.optional(),
      label: column.optional(),
      legend,
    }),
    kind('bubble', {
      ...base,
      x: column.optional(),
      y: column.optional(),
      size: column.optional(),
      series: column.optional(),
      label: column.optional(),
      legend,
    }),
    kind('histogram', { ...base, value: column.optional(), bins: z.int().min(2).max(200).optional() }),
    kind('heat_map', matrix),
    kind('calendar_heat_map', { ...base, time: column.optional(), value: column.optional() }),
    kind('hour_weekday', { ...base, hour: column.optional(), weekday: column.optional(), value: column.optional() }),
    kind('gauge', { ...single, min: z.number().optional(), max: z.number().optional() }),
    kind('bullet', { ...single, by: column.optional(), max: z.number().optional() }),
    kind('funnel', { ...base, by: column.optional(), value: column.optional(), steps: columns.optional() }),
    kind('waterfall', { ...base, by: column.optional(), value: column.optional(), total: z.boolean().optional() }),
    kind('treemap', nested),
    kind('sunburst', nested),
    kind('sankey', { ...base, from: column.optional(), to: column.optional(), value: column.optional() }),
    kind('radar', { ...base, axis: column.optional(), series: column.optional(), values: columns.optional(), legend }),
    /** Either five measures (least, quartiles, greatest) or one measure whose rows are the sample. */
    kind('box_plot', { ...base, x: column.optional(), values: columns.optional() }),
    kind('cohort_grid', { ...base, show: z.enum(['share', 'count']).optional() }),
    kind('world_map', { ...base, country: column.optional(), value: column.optional() }),
    kind('points_map', {
      ...base,
      latitude: column.optional(),
      longitude: column.optional(),
      /** Instead of coordinates: countries, whose middles are taken. */
      country: column.optional(),
      size: column.optional(),
      label: column.optional(),
    }),
    kind('ranked_list', { ...base, by: column.optional(), value: column.optional(), share: z.boolean().optional() }),
    kind('status_timeline', {
      ...base,
      time: column.optional(),
      by: column.optional(),
      value: column.optional(),
      /** Which values are how good; a state is that of the first band that holds its value. */
      bands: z.array(Band).max(10).optional(),
    }),
    kind('text', { ...base, text: z.string().max(20_000) }),
    kind('image', {
      ...base,
      address: z.string().max(2000),
      alternative: z.string().max(500),
      fit: z.enum(['contain', 'cover']).optional(),
    }),
    kind('embed', { ...base, address: z.string().max(2000) }),
  ])
  .meta({ id: 'ChartSpec', description: 'How figures are shown.' })

export type ChartSpec = z.output<typeof ChartSpec>
export type ChartKind = ChartSpec['kind']
export type ChartOf<Kind extends ChartKind> = Extract<ChartSpec, { readonly kind: Kind }>
