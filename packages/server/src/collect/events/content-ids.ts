import { hash } from 'node:crypto'
import { type IdScope, uuidFromSha256 } from './event-id.ts'

/**
 * Ids for lines of log files, which have none of their own: so that a file read again, under another name, grown,
 * compressed or from the middle on, gives the same ids and is not counted twice.
 *
 * An id is a hash of the line. But a line may truly occur twice: two hits of one visitor on one page within a second leave
 * the same text, and both count. So `n` goes into the hash, the number of identical lines before this one. To know it
 * for certain one would have to remember the whole file; but identical lines carry the same time, so they stand close
 * together, and it is enough to remember a stretch of it. Offsets in the (uncompressed) text are divided into blocks of
 * 8 MiB, and `n` counts identical lines since the start of the previous block, the one before the line's own. That is:
 *
 * - Twins within 8 MiB of each other are always told apart, wherever the blocks' borders fall, so the same lines get the
 *   same ids also when they stand at other offsets (a file joined to another, its head cut off).
 * - Memory is bounded by two blocks' worth of lines.
 * - Who goes on in the middle reads again from `countingStart`, only to count, and gets the ids it would have got.
 *
 * The hash is keyed, for who guesses a line could otherwise prove from an id that it occurred. The key stands before the
 * text; what makes that unsafe in general (continuing the hash) needs the whole of it, and an id shows half.
 */
export const COUNTING_BLOCK_BYTES = 8 * 1024 * 1024

/** Where reading must begin so that lines from `offset` on get the ids they would have got from the start of the file. */
export function countingStart(offset: number): number {
  return Math.max(0, Math.floor(offset / COUNTING_BLOCK_BYTES) - 1) * COUNTING_BLOCK_BYTES
}

export interface ContentIdScope extends IdScope {
  readonly identityKey: Uint8Array
  /** Keeps logs apart in which the same line means different events, such as those of two hosts. */
  readonly stream: string
}

export interface ContentIds {
  /** Of each line exactly once, in the order of the file. `offset` is that of the line's first byte. */
  idOf(line: Buffer, offset: number): string
}

export function createContentIds({ identityKey, environment, source, stream }: ContentIdScope): ContentIds {
  const names = Buffer.from(`event by content\0${environment}\0${source}\0${stream}\0`)
  const prefix = Buffer.concat([Buffer.of(identityKey.length), identityKey, Buffer.alloc(4), names])
  const countAt = 1 + identityKey.length
  let scratch = Buffer.concat([prefix, Buffer.alloc(64 * 1024)])
  let block = 0
  let current = new Map<string, number>()
  let previous = new Map<string, number>()

  function hashed(line: Buffer, n: number): string {
    const length = prefix.length + line.length
    if (scratch.length < length) scratch = Buffer.concat([prefix, Buffer.alloc(line.length)])
    scratch.writeUInt32LE(n, countAt)
    scratch.set(line, prefix.length)
    return uuidFromSha256(hash('sha256', scratch.subarray(0, length)))
  }

  return {
    idOf(line, offset) {
      const lineBlock = Math.floor(offset / COUNTING_BLOCK_BYTES)
      if (lineBlock !== block) {
        previous = lineBlock === block + 1 ? current : new Map()
        current = new Map()
        block = lineBlock
      }
      const id = hashed(line, 0)
      const inBlock = current.get(id) ?? 0
      const n = inBlock + (previous.get(id) ?? 0)
      current.set(id, inBlock + 1)
      return n === 0 ? id : hashed(line, n)
    },
  }
}
