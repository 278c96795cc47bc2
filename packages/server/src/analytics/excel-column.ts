import type { ExcelColumn } from '../excel/excel-cell.ts'

/** What a column of the engine is in Excel, by its type such as `LowCardinality(Nullable(String))`. */
export function excelColumn(name: string, type: string): ExcelColumn {
  return { name, kind: KINDS.find(([pattern]) => pattern.test(bare(type)))?.[1] ?? 'text' }
}

/** Without what it is wrapped in. */
function bare(type: string): string {
  const inside = /^(?:Nullable|LowCardinality)\((.*)\)$/.exec(type)?.[1]
  return inside === undefined ? type : bare(inside)
}

const KINDS: readonly (readonly [RegExp, ExcelColumn['kind']])[] = [
  [/^(?:U?Int\d+|B?Float\d+|Decimal\d*\(.*\))$/, 'number'],
  [/^Date(?:32)?$/, 'date'],
  [/^DateTime(?:64)?(?:\(.*\))?$/, 'time'],
  [/^Bool$/, 'boolean'],
]
