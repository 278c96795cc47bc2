import type { UploadFormat } from '@almanac/core/uploads/upload-proposal.ts'

/** A value as the file gives it. Dates of typed formats are ISO texts; what has parts is JSON; huge whole numbers are their digits. */
export type Cell = string | number | boolean | null

export interface FileRow {
  /** From 1 on: the line of a text file, the row of a sheet, the place in a list. */
  readonly line: number
  readonly cells: readonly Cell[]
  /** What is wrong with the row as a whole. */
  readonly problem?: string
}

/** A file as a table. What cannot be read at all throws AppError `invalid_request`, from here or while the rows are read. */
export interface FileTable {
  readonly format: UploadFormat
  /** Each once: the second "Name" is "Name (2)". Absent ones are "Column 3". */
  readonly headers: readonly string[]
  /** To be read once. */
  readonly rows: AsyncIterable<FileRow>
}

export interface ReadChoices {
  readonly sheet?: string | undefined
  /** Whether the first row names the columns; undefined: it is found out. */
  readonly hasHeader?: boolean | undefined
}

export const MOST_COLUMNS = 1000
const LONGEST_HEADER = 500

/** Names for columns out of what stands in the first row. */
export function uniqueHeaders(texts: readonly string[]): string[] {
  const taken = new Set<string>()
  return texts.map((text, i) => {
    const plain =
      text
        .replaceAll(/[\s\p{Cc}\p{Bidi_C}]+/gu, ' ')
        .trim()
        .slice(0, LONGEST_HEADER) || `Column ${i + 1}`
    let header = plain
    for (let n = 2; taken.has(header); n++) header = `${plain} (${n})`
    taken.add(header)
    return header
  })
}
