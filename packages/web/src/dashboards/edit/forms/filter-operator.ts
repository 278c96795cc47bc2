import type { FilterLeaf } from '@almanac/core/query/filter.ts'

type ByValues = Extract<FilterLeaf, { readonly values: unknown }>

/** The same dimension under another condition; values stay where they still mean something. */
export function withOperator(filter: FilterLeaf, op: FilterLeaf['op']): FilterLeaf {
  const { dimension } = filter
  if (op === 'range') return { dimension, op }
  if (op === 'empty' || op === 'not_empty') return { dimension, op }
  // A condition by values has at least one; the empty text is one that every dimension of text can have.
  return { dimension, op: op as ByValues['op'], values: 'values' in filter ? filter.values : [''] }
}
