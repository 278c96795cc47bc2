import { type FileHandle, open } from 'node:fs/promises'
import { AppError, type ErrorCode } from '@almanac/core/errors.ts'
import { gunzip, isGzip } from './gunzip.ts'

/** A file or the standard input, plain or gzip (told by its first bytes), as one stream of uncompressed text. */
export interface TextSource {
  readonly name: string
  /** The first 64 KiB of the text, or all of it when it is shorter. */
  readonly head: Buffer
  /** Of the file on disk; absent for pipes and the like, whose end is not known. */
  readonly sizeBytes?: number
  /** The text from that byte on. Once only. Fails with an AppError when gzip data are damaged, after all that is readable. */
  read(from: number): AsyncGenerator<Buffer>
  /** How much of the file on disk was read so far, for a progress bar. */
  readBytes(): number
  close(): Promise<void>
}

/** `path` is a file's or `-` for the given standard input. Fails with an AppError that says why it cannot be read. */
export async function openTextSource(path: string, stdin: AsyncIterable<Buffer>): Promise<TextSource> {
  return path === '-' ? openPipe('standard input', stdin) : openFile(path)
}

export const HEAD_BYTES = 64 * 1024
const READ_BYTES = 256 * 1024

async function openPipe(name: string, input: AsyncIterable<Buffer>, close = async () => {}): Promise<TextSource> {
  const meter: Meter = { readBytes: 0 }
  const { head, text } = await openText(metered(input, meter), name)
  return { name, head, read: (from) => skipped(text, from), readBytes: () => meter.readBytes, close }
}

async function openFile(path: string): Promise<TextSource> {
  const file = await openForReading(path)
  const close = () => file.close()
  try {
    const stats = await file.stat()
    if (stats.isDirectory()) throw unreadable(path, 'EISDIR')
    // Such as /dev/stdin or a shell's <(zcat x): it cannot be read at a position.
    if (!stats.isFile()) return await openPipe(path, fileChunks(file, path, undefined), close)

    const meter: Meter = { readBytes: 0 }
    const { head, text, isPacked } = await openText(metered(fileChunks(file, path, 0), meter), path)
    const read = (from: number) => {
      if (isPacked) return skipped(text, from)
      meter.readBytes = from
      return metered(fileChunks(file, path, from), meter)
    }
    return { name: path, head, sizeBytes: stats.size, read, readBytes: () => meter.readBytes, close }
  } catch (error) {
    await close()
    throw error
  }
}

interface Meter {
  readBytes: number
}

async function* metered(input: AsyncIterable<Buffer>, meter: Meter): AsyncGenerator<Buffer> {
  for await (const chunk of input) {
    meter.readBytes += chunk.length
    yield chunk
  }
}

interface OpenedText {
  readonly head: Buffer
  readonly text: AsyncGenerator<Buffer>
  readonly isPacked: boolean
}

async function openText(input: AsyncGenerator<Buffer>, name: string): Promise<OpenedText> {
  const raw = await peek(input, 2)
  const isPacked = isGzip(raw.start)
  const { start, all } = await peek(isPacked ? gunzip(raw.all, name) : raw.all, HEAD_BYTES)
  return { head: start.subarray(0, HEAD_BYTES), text: all, isPacked }
}

/** At least so many bytes of the start, fewer at the end of the input only, and then all of it, the start included. */
async function peek(input: AsyncGenerator<Buffer>, bytes: number) {
  const chunks: Buffer[] = []
  let length = 0
  let failure: { readonly error: unknown } | undefined
  try {
    while (length < bytes) {
      const next = await input.next()
      if (next.done) break
      chunks.push(next.value)
      length += next.value.length
    }
  } catch (error) {
    // It belongs after what came before it.
    failure = { error }
  }
  async function* all(): AsyncGenerator<Buffer> {
    yield* chunks
    chunks.length = 0
    if (failure) throw failure.error
    yield* input
  }
  return { start: Buffer.concat(chunks), all: all() }
}

async function* skipped(text: AsyncGenerator<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes
  for await (const chunk of text) {
    if (chunk.length > left) yield left === 0 ? chunk : chunk.subarray(left)
    left = Math.max(0, left - chunk.length)
  }
}

/** From `start` on, or, when it is undefined, from where the file's own position is. */
async function* fileChunks(file: FileHandle, path: string, start: number | undefined): AsyncGenerator<Buffer> {
  let position = start ?? null
  while (true) {
    // Each chunk has memory of its own: lines are views of it, and live as long as they are needed.
    const chunk = Buffer.allocUnsafeSlow(READ_BYTES)
    const { bytesRead } = await file.read(chunk, 0, READ_BYTES, position).catch((error: NodeJS.ErrnoException) => {
      throw unreadable(path, error.code, error)
    })
    if (bytesRead === 0) return
    if (position !== null) position += bytesRead
    yield chunk.subarray(0, bytesRead)
  }
}

async function openForReading(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r')
  } catch (error) {
    throw unreadable(path, (error as NodeJS.ErrnoException).code, error)
  }
}

function unreadable(path: string, code: string | undefined, cause?: unknown): AppError {
  const problem = PROBLEMS[code ?? '']
  if (problem) return new AppError(problem.code, problem.message(path), { hint: problem.hint, cause })
  return new AppError('invalid_request', `${path} cannot be read: ${(cause as Error | undefined)?.message ?? code}`, {
    cause,
  })
}

const PROBLEMS: Record<string, { code: ErrorCode; message: (path: string) => string; hint: string }> = {
  ENOENT: {
    code: 'not_found',
    message: (path) => `There is no file ${path}`,
    hint: 'Check the path; it is taken from the folder in which the command runs.',
  },
  EISDIR: {
    code: 'invalid_request',
    message: (path) => `${path} is a directory`,
    hint: 'Name the files in it, for instance with an asterisk.',
  },
  EACCES: {
    code: 'forbidden',
    message: (path) => `${path} may not be read by this user`,
    hint: 'Give this user the permission, or pass the text on standard input and write - for the file.',
  },
}
