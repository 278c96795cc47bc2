import { hash } from 'node:crypto'
import type { TextSource } from '../../../collect/read/text-source.ts'

/**
 * By what an interrupted import finds its file again, under any name: the first 64 KiB of the text and the size on disk.
 * Of two different files that begin alike (a corrected copy, a log that has grown) the position in one says nothing about
 * the other, so it must not be taken for it; the size tells most of them apart. What is then read once more from the
 * start is only work: ids decide what is stored. `undefined` for a pipe: what comes out of it next time, nobody knows.
 */
export function fingerprintOf({ head, sizeBytes }: Pick<TextSource, 'head' | 'sizeBytes'>): string | undefined {
  return sizeBytes === undefined ? undefined : hash('sha256', Buffer.concat([head, Buffer.from(`\0${sizeBytes}`)]))
}
