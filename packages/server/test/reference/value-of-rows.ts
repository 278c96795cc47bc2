import type { ReferenceMeasure, ReferenceValue } from './cube.ts'

/** What a measure is over some rows, from the rows themselves. */

/** The measures that need nothing but the rows of one stretch of time. */
export type RowMeasure<R> = Exclude<
  ReferenceMeasure<R>,
  { kind: 'formula' | 'trailing' | 'to_date' | 'mean' | 'share' }
>

export function valueOfRows<R>(measure: RowMeasure<R>, rows: readonly R[], timeMs: (row: R) => number): ReferenceValue {
  switch (measure.kind) {
    case 'sum':
      return sum(chosen(rows, measure), measure.of)
    case 'least':
      return extreme(chosen(rows, measure).map(measure.of), (a, b) => a < b)
    case 'greatest':
      return extreme(chosen(rows, measure).map(measure.of), (a, b) => a > b)
    case 'ratio': {
      const denominator = sum(rows, measure.denominator)
      return denominator === 0 ? null : sum(rows, measure.numerator) / denominator
    }
    case 'different': {
      const count = new Set(rows.map(measure.of).filter((value) => value !== undefined)).size
      return measure.isAbout ? { low: Math.floor(count * 0.97), high: Math.ceil(count * 1.03) } : count
    }
    case 'quantile':
      return quantile(ascending(chosen(rows, measure).map(measure.of)), measure.level)
    case 'first':
    case 'last':
      return sumOfThings(measure, rows, timeMs)
    case 'median':
      return median(ascending(chosen(rows, measure).map(measure.of)))
    case 'imported':
      return rows.length === 0 ? null : measure.of(rows[0] as R)
  }
}

function chosen<R>(rows: readonly R[], { only }: { only?: (row: R) => boolean }): readonly R[] {
  return only ? rows.filter(only) : rows
}

/** In ten-thousandths, so that amounts of money add up as they do by hand. */
function sum<R>(rows: readonly R[], of: (row: R) => number): number {
  let total = 0
  let hasFraction = false
  for (const row of rows) {
    const value = of(row)
    if (!Number.isInteger(value)) hasFraction = true
    total += value
  }
  return hasFraction ? Math.round(total * 1e4) / 1e4 : total
}

function extreme(values: readonly number[], isMore: (a: number, b: number) => boolean): number | null {
  let found: number | null = null
  for (const value of values) if (found === null || isMore(value, found)) found = value
  return found
}

const ascending = (values: readonly number[]) => values.toSorted((a, b) => a - b)

/** A t-digest keeps few values as they are and many as clusters: it may be off by a rank or two and by two in a hundred. */
function quantile(sorted: readonly number[], level: number): ReferenceValue {
  if (sorted.length === 0) return null
  const rank = level * (sorted.length - 1)
  const slack = 1.5 + 0.02 * sorted.length
  const at = (index: number) => sorted[Math.min(sorted.length - 1, Math.max(0, index))] as number
  return { low: at(Math.floor(rank - slack)), high: at(Math.ceil(rank + slack)) }
}

function median(sorted: readonly number[]): number | null {
  if (sorted.length === 0) return null
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2
}

/** Of each thing its first or last value; of all of them the sum. */
function sumOfThings<R>(
  { kind, of, thing }: Extract<RowMeasure<R>, { kind: 'first' | 'last' }>,
  rows: readonly R[],
  timeMs: (row: R) => number,
): number | null {
  const found = new Map<string, R>()
  for (const row of rows) {
    const known = found.get(thing(row))
    const isBetter = !known || (kind === 'last' ? timeMs(row) > timeMs(known) : timeMs(row) < timeMs(known))
    if (isBetter) found.set(thing(row), row)
  }
  return found.size === 0 ? null : sum([...found.values()], of)
}
