import { z } from 'zod'
import { GRAINS } from '../../time/grain.ts'
import { isTimeZone } from '../../time/moment.ts'
import { CALENDAR_PARTS, type CubeDefinition } from '../cube.ts'
import { NAME, NAME_TEXT } from '../names.ts'
import { fragmentProblem, subqueryProblem } from '../sql/sql-fragment.ts'

/** The form of a cube's definition: what can be said of each value by itself. `check-cube.ts` looks at how they fit together. */

const TABLE = /^[A-Za-z_]\w{0,127}(\.[A-Za-z_]\w{0,127})?$/

/** Checked by what `problem` says of it. */
const text = (problem: (text: string) => string | undefined) =>
  z
    .string()
    .max(10_000)
    .superRefine((value, context) => {
      const message = problem(value)
      if (message !== undefined) context.addIssue({ code: 'custom', message })
    })
/** Says what came instead. */
const matching = (pattern: RegExp, expected: string) =>
  text((value) => (pattern.test(value) ? undefined : `expected ${expected}, got "${value}"`))

const name = matching(NAME, NAME_TEXT)
const identifier = matching(/^[A-Za-z_]\w{0,127}$/, 'the plain name of a table or a column')
const qualified = matching(TABLE, 'the plain name of a table, or one behind its database and a dot')
const sql = text(fragmentProblem)
const optionalSql = sql.exactOptional()
const yes = z.literal(true).exactOptional()

const shown = {
  label: z.string().min(1).max(100),
  description: z.string().max(1000).exactOptional(),
}

const type = z.enum(['string', 'number', 'boolean'])
const Dimension = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('expression'), sql, type, isWide: yes, ...shown }),
  z.strictObject({ kind: z.literal('property'), path: text(pathProblem), type, isWide: yes, ...shown }),
  z.strictObject({
    kind: z.literal('lookup'),
    table: identifier,
    key: identifier,
    value: identifier,
    of: sql,
    type,
    isWide: yes,
    ...shown,
  }),
  z.strictObject({
    kind: z.literal('buckets'),
    of: sql,
    bounds: z.array(z.number()).min(1).max(100).superRefine(ascending),
    unit: z.string().min(1).max(20).exactOptional(),
    ...shown,
  }),
  z.strictObject({ kind: z.literal('calendar'), part: z.enum(CALENDAR_PARTS), ...shown }),
])

const measured = {
  ...shown,
  format: z.enum(['integer', 'decimal', 'bytes', 'percent', 'currency', 'seconds', 'milliseconds']),
  currency: matching(/^[A-Z]{3}$/, 'a currency such as EUR').exactOptional(),
  better: z.enum(['higher', 'lower']),
  gaps: z.enum(['zero', 'null', 'previous']),
}
const Addend = z.strictObject({ of: optionalSql, only: optionalSql, number: z.enum(['integer', 'decimal', 'float']) })
const grain = z.enum(GRAINS)

const Measure = z.discriminatedUnion('class', [
  z.strictObject({ class: z.literal('additive'), part: Addend, ...measured }),
  z.strictObject({
    class: z.literal('extremal'),
    aggregate: z.enum(['min', 'max']),
    of: sql,
    only: optionalSql,
    ...measured,
  }),
  z.strictObject({ class: z.literal('decomposable'), numerator: Addend, denominator: Addend, ...measured }),
  z.strictObject({
    class: z.literal('mergeable'),
    state: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('persons') }),
      z.strictObject({ kind: z.literal('uniq'), of: sql, isExact: z.boolean() }),
      z.strictObject({
        kind: z.literal('quantile'),
        of: sql,
        level: z.number().refine((level) => level > 0 && level < 1, 'expected a number between 0 and 1, such as 0.95'),
      }),
    ]),
    only: optionalSql,
    ...measured,
  }),
  z.strictObject({
    class: z.literal('last_value'),
    pick: z.enum(['first', 'last']),
    of: sql,
    per: z.array(z.string()).max(10),
    ...measured,
  }),
  z.strictObject({
    class: z.literal('exact'),
    state: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('median'), of: sql, only: optionalSql }),
      z.strictObject({ kind: z.literal('imported'), of: sql, grain, by: z.array(z.string()).max(10) }),
    ]),
    ...measured,
  }),
  z.strictObject({ class: z.literal('derived'), formula: z.string(), ...measured }),
  z.strictObject({
    class: z.literal('window'),
    measure: z.string(),
    window: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('trailing'), days: z.int().min(1).max(1000) }),
      z.strictObject({ kind: z.literal('to_date'), grain }),
      z.strictObject({ kind: z.literal('mean'), grain }),
      z.strictObject({ kind: z.literal('share') }),
    ]),
    ...measured,
  }),
])

export const CubeSchema: z.ZodType<CubeDefinition> = z.strictObject({
  name,
  ...shown,
  base: z.strictObject({
    from: text(fromProblem),
    tables: z.array(qualified).min(1).max(20),
    isReplacing: yes,
    where: sql,
    timeColumn: sql,
    person: z.enum(['visitor_id', 'person_id']).exactOptional(),
  }),
  calendar: z.strictObject({
    timezone: text((zone) =>
      isTimeZone(zone) ? undefined : `expected a time zone such as Europe/Berlin, got "${zone}"`,
    ),
    firstDayOfWeek: z.int().min(1).max(7),
    fiscalYearStart: z.int().min(1).max(12),
  }),
  dimensions: z.record(z.string(), Dimension).refine(isShort, 'expected at most 100 dimensions'),
  measures: z
    .record(z.string(), Measure)
    .refine((measures) => Object.keys(measures).length > 0, 'expected at least one measure')
    .refine(isShort, 'expected at most 100 measures'),
  defaultFilters: z.record(z.string(), z.array(z.union([z.string(), z.number(), z.boolean()])).min(1)),
  rollups: z
    .array(
      z.strictObject({
        dimensions: z.array(z.string()),
        measures: z.array(z.string()).min(1).exactOptional(),
        step: z.enum(['quarter_hour', 'hour']),
        states: z.literal('day').exactOptional(),
      }),
    )
    .max(100),
})

function isShort(record: object): boolean {
  return Object.keys(record).length <= 100
}

function ascending(bounds: readonly number[], context: z.RefinementCtx): void {
  for (const [i, bound] of bounds.entries()) {
    const before = bounds[i - 1]
    if (before === undefined || before < bound) continue
    context.addIssue({ code: 'custom', path: [i], message: `expected a bound above ${before}, got ${bound}` })
  }
}

function pathProblem(path: string): string | undefined {
  if (/^[\w$ -]+(\.[\w$ -]+)*$/.test(path) && path.length <= 200) return undefined
  return `expected the path of a property such as plan or cart.size, of letters, digits, _, -, $ and spaces, got "${path}"`
}

/** A table, or a query in brackets with an alias. */
function fromProblem(from: string): string | undefined {
  if (TABLE.test(from)) return undefined
  const query = /^\((?<inside>.*)\) AS [a-z_]\w*$/is.exec(from)?.groups?.inside
  return query === undefined
    ? 'expected the name of a table, or a query in brackets with an alias, such as (SELECT … FROM …) AS base'
    : subqueryProblem(query)
}
