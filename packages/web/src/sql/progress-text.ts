import { formatNumber } from '@almanac/core/charts/format/format-number.ts'
import type { SqlAnswer, SqlProgress } from '../api/sql.ts'

/** `1.2M of about 10M rows read, 30 MB, 1.5 s`. */
export function progressText({ rowsRead, rowsToRead, bytesRead, elapsedMs }: SqlProgress): string {
  const of = rowsToRead === null || rowsToRead <= rowsRead ? '' : ` of about ${count(rowsToRead)}`
  return `${count(rowsRead)}${of} rows read, ${bytes(bytesRead)}, ${seconds(elapsedMs)}`
}

export function doneText({ rows, meta }: SqlAnswer): string {
  const shown = `${count(rows.length)} ${rows.length === 1 ? 'row' : 'rows'}${meta.truncated ? ' of more' : ''}`
  return `${shown} in ${seconds(meta.elapsedMs)}; ${count(meta.rowsRead)} rows read, ${bytes(meta.bytesRead)}`
}

const count = (value: number) => formatNumber(value, 'integer')
const bytes = (value: number) => formatNumber(value, 'bytes')
const seconds = (ms: number) => formatNumber(ms, 'milliseconds')
