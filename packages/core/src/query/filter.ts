import { z } from 'zod'

/** A condition on dimensions, as data. */

const Scalar = z.union([z.string(), z.number(), z.boolean()])
const values = z.array(Scalar).min(1).max(1000)

/** Any of the values for `in` and the operators on text, none of them for those that begin with `not`. */
const ByValues = z.strictObject({
  dimension: z.string(),
  op: z
    .enum(['in', 'not_in', 'contains', 'not_contains', 'starts_with', 'not_starts_with', 'ends_with', 'not_ends_with'])
    .default('in'),
  values,
})
/** Half-open: `from` is included, `to` is not. One of them may be absent. Numbers, or text in the order of its bytes. */
const ByRange = z.strictObject({
  dimension: z.string(),
  op: z.literal('range'),
  from: z.union([z.number(), z.string()]).optional(),
  to: z.union([z.number(), z.string()]).optional(),
})
/** Empty text, the number 0. */
const ByPresence = z.strictObject({ dimension: z.string(), op: z.enum(['empty', 'not_empty']) })

const Leaf = z.union([ByValues, ByRange, ByPresence])
export type FilterLeaf = z.output<typeof Leaf>

export type QueryFilter =
  | FilterLeaf
  | { readonly and: readonly QueryFilter[] }
  | { readonly or: readonly QueryFilter[] }
  | { readonly not: QueryFilter }

type QueryFilterInput =
  | z.input<typeof Leaf>
  | { readonly and: readonly QueryFilterInput[] }
  | { readonly or: readonly QueryFilterInput[] }
  | { readonly not: QueryFilterInput }

/** Deeper than this is a mistake, or an attempt to exhaust the stack. */
export const MAX_FILTER_DEPTH = 8

export const QueryFilter: z.ZodType<QueryFilter, QueryFilterInput> = z
  .lazy(() =>
    z.union([
      Leaf,
      z.strictObject({ and: z.array(QueryFilter).min(1).max(50) }),
      z.strictObject({ or: z.array(QueryFilter).min(1).max(50) }),
      z.strictObject({ not: QueryFilter }),
    ]),
  )
  .meta({ id: 'QueryFilter', description: 'A condition on a dimension, or several joined by and, or, not.' })
