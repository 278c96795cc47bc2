import type { UploadColumn } from '@almanac/core/uploads/upload-definition.ts'
import type { Evidence } from './column-evidence.ts'

const MAIN =
  /^(date|time|timestamp|datetime|datum|fecha|data|day|when|month|week|period)$|(order|invoice|event|created|occurred|sale|payment|purchase|transaction)/i
const LATER = /(updated|modified|deleted|end|until|expires?|birth|due|shipped|closed)/i
const YEAR = /(^|[^a-z])(year|jahr|ann[ée]e|a[ñn]o|anno|yr)([^a-z]|$)|year$/i

/** The column that most probably says when what a row tells of happened; undefined when none can. */
export function chooseTime(columns: readonly UploadColumn[], evidence: readonly Evidence[]): UploadColumn | undefined {
  const scored = columns.flatMap((column, i) => {
    const about = evidence[i]
    if (!about || (column.type !== 'date' && column.type !== 'time')) return []
    return [{ column, score: scoreOf(column, about) - i / 1000 }]
  })
  return scored.sort((a, b) => b.score - a.score)[0]?.column
}

function scoreOf({ source, type }: UploadColumn, { rows, nothing, distinct }: Evidence): number {
  const filled = rows === 0 ? 0 : 1 - nothing / rows
  return (
    filled * 3 +
    (MAIN.test(source) ? 1 : 0) -
    (LATER.test(source) ? 1 : 0) +
    (type === 'time' ? 0.3 : 0) +
    (distinct.size > 1 ? 0.5 : 0)
  )
}

/** Where nothing else says when, a column of years does. */
export function yearColumn(columns: readonly UploadColumn[], evidence: readonly Evidence[]): UploadColumn | undefined {
  return columns.find((column, i) => {
    const about = evidence[i]
    return (
      column.type === 'integer' && YEAR.test(column.source) && about && about.least >= 1000 && about.greatest <= 2200
    )
  })
}
