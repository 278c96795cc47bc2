import { z } from 'zod'

/**
 * What stands for a value that is only known when somebody asks: in the queries of an endpoint, and in its answer. A
 * reference is an object with a key that begins with `$`; everything else in a template is taken as it stands. Templates are
 * data and no functions, so that an endpoint can be checked before it is served, described, and kept.
 */

const FORMATTING = {
  /** Of a time: its date, its month (`2026-01`), its ISO week (`2026-W05`), … Without it, the instant with its offset. */
  as: z.enum(['date', 'week', 'month', 'quarter', 'year']).optional(),
  /** Digits behind the point. */
  digits: z.int().min(0).max(15).optional(),
  /** In place of a value that is not there. */
  otherwise: z.union([z.string(), z.number(), z.boolean()]).optional(),
}
const Formatting = z.strictObject(FORMATTING)
export type Formatting = Readonly<z.output<typeof Formatting>>

const ParameterReference = z.strictObject({
  $parameter: z.string(),
  /** For dates: so many days later. An end that is included ends a query one day later. */
  plusDays: z.int().optional(),
})
/** The value of a parameter. */
export type ParameterReference = Readonly<z.output<typeof ParameterReference>>

const WhenReference = z.strictObject({ $when: z.string(), item: z.unknown() })
/** An item of a list that is only there when the parameter was given. */
export interface WhenReference<Item = unknown> {
  readonly $when: string
  readonly item: Item
}

const ColumnReference = z.strictObject({ $column: z.string(), ...FORMATTING })
/** A column of the row at hand; of rows that were joined, `query.column` outside the columns that they were joined by. */
export type ColumnReference = Readonly<z.output<typeof ColumnReference>>

const ValueReference = z.strictObject({ $value: z.string(), column: z.string(), ...FORMATTING })
/** A column of a query that has one row. */
export type ValueReference = Readonly<z.output<typeof ValueReference>>

const TotalReference = z.strictObject({ $total: z.string(), column: z.string(), ...FORMATTING })
/** A column of a query's total over all dimensions, as the engine computed it. */
export type TotalReference = Readonly<z.output<typeof TotalReference>>

const Joined = z.strictObject({ join: z.array(z.string()).min(2).max(10), on: z.array(z.string()).min(1).max(10) })
/** Rows of several queries side by side, where these columns are equal. */
export type Joined = Readonly<z.output<typeof Joined>>

const EachReference = z.strictObject({
  $each: z.union([z.string(), Joined, z.null()]),
  by: z.array(ColumnReference).min(1).max(10).optional(),
  keyed: z.literal(true).optional(),
  item: z.unknown(),
})
/**
 * A list with an item for each row of a query (of a string), of several (of a join) or of the group at hand (of null), or for
 * each group of rows that are equal in `by`. `keyed` makes an object of it, whose keys are the values of the only column in `by`.
 */
export interface EachReference {
  readonly $each: string | Joined | null
  readonly by?: readonly ColumnReference[]
  readonly keyed?: true
  readonly item: AnswerTemplate
}

export type AnswerReference = ParameterReference | ColumnReference | ValueReference | TotalReference | EachReference
export type AnswerTemplate =
  | string
  | number
  | boolean
  | null
  | AnswerReference
  | readonly AnswerTemplate[]
  | { readonly [key: string]: AnswerTemplate }

/** A value with references to parameters in the place of parts of it. */
export type Templated<T> =
  | ParameterReference
  | (T extends readonly (infer Item)[]
      ? readonly (Templated<Item> | WhenReference<Templated<Item>>)[]
      : T extends object
        ? { readonly [Key in keyof T]: Templated<T[Key]> }
        : T)

export const REFERENCES = {
  $parameter: ParameterReference,
  $when: WhenReference,
  $column: ColumnReference,
  $value: ValueReference,
  $total: TotalReference,
  $each: EachReference,
} as const

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The key that makes an object a reference. */
export function referenceKey(value: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(value).find((key) => key.startsWith('$'))
}

export const isParameterReference = (value: unknown): value is ParameterReference =>
  isObject(value) && Object.hasOwn(value, '$parameter')
