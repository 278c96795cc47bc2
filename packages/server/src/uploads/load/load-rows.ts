import type { UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import type { Misfit } from '@almanac/core/uploads/upload-load.ts'
import { clickhouseTime } from '../../clickhouse/time-text.ts'
import type { Cell, FileRow, FileTable } from '../reading/file-rows.ts'
import type { LoadCounts } from '../store/upload-store.ts'
import { keptColumns, SYSTEM_COLUMNS, storedName } from '../store/upload-table.ts'
import { createInstantOf } from '../values/instant-of.ts'
import { type ReadValue, readCell } from '../values/read-cell.ts'
import type { ReadDate } from '../values/read-date.ts'
import { matchColumns } from './match-columns.ts'

/** Rows of a file as lines for the engine. Nothing is lost in silence: what does not fit is counted, and the first of it told. */

export const MISFITS_LISTED = 1000

interface LoadOptions {
  readonly definition: UploadDefinition
  readonly load: number
  /** When the file came: the time of rows that do not have one. */
  readonly receivedAtMs: number
  /** Lines of JSONCompactEachRow in the order of `loadColumns`. */
  readonly insert: (lines: readonly string[]) => Promise<void>
}

export const loadColumns = (definition: UploadDefinition): string[] => [
  SYSTEM_COLUMNS[0],
  ...keptColumns(definition).map(({ name }) => `\`${storedName(name)}\``),
  ...SYSTEM_COLUMNS.slice(1),
]

const BATCH_ROWS = 50_000
const BATCH_CHARACTERS = 16 * 1024 * 1024

export async function loadRows(
  table: FileTable,
  { definition, load, receivedAtMs, insert }: LoadOptions,
): Promise<LoadCounts> {
  const reader = createRowReader(table.headers, definition, receivedAtMs)
  let lines: string[] = []
  let characters = 0
  let rowsStored = 0
  const flush = async () => {
    if (lines.length > 0) await insert(lines)
    rowsStored += lines.length
    lines = []
    characters = 0
  }
  for await (const row of table.rows) {
    const values = reader.read(row)
    if (!values) continue
    const line = JSON.stringify([...values, load, Math.min(row.line, LAST_LINE)])
    lines.push(line)
    characters += line.length
    if (lines.length >= BATCH_ROWS || characters >= BATCH_CHARACTERS) await flush()
  }
  await flush()
  return { ...reader.counts(), rowsStored }
}

const LAST_LINE = 2 ** 32 - 1

/** A DateTime64 reaches no further, and the engine's seconds since 1970 not either. */
const FIRST_MS = 0
const LAST_MS = Date.UTC(2106, 0, 1)

function createRowReader(headers: readonly string[], definition: UploadDefinition, receivedAtMs: number) {
  const { columns, missing, unknown } = matchColumns(headers, definition)
  const { time, keys, timezone } = definition
  const instantOf = createInstantOf(timezone)
  const counts = { rowsRead: 0, rowsLeftOut: 0, cellsEmptied: 0 }
  const misfits: Misfit[] = [
    ...notesOf(
      missing.map(({ source }) => source),
      unknown,
    ),
  ]
  let firstMs = Number.POSITIVE_INFINITY
  let lastMs = Number.NEGATIVE_INFINITY
  const note = (misfit: Misfit) => {
    if (misfits.length < MISFITS_LISTED) misfits.push(misfit)
  }
  const leaveOut = (misfit: Misfit) => {
    counts.rowsLeftOut += 1
    note(misfit)
    return undefined
  }

  /** In the order of `loadColumns`, without what the load adds; undefined where the row is left out. */
  function read({ line, cells, problem }: FileRow): unknown[] | undefined {
    counts.rowsRead += 1
    if (problem !== undefined) return leaveOut({ line, value: shown(cells[0] ?? null), reason: problem })
    const values: unknown[] = [undefined]
    let at = receivedAtMs
    const emptied: Misfit[] = []
    for (const { column, place } of columns) {
      const cell = place < 0 ? null : (cells[place] ?? null)
      const result = readCell(cell, column)
      const misfit =
        'expected' in result
          ? { line, column: column.name, value: shown(cell), reason: `expected ${result.expected}` }
          : undefined
      const value = 'expected' in result ? null : result.value
      const isNeeded = column.name === time || keys.includes(column.name)
      if (isNeeded && value === null) {
        const nothing = {
          line,
          column: column.name,
          value: '',
          reason: column.name === time ? 'it has no time' : 'it has no value to tell it from others',
        }
        return leaveOut(misfit ?? nothing)
      }
      if (misfit) emptied.push(misfit)
      if (isDate(value)) {
        const ms = instantOf(value)
        if (column.name === time) {
          at = ms
          if (!(ms >= FIRST_MS && ms < LAST_MS))
            return leaveOut({
              line,
              column: column.name,
              value: shown(cell),
              reason: 'expected a time from 1970 to 2105',
            })
        }
        const fits = value.day >= '1900-01-01' && value.day < '2299-12-31'
        if (!fits)
          emptied.push({ line, column: column.name, value: shown(cell), reason: 'expected a day from 1900 to 2299' })
        values.push(!fits ? null : column.type === 'date' ? value.day : clickhouseTime(ms))
      } else values.push(value ?? (column.type === 'text' ? '' : null))
    }
    counts.cellsEmptied += emptied.length
    for (const misfit of emptied) note(misfit)
    firstMs = Math.min(firstMs, at)
    lastMs = Math.max(lastMs, at)
    values[0] = clickhouseTime(at)
    return values
  }

  return {
    read,
    counts: () => ({ ...counts, misfits, ...(firstMs <= lastMs && { firstMs, lastMs }) }),
  }
}

const isDate = (value: ReadValue | null): value is ReadDate => typeof value === 'object' && value !== null
const LONGEST_SHOWN = 100
const shown = (cell: Cell) => (cell === null ? '' : String(cell).slice(0, LONGEST_SHOWN))

/** Of the file as a whole: line 0. */
function notesOf(missing: readonly string[], unknown: readonly string[]): Misfit[] {
  return [
    ...missing.map((source) => ({
      line: 0,
      value: source,
      reason: 'the file has no such column: it is empty in all rows',
    })),
    ...unknown.slice(0, 100).map((header) => ({
      line: 0,
      value: header,
      reason: 'the definition has no such column: it is in the raw file alone',
    })),
  ]
}
