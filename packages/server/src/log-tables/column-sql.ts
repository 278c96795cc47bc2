import type { LogColumn } from './log-table.ts'

/**
 * A column as an expression over `event.properties`, of the narrowest type that holds everything that ever came at its path:
 * whole numbers and fractions meet as Float64, dates and times as DateTime64, and all else as text. What was not there is
 * NULL (an empty array in a column of arrays).
 */
export function columnSql({ path, types }: Pick<LogColumn, 'path' | 'types'>): string {
  const value = `event.properties.${path
    .split('.')
    .map((key) => `\`${key}\``)
    .join('.')}`
  const as = (type: string) => `${value}.:\`${type}\``
  const [only, another] = types
  if (only !== undefined && another === undefined && PLAIN.has(only)) return as(only)
  // Not a cast of the whole, which would fail at a text that came before the view was made anew.
  if (types.every((type) => NUMBERS.has(type))) return firstOf(types.map((type) => `toFloat64(${as(type)})`))
  if (types.every((type) => TIMES.has(type))) return firstOf(types.map((type) => `toDateTime64(${as(type)}, 3, 'UTC')`))
  const text = `CAST(${value}, 'Nullable(String)')`
  if (types.every((type) => SCALARS.has(type))) return text
  return `if(startsWith(dynamicType(${value}), 'Array'), toJSONString(${value}), ${text})`
}

function firstOf(values: readonly string[]): string {
  return values.length === 1 ? `${values[0]}` : `coalesce(${values.join(', ')})`
}

const NUMBERS = new Set(['Int64', 'UInt64', 'Float64'])
const TIMES = new Set(['Date', 'Date32', 'DateTime', 'DateTime64(9)'])
const SCALARS = new Set([...NUMBERS, ...TIMES, 'Bool', 'String'])
const ARRAYS = ['String', 'Int64', 'Float64', 'Bool'].map((type) => `Array(Nullable(${type}))`)
/** Taken as they are. Times are not: those of the JSON have nine digits, and nobody has printed them. */
const PLAIN = new Set([...NUMBERS, 'Bool', 'String', 'Date', 'Date32', ...ARRAYS])
