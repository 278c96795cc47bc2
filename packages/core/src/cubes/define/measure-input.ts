import type { Grain } from '../../time/grain.ts'
import type { Addend, ExtremalMeasure, LastValueMeasure, Measure, MeasureFormat, Window } from '../measure.ts'

/** Measures as they are written in `defineCube`: what is not said has a default by its kind, see `measure-defaults.ts`. */

type WithoutDefaults<T> = T extends unknown ? Omit<T, 'label' | 'format' | 'better' | 'gaps'> : never

/** How a measure is shown. */
export interface MeasureOptions {
  /** By default the name: `average_size` is "Average size". */
  readonly label?: string
  readonly description?: string
  readonly format?: MeasureFormat
  /** ISO 4217, for the format `currency`. */
  readonly currency?: string
  /** `lower` where less is good. */
  readonly better?: 'higher' | 'lower'
  /** What stands where there are no rows. */
  readonly gaps?: 'zero' | 'null' | 'previous'
}
interface FilteredOptions extends MeasureOptions {
  /** A condition over the raw rows: only these count. */
  readonly only?: string
}

export type MeasureInput = MeasureOptions & WithoutDefaults<Measure>
/** The names in it are known to the compiler, so that a wrong one is an error where it is written. */
export type WindowInput<Name extends string> = MeasureOptions & {
  readonly class: 'window'
  readonly measure: Name
  readonly window: Window
}
export type LastInput<Name extends string> = MeasureOptions &
  Omit<WithoutDefaults<LastValueMeasure>, 'per'> & { readonly per: readonly Name[] }
export type ImportedInput<Name extends string> = MeasureOptions & {
  readonly class: 'exact'
  readonly state: {
    readonly kind: 'imported'
    readonly of: string
    readonly grain: Grain
    readonly by: readonly Name[]
  }
}
type Input<Class extends Measure['class']> = MeasureOptions & WithoutDefaults<Extract<Measure, { class: Class }>>

/** Rows. */
export function count({ only, ...options }: FilteredOptions = {}): Input<'additive'> {
  return { class: 'additive', part: { number: 'integer', ...given({ only }) }, ...options }
}

interface SumOptions extends FilteredOptions {
  /** By default by the format: integers for `integer` and `bytes`, decimals for `currency`, else floating point numbers. */
  readonly number?: Addend['number']
}

/** A column or an expression, added up. */
export function sum(of: string, { only, number, ...options }: SumOptions = {}): Input<'additive'> {
  const fitting = { integer: 'integer', bytes: 'integer', currency: 'decimal' } as const
  const byFormat =
    options.format !== undefined && options.format in fitting ? fitting[options.format as 'integer'] : 'float'
  return { class: 'additive', part: { of, number: number ?? byFormat, ...given({ only }) }, ...options }
}

/** The least value. */
export function min(of: string, options: FilteredOptions = {}): Input<'extremal'> {
  return extremal('min', of, options)
}

/** The greatest value. */
export function max(of: string, options: FilteredOptions = {}): Input<'extremal'> {
  return extremal('max', of, options)
}

function extremal(aggregate: ExtremalMeasure['aggregate'], of: string, options: FilteredOptions): Input<'extremal'> {
  return { class: 'extremal', aggregate, of, ...options }
}

/** The mean of a column or an expression over the rows. */
export function average(of: string, { only, ...options }: FilteredOptions = {}): Input<'decomposable'> {
  return {
    class: 'decomposable',
    numerator: { of, number: 'float', ...given({ only }) },
    denominator: { number: 'integer', ...given({ only }) },
    ...options,
  }
}

interface AddendInput {
  /** Absent: rows are counted. */
  readonly of?: string
  readonly only?: string
  readonly number?: Addend['number']
}

/** One sum or count divided by another: `ratio({ only: 'status >= 400' }, {})` is the share of errors. */
export function ratio(
  numerator: AddendInput,
  denominator: AddendInput,
  options: MeasureOptions = {},
): Input<'decomposable'> {
  return { class: 'decomposable', numerator: addend(numerator), denominator: addend(denominator), ...options }
}

function addend({ number, ...rest }: AddendInput): Addend {
  return { number: number ?? (rest.of === undefined ? 'integer' : 'float'), ...rest }
}

/** Different persons, exactly. The base says who stands behind a row. */
export function persons(options: FilteredOptions = {}): Input<'mergeable'> {
  return { class: 'mergeable', state: { kind: 'persons' }, ...options }
}

interface UniqOptions extends FilteredOptions {
  /** False: much smaller where there are many, with an error of some tenths of a percent. */
  readonly exact?: boolean
}

/** Different values of a column or an expression. */
export function uniq(of: string, { exact = true, ...options }: UniqOptions = {}): Input<'mergeable'> {
  return { class: 'mergeable', state: { kind: 'uniq', of, isExact: exact }, ...options }
}

/** The value below which this share of the rows lies, such as 0.95. */
export function quantile(of: string, level: number, options: FilteredOptions = {}): Input<'mergeable'> {
  return { class: 'mergeable', state: { kind: 'quantile', of, level }, ...options }
}

/** The exact middle, from the raw rows each time. */
export function median(of: string, { only, ...options }: FilteredOptions = {}): Input<'exact'> {
  return { class: 'exact', state: { kind: 'median', of, ...given({ only }) }, ...options }
}

interface PerOptions<Name extends string> extends MeasureOptions {
  /** The dimensions that tell the things apart that have such a value, such as accounts. */
  readonly per: readonly Name[]
}

/** The last value over time, summed over things: followers, balances, stock. */
export function last<const Name extends string>(
  of: string,
  { per, ...options }: PerOptions<Name>,
): LastInput<NoInfer<Name>> {
  return { class: 'last_value', pick: 'last', of, per, ...options }
}

/** The first value over time, summed over things: what was there at the beginning. */
export function first<const Name extends string>(
  of: string,
  { per, ...options }: PerOptions<Name>,
): LastInput<NoInfer<Name>> {
  return { class: 'last_value', pick: 'first', of, per, ...options }
}

interface ImportedOptions<Name extends string> extends MeasureOptions {
  readonly grain: Grain
  /** The dimensions that the figure was computed by; none is the figure of everything. */
  readonly by: readonly Name[]
}

/** A figure that another system computed, such as a reported reach, which cannot be added up or split. */
export function imported<const Name extends string>(
  of: string,
  { grain, by, ...options }: ImportedOptions<Name>,
): ImportedInput<NoInfer<Name>> {
  return { class: 'exact', state: { kind: 'imported', of, grain, by }, ...options }
}

/** Computed from other measures of the cube: `formula('revenue / visitors')`. */
export function formula(text: string, options: MeasureOptions = {}): Input<'derived'> {
  return { class: 'derived', formula: text, ...options }
}

/** A measure divided by its value over all values of the dimensions. */
export function shareOf<const Name extends string>(
  measure: Name,
  options: MeasureOptions = {},
): WindowInput<NoInfer<Name>> {
  return { class: 'window', measure, window: { kind: 'share' }, ...options }
}

/** A measure over the days up to the end of the bucket: `trailing('visitors', 28)` is monthly active users. */
export function trailing<const Name extends string>(
  measure: Name,
  days: number,
  options: MeasureOptions = {},
): WindowInput<NoInfer<Name>> {
  return { class: 'window', measure, window: { kind: 'trailing', days }, ...options }
}

/** A measure from the start of the longer bucket to the end of this one: `toDate('revenue', 'month')`. */
export function toDate<const Name extends string>(
  measure: Name,
  grain: Grain,
  options: MeasureOptions = {},
): WindowInput<NoInfer<Name>> {
  return { class: 'window', measure, window: { kind: 'to_date', grain }, ...options }
}

/** The mean of a measure's values by a finer grain: `mean('visitors', 'day')` is daily active users of a month. */
export function mean<const Name extends string>(
  measure: Name,
  grain: Grain,
  options: MeasureOptions = {},
): WindowInput<NoInfer<Name>> {
  return { class: 'window', measure, window: { kind: 'mean', grain }, ...options }
}

const given = ({ only }: { readonly only: string | undefined }) => (only === undefined ? {} : { only })
