import type {
  BucketsDimension,
  CalendarDimension,
  CalendarPart,
  DimensionType,
  ExpressionDimension,
  LookupDimension,
  PropertyDimension,
} from '../cube.ts'

/** Dimensions as they are written in `defineCube`: the label is by default the name, `campaign_source` is "Campaign source". */

interface DimensionOptions {
  readonly label?: string
  readonly description?: string
}
interface ValueOptions<Type extends DimensionType> extends DimensionOptions {
  /** By default text. */
  readonly type?: Type
  /** Tens of thousands of values and more. */
  readonly wide?: boolean
}

type Unlabelled<T> = Omit<T, 'label'> & DimensionOptions
/** The type is known to the compiler, so that default filters are checked where they are written. */
type Typed<T, Type extends DimensionType> = Omit<Unlabelled<T>, 'type'> & { readonly type: Type }

export type DimensionInput =
  | Unlabelled<ExpressionDimension>
  | Unlabelled<PropertyDimension>
  | Unlabelled<LookupDimension>
  | Unlabelled<BucketsDimension>
  | Unlabelled<CalendarDimension>

/** A column, or an expression over the raw rows. */
export function column<const Type extends DimensionType = 'string'>(
  sql: string,
  options: ValueOptions<Type> = {},
): Typed<ExpressionDimension, NoInfer<Type>> {
  return { kind: 'expression', sql, ...valueOptions(options) }
}

/** A property of events by its path, such as `plan` or `cart.size`. */
export function property<const Type extends DimensionType = 'string'>(
  path: string,
  options: ValueOptions<Type> = {},
): Typed<PropertyDimension, NoInfer<Type>> {
  return { kind: 'property', path, ...valueOptions(options) }
}

interface LookupOptions<Type extends DimensionType> extends ValueOptions<Type> {
  readonly table: string
  /** The column of that table that is compared with `of`. */
  readonly key: string
  /** The column of that table that is the dimension's value. */
  readonly value: string
  /** A column, or an expression over the raw rows. */
  readonly of: string
}

/** A value of another table, found by a key. */
export function lookup<const Type extends DimensionType = 'string'>({
  table,
  key,
  value,
  of,
  ...options
}: LookupOptions<Type>): Typed<LookupDimension, NoInfer<Type>> {
  return { kind: 'lookup', table, key, value, of, ...valueOptions(options) }
}

/** Ranges of a number, cut at ascending bounds. */
export function buckets(
  of: string,
  bounds: readonly number[],
  options: DimensionOptions & { readonly unit?: string } = {},
): Unlabelled<BucketsDimension> {
  return { kind: 'buckets', of, bounds, ...options }
}

/** A part of the calendar in the query's zone. */
export function calendar(part: CalendarPart, options: DimensionOptions = {}): Unlabelled<CalendarDimension> {
  return { kind: 'calendar', part, ...options }
}

function valueOptions<Type extends DimensionType>({ type, wide, ...options }: ValueOptions<Type>) {
  return { type: type ?? ('string' as Type), ...(wide && { isWide: true as const }), ...options }
}
