import { AppError } from '@almanac/core/errors.ts'
import type { UploadColumn, UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import { keptColumns } from '../store/upload-table.ts'

export interface MatchedColumn {
  readonly column: UploadColumn
  /** In the rows of the file; -1 where it has no such column. */
  readonly place: number
}

export interface MatchedColumns {
  readonly columns: readonly MatchedColumn[]
  readonly missing: readonly UploadColumn[]
  /** Headers that no column is read from, left out ones not counted. */
  readonly unknown: readonly string[]
}

/** Columns are found by their headers, whatever their order; what a program sends may have their names instead. */
export function matchColumns(headers: readonly string[], definition: UploadDefinition): MatchedColumns {
  const kept = keptColumns(definition)
  const places = new Map(headers.map((header, i) => [plain(header), i]))
  const exact = new Map(headers.map((header, i) => [header, i]))
  const placeOf = ({ source, name }: UploadColumn) =>
    exact.get(source) ?? places.get(plain(source)) ?? exact.get(name) ?? -1
  const columns = kept.map((column) => ({ column, place: placeOf(column) }))
  const missing = columns.filter(({ place }) => place < 0).map(({ column }) => column)
  refuse(missing, definition, headers)
  const read = new Set(definition.columns.map(placeOf))
  return { columns, missing, unknown: headers.filter((_, i) => !read.has(i)) }
}

const plain = (header: string) => header.trim().toLowerCase()

function refuse(missing: readonly UploadColumn[], definition: UploadDefinition, headers: readonly string[]): void {
  const { time, keys } = definition
  const needed = missing.filter(({ name }) => name === time || keys.includes(name))
  const isOther = missing.length === keptColumns(definition).length
  if (needed.length === 0 && !isOther) return
  const names = (isOther ? missing : needed).map(({ source }) => `"${source}"`)
  throw new AppError('invalid_request', `The file has no column ${names.slice(0, 5).join(', ')}`, {
    hint: `It has ${headers
      .slice(0, 20)
      .map((header) => `"${header}"`)
      .join(', ')}. Upload it under another name, or change the definition.`,
  })
}
