import type { LineBatch } from '../../../collect/read/line-reader.ts'
import { addedCounts, countOf, type FilteredCounts } from './filtered-counts.ts'
import type { LineEncoder, SentLine } from './line-encoder.ts'

/** A stretch of a file as it is sent: it is acknowledged as a whole or not at all. */
export interface Chunk {
  readonly body: string
  readonly lines: number
  /** And lines that only say something about the file itself. */
  readonly emptyLines: number
  /** Lines that the source does not want, by the reason: they are not in the body. */
  readonly filtered: FilteredCounts
  readonly rejected: readonly { readonly line: number; readonly reason: string }[]
  /** In the file's text: everything before it is acknowledged together with the chunk. */
  readonly endOffset: number
  readonly endLine: number
}

export const MAX_CHUNK_LINES = 5000
/**
 * In UTF-16 units, three bytes each at most. A line of the greatest length, all of it control characters, makes 6 MiB of
 * JSON by itself. So a chunk stays under the 8 MiB that the server takes, whatever the file.
 */
const MAX_CHUNK_LENGTH = 2 * 1024 * 1024

/** Batches of lines as chunks. When reading fails, the lines before that place still come, and then the failure. */
export async function* importChunks(batches: AsyncIterable<LineBatch>, encoder: LineEncoder): AsyncGenerator<Chunk> {
  let open = emptyChunk()
  let failure: { readonly error: unknown } | undefined
  try {
    for await (const batch of batches) {
      const encodedLines = await encoder.encode(batch.lines)
      for (const encoded of encodedLines) {
        if ('drop' in encoded) {
          open.filtered = addedCounts(open.filtered, { [encoded.drop]: 1 })
          continue
        }
        if (isFull(open, encoded)) {
          yield closed(open)
          open = emptyChunk()
        }
        add(open, encoded)
      }
      open.emptyLines += batch.emptyLines + batch.lines.length - encodedLines.length
      open.endOffset = batch.endOffset
      open.endLine = batch.endLine
    }
  } catch (error) {
    failure = { error }
  }
  if (open.parts.length > 0 || open.emptyLines > 0 || countOf(open.filtered) > 0) yield closed(open)
  if (failure) throw failure.error
}

interface OpenChunk {
  readonly parts: string[]
  readonly rejected: { line: number; reason: string }[]
  filtered: FilteredCounts
  length: number
  emptyLines: number
  endOffset: number
  endLine: number
}

function emptyChunk(): OpenChunk {
  return { parts: [], rejected: [], filtered: {}, length: 0, emptyLines: 0, endOffset: 0, endLine: 0 }
}

function isFull({ parts, length }: OpenChunk, { json }: SentLine): boolean {
  return parts.length >= MAX_CHUNK_LINES || (parts.length > 0 && length + json.length > MAX_CHUNK_LENGTH)
}

function add(chunk: OpenChunk, { line, json, reason }: SentLine): void {
  chunk.parts.push(json)
  chunk.length += json.length
  chunk.endOffset = line.endOffset
  chunk.endLine = line.number
  if (reason !== undefined) chunk.rejected.push({ line: line.number, reason })
}

function closed({ parts, rejected, filtered, emptyLines, endOffset, endLine }: OpenChunk): Chunk {
  return { body: parts.join('\n'), lines: parts.length, emptyLines, filtered, rejected, endOffset, endLine }
}
