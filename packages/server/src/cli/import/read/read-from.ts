import { countingStart } from '../../../collect/events/content-ids.ts'
import { type LineBatch, readLines } from '../../../collect/read/line-reader.ts'
import type { TextSource } from '../../../collect/read/text-source.ts'
import type { LineEncoder } from './line-encoder.ts'

/** The end of what was acknowledged before: the start of a line. */
export interface ReadPosition {
  readonly bytes: number
  readonly lines: number
}

/**
 * The lines from a position on, after the encoder has seen as many before it as it needs to give them the same ids: a block
 * or two, or, where the file itself says what its columns are, all of them.
 */
export async function* readFrom(
  source: TextSource,
  position: ReadPosition,
  encoder: LineEncoder,
): AsyncGenerator<LineBatch> {
  const countFrom = countingStart(position.bytes)
  // From the byte before, to see whether a line begins there: a line that began earlier belongs to the block before.
  const start = encoder.hasDirectives ? 0 : Math.max(0, countFrom - 1)
  const { before, after } = splitText(source.read(start), position.bytes - start)
  for await (const { lines } of readLines(before, { offset: start })) {
    if (encoder.hasDirectives) encoder.notice(lines.filter(({ offset }) => offset < countFrom))
    encoder.count(lines.filter(({ offset }) => offset >= countFrom))
  }
  yield* readLines(after, { offset: position.bytes, linesBefore: position.lines })
}

/** The first part has to be read to its end before the second is begun. */
function splitText(text: AsyncGenerator<Buffer>, bytes: number) {
  let left = bytes
  let overlap: Buffer | undefined

  async function* before(): AsyncGenerator<Buffer> {
    while (left > 0) {
      const next = await text.next()
      if (next.done) return
      const chunk = next.value
      if (chunk.length > left) overlap = chunk.subarray(left)
      yield chunk.subarray(0, Math.min(left, chunk.length))
      left -= Math.min(left, chunk.length)
    }
  }
  async function* after(): AsyncGenerator<Buffer> {
    if (overlap) yield overlap
    yield* text
  }
  return { before: before(), after: after() }
}
