import { splitRecords } from './csv-records.ts'

/** How a text file keeps its columns apart. */
export interface CsvDialect {
  readonly delimiter: Delimiter
  readonly hasHeader: boolean
}

export const DELIMITERS = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' } as const
export type Delimiter = keyof typeof DELIMITERS

const RECORDS_LOOKED_AT = 200

/** By the beginning of the text: the sign by which most records have the same number of cells, more than one. */
export function dialectOf(head: string, isWhole: boolean): CsvDialect {
  // Excel writes the sign into a first line of its own.
  const said = /^sep=([,;\t|])\r?\n/i.exec(head)?.[1] as Delimiter | undefined
  const found = (Object.keys(DELIMITERS) as Delimiter[]).map((delimiter) => {
    const records = recordsOf(head, delimiter, isWhole)
    return { delimiter, records, score: said === delimiter ? 2 : evenness(records) }
  })
  const [best] = found.sort((a, b) => b.score - a.score)
  if (!best || best.score === 0) return { delimiter: ',', hasHeader: isHeader(recordsOf(head, ',', isWhole)) }
  return { delimiter: best.delimiter, hasHeader: isHeader(best.records) }
}

function recordsOf(head: string, delimiter: Delimiter, isWhole: boolean): (readonly string[])[] {
  const records = splitRecords(head.replace(/^sep=.\r?\n/i, ''), delimiter)
    .map(({ cells }) => cells)
    .filter((cells) => cells.some((cell) => cell !== ''))
  // The last one is cut off where the head ends.
  return (isWhole ? records : records.slice(0, -1)).slice(0, RECORDS_LOOKED_AT)
}

/** The share of records with the most usual number of cells, slightly more where there are more of them; 0 where that is one. */
function evenness(records: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>()
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [usual, count] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0]
  if (usual < 2) return 0
  return count / records.length + Math.min(usual, 50) / 1000
}

/** A row of names: none of it is a number or a date, or what is a number below stands under a word. */
export function isHeader(records: readonly (readonly string[])[]): boolean {
  const [first, ...rest] = records
  if (!first) return true
  const filled = first.filter((cell) => cell.trim() !== '')
  if (filled.length === 0) return false
  if (rest.length === 0) return !filled.some(isFigure)
  const figures = first.filter(isFigure)
  if (figures.length === 0) return true
  // Years over columns of figures are names, too.
  const belowFigures = first.filter((_, i) => mostlyFigures(rest, i))
  const isYears = figures.every((cell) => /^(19|20)\d\d$/.test(cell.trim()))
  return isYears && belowFigures.length > 0 && figures.length < first.length
}

const FIGURE = /^[-+(]?[\p{Sc}\s]*\d[\d.,'\s%]*[\p{Sc}\s)]*$/u
const DATE = /^\d{1,4}[-./]\d{1,2}([-./]\d{1,4})?([T ].*)?$/
const isFigure = (cell: string) => FIGURE.test(cell.trim()) || DATE.test(cell.trim())

function mostlyFigures(records: readonly (readonly string[])[], i: number): boolean {
  const filled = records.map((record) => record[i] ?? '').filter((cell) => cell.trim() !== '')
  return filled.length > 0 && filled.filter(isFigure).length > filled.length / 2
}
