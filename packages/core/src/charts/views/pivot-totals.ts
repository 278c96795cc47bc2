import type { ChartOf } from '../chart-spec.ts'

/** As many sets of totals as a query may ask for. */
const MOST_SETS = 10

/**
 * The totals that a pivot table asks of its query: by every beginning of its rows with every beginning of its columns. With more than
 * a query may ask for, those over the most come first, and the innermost are left out.
 */
export function pivotTotals(spec: ChartOf<'pivot'>, dimensions: readonly string[] = []): string[][] {
  const { rows, columns } = pivotAxes(spec, dimensions)
  const sets = beginnings(rows).flatMap((down) => beginnings(columns).map((across) => [...down, ...across]))
  const whole = rows.length + columns.length
  return sets
    .filter((set) => set.length < whole)
    .toSorted((a, b) => a.length - b.length)
    .slice(0, MOST_SETS)
}

/**
 * Which dimensions go down and which across. Of what the spec leaves out: time across, else the last of several dimensions; all
 * others down.
 */
export function pivotAxes(
  { rows, columns }: Pick<ChartOf<'pivot'>, 'rows' | 'columns'>,
  dimensions: readonly string[],
): { readonly rows: readonly string[]; readonly columns: readonly string[] } {
  if (rows && columns) return { rows, columns }
  if (rows) return { rows, columns: dimensions.filter((name) => !rows.includes(name)) }
  if (columns) return { rows: dimensions.filter((name) => !columns.includes(name)), columns }
  const across = dimensions.includes('time') ? 'time' : dimensions.length > 1 ? dimensions.at(-1) : undefined
  return { rows: dimensions.filter((name) => name !== across), columns: across === undefined ? [] : [across] }
}

const beginnings = (names: readonly string[]) => [...names, undefined].map((_, length) => names.slice(0, length))
