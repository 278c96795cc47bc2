import { isObject, isParameterReference } from './template.ts'

/** What can be said of a query's rows before its parameters are known. */
export interface QueryColumns {
  /** `undefined` where a parameter decides. */
  readonly measures: readonly string[] | undefined
  readonly dimensions: readonly string[] | undefined
  readonly hasTime: boolean
  /** A row of a top list may stand for everything else. */
  readonly hasRest: boolean
  readonly cube: string | undefined
  /** It is known to have one row. */
  readonly isOneRow: boolean
  readonly hasGrandTotal: boolean
}

export function queryColumns(template: Readonly<Record<string, unknown>>): QueryColumns {
  const { cube, measures, dimensions, grain, limit, totals, top } = template
  const hasTime = grain !== undefined
  const dimensionNames = dimensions === undefined ? [] : namesIn(dimensions)
  return {
    cube: typeof cube === 'string' ? cube : undefined,
    measures: namesIn(measures),
    dimensions: dimensionNames,
    hasTime,
    hasRest: isObject(top) && top.rest !== undefined && top.rest !== false,
    isOneRow: limit === 1 || (!hasTime && dimensionNames?.length === 0),
    hasGrandTotal: Array.isArray(totals) && totals.some((set) => Array.isArray(set) && set.length === 0),
  }
}

/** The columns that tell one row of a query from another; `undefined` where a parameter decides. */
export function rowKey({ dimensions, hasTime }: QueryColumns): string[] | undefined {
  return dimensions && [...(hasTime ? ['time'] : []), ...dimensions]
}

export type ColumnKind = 'time' | 'dimension' | 'measure' | 'flag'

/** What a column of a query is; `undefined` when the query has none of this name, or a parameter decides. */
export function columnKind(columns: QueryColumns, name: string): ColumnKind | undefined {
  // Columns of comparisons are the measure's, or the time's, with more behind it: `visitors:previous_year`.
  const [first = ''] = name.split(':')
  if (name === 'isRest') return columns.hasRest ? 'flag' : undefined
  if (first === 'time') return columns.hasTime ? 'time' : undefined
  if (columns.dimensions?.includes(name)) return 'dimension'
  return columns.measures?.includes(first) ? 'measure' : undefined
}

/** False only when the column is known to be missing. */
export function mayHaveColumn(columns: QueryColumns, name: string): boolean {
  return columnKind(columns, name) !== undefined || columns.measures === undefined || columns.dimensions === undefined
}

function namesIn(list: unknown): string[] | undefined {
  if (!Array.isArray(list)) return undefined
  if (list.some((item) => isParameterReference(item) || isObject(item))) return undefined
  return list.filter((item) => typeof item === 'string')
}
