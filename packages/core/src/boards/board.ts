import { z } from 'zod'
import { ChartSpec } from '../charts/chart-spec.ts'
import { CohortRequest } from '../cohorts/cohort.ts'
import { QueryFilter } from '../query/filter.ts'
import { Comparison, Query } from '../query/query.ts'
import { GRAINS } from '../time/grain.ts'
import { GRID } from './grid.ts'

/**
 * A dashboard as data: what is stored, what is exported as TypeScript and read back, and what a public link may show. A widget
 * leaves to the board what the reader chooses there: the range, the grain, comparisons, filters.
 */

const id = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'expected an id of lower case letters, digits, - and _')
const text = z.string().max(500)

/** A preset such as `28d`, or `now-7d/d to now`, or `2026-01-01 to 2026-02-01`: see `time/range-expression.ts`. */
export const RangeText = z.string().min(1).max(200)

/** A question to a cube, without what the board decides. */
const CubeData = Query.pick({
  cube: true,
  measures: true,
  dimensions: true,
  having: true,
  top: true,
  totals: true,
  order: true,
})
  .extend({
    from: z.literal('cube'),
    filters: z.array(QueryFilter).max(50).default([]),
    segments: z.array(z.string()).max(10).default([]),
    limit: z.int().min(1).max(100_000).optional(),
    /** `board`: by time, as fine as the board says. `none`: the whole range as one. */
    grain: z.enum(['board', 'none', ...GRAINS]).default('none'),
    /** `board`: what the reader compares with. */
    compare: z.union([z.enum(['board', 'none']), z.array(Comparison).max(4)]).default('board'),
    /** Instead of the board's. */
    range: RangeText.optional(),
    /** The board's filters and variables do not touch it. */
    isFixed: z.boolean().default(false),
  })
  .strict()

/**
 * A statement of ClickHouse. `{from:DateTime}`, `{to:DateTime}`, `{timezone:String}` and `{grain:String}` are the board's, a
 * board's variable is `{name:Array(String)}`; `parameters` are its own.
 */
const SqlData = z.strictObject({
  from: z.literal('sql'),
  sql: z.string().min(1).max(100_000),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).default({}),
  range: RangeText.optional(),
})

const CohortData = z.strictObject({
  from: z.literal('cohorts'),
  cohorts: CohortRequest.omit({ from: true, to: true, timezone: true, firstDayOfWeek: true }),
  range: RangeText.optional(),
})

/** A statement that was saved by name (`/api/v1/data-sources`). */
const SavedData = z.strictObject({ from: z.literal('saved'), name: id, range: RangeText.optional() })

export const WidgetData = z.discriminatedUnion('from', [CubeData, SqlData, CohortData, SavedData])
export type WidgetData = z.output<typeof WidgetData>
export type CubeData = z.output<typeof CubeData>

const Place = z.strictObject({
  x: z
    .int()
    .min(0)
    .max(GRID.columns - 1),
  y: z.int().min(0).max(5000),
  w: z.int().min(2).max(GRID.columns),
  h: z.int().min(2).max(60),
})
export type Place = z.output<typeof Place>

export const Widget = z.strictObject({
  id,
  title: text.default(''),
  description: z.string().max(2000).optional(),
  place: Place,
  chart: ChartSpec,
  /** Nothing for text, images and embedded pages. Several are joined by time and by the dimensions that they share. */
  data: z.array(WidgetData).max(5).default([]),
})
export type Widget = z.output<typeof Widget>
export type WidgetInput = z.input<typeof Widget>

const Section = z.strictObject({
  id,
  /** Without one the section has no header and is always open. */
  title: text.optional(),
  /** What is collapsed asks nothing. */
  isCollapsed: z.boolean().default(false),
  widgets: z.array(Widget).max(100).default([]),
})
export type Section = z.output<typeof Section>

const Tab = z.strictObject({ id, title: text, sections: z.array(Section).min(1).max(50) })
export type Tab = z.output<typeof Tab>

/** A choice for the whole board: values of a dimension. It filters every widget whose cube has the dimension. */
export const Variable = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'expected a name of lower case letters, digits and _'),
  label: text,
  /** Where its values are looked up. */
  cube: z.string(),
  dimension: z.string(),
  isMultiple: z.boolean().default(true),
  /** Nothing: all values. */
  values: z.array(z.string().max(500)).max(100).default([]),
})
export type Variable = z.output<typeof Variable>

/** Moments out of a query, beside those that were entered: rows with `at`, `title` and, if wanted, `until`. */
const AnnotationQuery = z.strictObject({ name: text, sql: z.string().min(1).max(20_000) })

export const REFRESH = ['off', 'live', '10s', '30s', '1m', '5m', '15m', '1h'] as const

export const Board = z
  .strictObject({
    title: z.string().trim().min(1, 'expected a title').max(500),
    description: z.string().max(5000).optional(),
    /** What a reader sees who has chosen nothing. */
    range: RangeText.default('28d'),
    grain: z.enum(['auto', ...GRAINS]).default('auto'),
    compare: z.array(Comparison).max(4).default([]),
    /** IANA name; without one, that of the reader. */
    timezone: z.string().max(100).optional(),
    refresh: z.enum(REFRESH).default('live'),
    /** Of all widgets whose cube has the dimensions. */
    filters: z.array(QueryFilter).max(20).default([]),
    variables: z.array(Variable).max(20).default([]),
    annotations: z
      .strictObject({
        isShown: z.boolean().default(true),
        /** Only those with one of the tags; without any, all. */
        tags: z.array(text).max(20).default([]),
        queries: z.array(AnnotationQuery).max(5).default([]),
      })
      .prefault({}),
    tabs: z.array(Tab).min(1).max(20),
  })
  .superRefine(({ tabs }, context) => {
    for (const { list, path, what } of idLists(tabs)) {
      for (const [i, one] of list.entries()) {
        if (list.indexOf(one) < i)
          context.addIssue({ code: 'custom', path: [...path, i], message: `there is another ${what} "${one}"` })
      }
    }
  })
  .meta({ id: 'Board', description: 'A dashboard.' })
export type Board = z.output<typeof Board>
export type BoardInput = z.input<typeof Board>

/** Ids name a tab in the board, a section and a widget in the whole of it. */
function idLists(tabs: readonly Tab[]) {
  return [
    { list: tabs.map(({ id }) => id), path: ['tabs'], what: 'tab' },
    { list: tabs.flatMap(({ sections }) => sections.map(({ id }) => id)), path: ['sections'], what: 'section' },
    { list: widgetsOf({ tabs }).map(({ id }) => id), path: ['widgets'], what: 'widget' },
  ]
}

export function widgetsOf({ tabs }: { readonly tabs: readonly Tab[] }): Widget[] {
  return tabs.flatMap(({ sections }) => sections.flatMap(({ widgets }) => widgets))
}

/** Who may see a board: its owner alone, everybody who is signed in, or everybody who has the address. */
export const VISIBILITIES = ['private', 'team', 'public'] as const
export type Visibility = (typeof VISIBILITIES)[number]
