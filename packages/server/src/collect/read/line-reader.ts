/**
 * Text in chunks to lines in batches, for files of any size and of any content. What is promised:
 *
 * - Every line is accounted for: it is in a batch, or it was empty and is counted.
 * - A line of more than 1 MiB is not held in memory: it comes without its bytes, with its size and its first 64 KiB.
 * - A line ends at LF or CRLF, and the last one also at the end of the text. A byte order mark at the start is no text.
 * - Text is UTF-8. Bytes that are not valid become U+FFFD in `text`; `bytes` has them as they came, and ids are made of
 *   those, so two lines that differ only in such bytes stay two.
 * - Offsets are of the uncompressed text and count all bytes.
 */
export interface LineBatch {
  readonly lines: readonly RawLine[]
  /** Empty lines among them and up to the end of the batch. */
  readonly emptyLines: number
  /** After the batch's last line. */
  readonly endOffset: number
  readonly endLine: number
}

export interface RawLine {
  /** 1-based. */
  readonly number: number
  /** Of the first byte, and of the first byte of the next line. */
  readonly offset: number
  readonly endOffset: number
  /** Without the line's end. `undefined` when the line is too long. */
  readonly bytes: Buffer | undefined
  readonly text: string
  readonly sizeBytes: number
}

export interface ReadLinesOptions {
  /** Of the first byte of `chunks`, which must be the start of a line. */
  readonly offset?: number
  /** How many lines lie before it. */
  readonly linesBefore?: number
}

export const MAX_LINE_BYTES = 1024 * 1024
const LONG_LINE_START_BYTES = 64 * 1024
const LF = 10
const CR = 13

export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  { offset = 0, linesBefore = 0 }: ReadLinesOptions = {},
): AsyncGenerator<LineBatch> {
  const reader = createLineCutter(offset, linesBefore)
  for await (const chunk of chunks) yield reader.cut(chunk)
  yield reader.finish()
}

interface LineCutter {
  cut(chunk: Buffer): LineBatch
  finish(): LineBatch
}

function createLineCutter(startOffset: number, linesBefore: number): LineCutter {
  const unfinished = createUnfinishedLine()
  let lineOffset = startOffset
  let lineNumber = linesBefore
  let lines: RawLine[] = []
  let emptyLines = 0

  function addLine(content: LineContent, endOffset: number): void {
    lineNumber++
    const isEmpty = content.sizeBytes === 0
    if (isEmpty) emptyLines++
    else lines.push({ number: lineNumber, offset: lineOffset, endOffset, ...content })
    lineOffset = endOffset
  }

  function takeBatch(): LineBatch {
    const batch = { lines, emptyLines, endOffset: lineOffset, endLine: lineNumber }
    lines = []
    emptyLines = 0
    return batch
  }

  return {
    cut(chunk) {
      let from = 0
      let end = chunk.indexOf(LF)
      if (end !== -1 && unfinished.sizeBytes() > 0) {
        const endOffset = lineOffset + unfinished.sizeBytes() + end + 1
        unfinished.add(chunk.subarray(0, end))
        addLine(unfinished.take(lineOffset === 0), endOffset)
        from = end + 1
        end = chunk.indexOf(LF, from)
      }
      while (end !== -1) {
        const content = lineContent(chunk, from, end, lineOffset === 0)
        addLine(content, lineOffset + end + 1 - from)
        from = end + 1
        end = chunk.indexOf(LF, from)
      }
      unfinished.add(chunk.subarray(from))
      return takeBatch()
    },

    finish() {
      const size = unfinished.sizeBytes()
      if (size > 0) addLine(unfinished.take(lineOffset === 0), lineOffset + size)
      return takeBatch()
    },
  }
}

type LineContent = Pick<RawLine, 'bytes' | 'text' | 'sizeBytes'>

function lineContent(buffer: Buffer, from: number, to: number, isFirst: boolean): LineContent {
  const end = to > from && buffer[to - 1] === CR ? to - 1 : to
  const start = isFirst && hasByteOrderMark(buffer, from, end) ? from + 3 : from
  const sizeBytes = end - start
  if (sizeBytes > MAX_LINE_BYTES) {
    return { bytes: undefined, text: buffer.toString('utf8', start, start + LONG_LINE_START_BYTES), sizeBytes }
  }
  return { bytes: buffer.subarray(start, end), text: buffer.toString('utf8', start, end), sizeBytes }
}

function hasByteOrderMark(buffer: Buffer, from: number, to: number): boolean {
  return to - from >= 3 && buffer[from] === 0xef && buffer[from + 1] === 0xbb && buffer[from + 2] === 0xbf
}

/** The start of a line whose end is in a later chunk. Once it is too long, only its size and its last byte are noted. */
function createUnfinishedLine() {
  let pieces: Buffer[] = []
  let sizeBytes = 0
  let heldBytes = 0
  let endsWithCr = false

  return {
    sizeBytes: () => sizeBytes,
    add(piece: Buffer): void {
      if (piece.length === 0) return
      sizeBytes += piece.length
      endsWithCr = piece[piece.length - 1] === CR
      if (heldBytes > LINE_HELD_BYTES) return
      pieces.push(piece)
      heldBytes += piece.length
    },
    take(isFirst: boolean): LineContent {
      const start = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces)
      const isWhole = heldBytes === sizeBytes
      const content = isWhole ? lineContent(start, 0, start.length, isFirst) : longLine(start, sizeBytes, endsWithCr)
      pieces = []
      sizeBytes = 0
      heldBytes = 0
      return content
    },
  }
}

// Room for a line of full length, a byte order mark and the line's end.
const LINE_HELD_BYTES = MAX_LINE_BYTES + 5

function longLine(start: Buffer, sizeBytes: number, endsWithCr: boolean): LineContent {
  const text = start.toString('utf8', 0, LONG_LINE_START_BYTES)
  return { bytes: undefined, text, sizeBytes: endsWithCr ? sizeBytes - 1 : sizeBytes }
}
