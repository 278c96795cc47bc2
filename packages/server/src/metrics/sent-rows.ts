import { AppError } from '@almanac/core/errors.ts'
import { readCsv } from './read-csv.ts'
import type { SentRow } from './read-metric-rows.ts'

/** Rows out of texts, each with its place; whether they are right is not looked at yet. */

/** A row in each line. */
export function ndjsonRows(text: string): SentRow[] {
  return text.split('\n').flatMap((line, i): SentRow[] => {
    if (line.trim() === '') return []
    return [{ place: `line ${i + 1}`, row: jsonOf(line, i + 1) }]
  })
}

function jsonOf(line: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new AppError('invalid_request', `Line ${number} is no JSON: ${(cause as Error).message}`, { cause })
  }
}

/** Which columns of a CSV file are what. */
export interface CsvColumns {
  /** By default `time` or `date`. Its texts are dates or instants. */
  readonly time?: string | undefined
  /** By default `hour`, where there is one. */
  readonly hour?: string | undefined
  /** Each gives a row; one without a metric leaves it to the column `metric`. By default `value`. */
  readonly values?: readonly { readonly column: string; readonly metric?: string | undefined }[] | undefined
  /** By default all others, by their own names. */
  readonly dimensions?: readonly { readonly column: string; readonly name: string }[] | undefined
}

/** The first record names the columns. An empty cell is a figure that is not there. */
export function csvRows(text: string, columns: CsvColumns = {}): SentRow[] {
  const [head, ...records] = readCsv(text)
  if (!head) throw new AppError('invalid_request', 'Expected CSV with the names of the columns in the first line')
  const plan = planColumns(head.cells, columns)
  return records.flatMap(({ line, cells }) => {
    const place = `line ${line}`
    if (cells.length !== head.cells.length) {
      const counts = `expected ${head.cells.length} cells, got ${cells.length}`
      throw new AppError('invalid_request', `Line ${line} has another number of cells than the first: ${counts}`)
    }
    return plan.values.flatMap(({ index, metric }): SentRow[] => {
      const value = cells[index] ?? ''
      return value === '' && plan.isWide ? [] : [{ place, row: rowOf(cells, plan, { value, metric }) }]
    })
  })
}

interface Plan {
  readonly fields: readonly { readonly name: string; readonly index: number }[]
  readonly time: number
  readonly values: readonly { readonly index: number; readonly metric: string | undefined }[]
  readonly dimensions: readonly { readonly name: string; readonly index: number }[]
  /** Several figures in a line: one that is not there is left out. */
  readonly isWide: boolean
}

const FIELDS = ['metric', 'hour', 'grain', 'source', 'environment']

function planColumns(head: readonly string[], columns: CsvColumns): Plan {
  const indexOf = (name: string) => {
    const index = head.indexOf(name)
    if (index >= 0) return index
    throw new AppError('invalid_request', `There is no column "${name}": the first line has ${head.join(', ')}`)
  }
  const time = indexOf(columns.time ?? head.find((name) => name === 'time' || name === 'date') ?? 'time')
  const values = columns.values ?? [{ column: 'value' }]
  const hour = columns.hour === undefined ? [] : [{ name: 'hour', index: indexOf(columns.hour) }]
  const named = FIELDS.filter((name) => head.includes(name) && !(name === 'hour' && columns.hour !== undefined))
  const fields = [...hour, ...named.map((name) => ({ name, index: head.indexOf(name) }))]
  const valueIndexes = values.map(({ column, metric }) => ({ index: indexOf(column), metric }))
  const taken = new Set([time, ...fields.map(({ index }) => index), ...valueIndexes.map(({ index }) => index)])
  const dimensions = columns.dimensions
    ? columns.dimensions.map(({ column, name }) => ({ name, index: indexOf(column) }))
    : head.flatMap((name, index) => (taken.has(index) ? [] : [{ name, index }]))
  return { fields, time, values: valueIndexes, dimensions, isWide: values.length > 1 }
}

function rowOf(
  cells: readonly string[],
  { fields, time, dimensions }: Plan,
  { value, metric }: { readonly value: string; readonly metric: string | undefined },
): Record<string, unknown> {
  const when = cells[time] ?? ''
  const said = fields.flatMap(({ name, index }): [string, unknown][] => {
    const text = cells[index] ?? ''
    return text === '' ? [] : [[name, name === 'hour' ? numberOf(text) : text]]
  })
  return {
    ...Object.fromEntries(said),
    ...(metric !== undefined && { metric }),
    [when.includes('T') ? 'time' : 'date']: when,
    value: numberOf(value),
    dimensions: Object.fromEntries(dimensions.map(({ name, index }) => [name, cells[index] ?? ''])),
  }
}

/** What is no number stays text, and is refused with the other mistakes of its row. */
const numberOf = (text: string) => (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text)
