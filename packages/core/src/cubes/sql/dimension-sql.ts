import { quotedText } from '../../sql/quoted-text.ts'
import type { BucketsDimension, CalendarPart, Dimension, DimensionType } from '../cube.ts'

/** Dimensions in SQL. */

/** Of values that are compared with a dimension. */
export const ENGINE_TYPE = { string: 'String', number: 'Float64', boolean: 'Bool' } as const satisfies Record<
  DimensionType,
  string
>

/** Whether it has tens of thousands of values. */
export function isWide(dimension: Dimension): boolean {
  return 'isWide' in dimension && dimension.isWide === true
}

export function typeOf(dimension: Dimension): DimensionType {
  switch (dimension.kind) {
    case 'expression':
    case 'property':
    case 'lookup':
      return dimension.type
    case 'buckets':
      return 'string'
    case 'calendar':
      return 'number'
  }
}

/** Of the column that keeps a dimension; calendar parts are not kept, they depend on the query's zone. */
export function columnType(dimension: Exclude<Dimension, { kind: 'calendar' }>): string {
  const type = typeOf(dimension)
  return type === 'string' && !isWide(dimension) ? 'LowCardinality(String)' : ENGINE_TYPE[type]
}

/** Over raw rows, where the joins of lookups stand behind FROM. `name` is the dimension's. */
export function dimensionSql(name: string, dimension: Exclude<Dimension, { kind: 'calendar' }>): string {
  switch (dimension.kind) {
    case 'expression':
      // Bare, so that a filter on a column of the primary key is seen as one.
      return { string: dimension.sql, number: `toFloat64(${dimension.sql})`, boolean: `toBool(${dimension.sql})` }[
        dimension.type
      ]
    case 'property':
      return FROM_TEXT[dimension.type](`ifNull(toString(${propertySql(dimension.path)}), '')`)
    case 'lookup':
      return FROM_TEXT[dimension.type](`found$${name}`)
    case 'buckets':
      return bucketsSql(dimension)
  }
}

/** The table of a lookup, each key once. */
export function lookupJoin(name: string, { table, key, value, of }: Extract<Dimension, { kind: 'lookup' }>): string {
  return `LEFT ANY JOIN (
  SELECT toString(${key}) AS sought$${name}, any(toString(${value})) AS found$${name} FROM ${table} GROUP BY 1
) AS lookup$${name} ON toString(${of}) = sought$${name}`
}

/**
 * A part of the calendar at `time`, in the zone of the parameter `zone`. The `bitAnd` changes nothing but that no index is asked
 * about it: from the first and the last time of a part of the table ClickHouse concludes which weekdays are in between, and with
 * a Sunday among them the rows are skipped (26.7).
 */
export function calendarSql(part: CalendarPart, time: string): string {
  const functions = {
    hour_of_day: 'toHour',
    day_of_week: 'toDayOfWeek',
    day_of_month: 'toDayOfMonth',
    week_of_year: 'toISOWeek',
    month_of_year: 'toMonth',
  } as const satisfies Record<CalendarPart, string>
  return `toFloat64(bitAnd(${functions[part]}(toTimeZone(${time}, {zone:String})), 255))`
}

/** The subcolumn of the events' JSON; a path is checked to have nothing in it that would end the name. */
export function propertySql(path: string): string {
  return `properties.${path
    .split('.')
    .map((segment) => `\`${segment}\``)
    .join('.')}`
}

const FROM_TEXT: Record<DimensionType, (text: string) => string> = {
  string: (text) => text,
  number: (text) => `toFloat64OrZero(${text})`,
  boolean: (text) => `toBool(${text} IN ('true', '1'))`,
}

function bucketsSql(dimension: BucketsDimension): string {
  const { of, bounds } = dimension
  const labels = bucketLabels(dimension)
  const cases = bounds.map((bound, i) => `toFloat64(${of}) < ${bound}, ${quotedText(labels[i] as string)}`)
  return `multiIf(${[...cases, quotedText(labels.at(-1) as string)].join(', ')})`
}

/** The labels of the ranges in order, such as `< 10 s`, `10 – 60 s`, `≥ 60 s`. */
export function bucketLabels({ bounds, unit }: Pick<BucketsDimension, 'bounds' | 'unit'>): string[] {
  const suffix = unit === undefined ? '' : ` ${unit}`
  const between = bounds.slice(1).map((bound, i) => `${bounds[i]} – ${bound}${suffix}`)
  return [`< ${bounds[0]}${suffix}`, ...between, `≥ ${bounds.at(-1)}${suffix}`]
}

/** Which of the ranges a label names, from 1 on. */
export function bucketIndexSql(dimension: BucketsDimension, label: string): string {
  return `indexOf([${bucketLabels(dimension).map(quotedText).join(', ')}], ${label})`
}
