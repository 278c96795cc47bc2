import { createGunzip } from 'node:zlib'
import { AppError } from '@almanac/core/errors.ts'

export function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b
}

/**
 * The text of gzip data, of several files joined together too. When the data are cut off or damaged, what can be unpacked
 * before that place comes first, and then an AppError that tells the place.
 *
 * The input is fed in small pieces, the next only after the last one's output was taken. 16 KiB unpack to 16 MiB at
 * worst, so a gzip bomb finds no memory to fill.
 */
export async function* gunzip(input: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const unpacker = createUnpacker()
  let textBytes = 0
  try {
    for await (const chunk of input) {
      for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
        for (const text of await unpacker.feed(chunk.subarray(from, from + PIECE_BYTES))) {
          textBytes += text.length
          yield text
        }
        if (unpacker.problem()) throw brokenOff(name, unpacker, textBytes)
      }
    }
    for (const text of await unpacker.finish()) {
      textBytes += text.length
      yield text
    }
    if (unpacker.problem()) throw brokenOff(name, unpacker, textBytes)
  } finally {
    unpacker.close()
  }
}

const PIECE_BYTES = 16 * 1024
const TRAILING_DATA = new Error('there are other data after the end of the gzip data')

interface Unpacker {
  /** Resolves with all that the piece unpacks to. */
  feed(piece: Buffer): Promise<Buffer[]>
  finish(): Promise<Buffer[]>
  problem(): (Error & { readonly code?: string }) | undefined
  unpackedBytes(): number
  close(): void
}

/**
 * zlib's stream by hand instead of by pipe: a pipe drops what is buffered when an error comes, and these are the very
 * lines that should still be delivered.
 */
function createUnpacker(): Unpacker {
  const stream = createGunzip({ chunkSize: 64 * 1024 })
  let output: Buffer[] = []
  let problem: Error | undefined
  let ended = false
  let fedBytes = 0
  let settle = () => {}
  stream.on('data', (text: Buffer) => output.push(text))
  stream.on('end', () => {
    ended = true
    settle()
  })
  stream.on('error', (error) => {
    problem = error
    settle()
  })

  async function outputOf(start: (done: () => void) => void): Promise<Buffer[]> {
    await new Promise<void>((resolve) => {
      settle = resolve
      start(resolve)
    })
    stream.read()
    const taken = output
    output = []
    return taken
  }

  return {
    async feed(piece) {
      fedBytes += piece.length
      const taken = ended ? [] : await outputOf((done) => stream.write(piece, done))
      // zlib stops at zeros after the end, which are padding, and would pass over in silence whatever follows them.
      const unused = piece.subarray(Math.max(0, piece.length - (fedBytes - stream.bytesWritten)))
      if (unused.some((byte) => byte !== 0)) problem ??= TRAILING_DATA
      return taken
    },
    finish: () => (ended ? Promise.resolve([]) : outputOf(() => stream.end())),
    problem: () => problem,
    unpackedBytes: () => stream.bytesWritten,
    close: () => stream.destroy(),
  }
}

function brokenOff(name: string, unpacker: Unpacker, textBytes: number): AppError {
  const cause = unpacker.problem()
  const isCutOff = cause?.code === 'Z_BUF_ERROR'
  const what = isCutOff ? 'is cut off' : `is damaged (${cause?.message})`
  const place = `after ${unpacker.unpackedBytes()} bytes of gzip data, ${textBytes} bytes of text`
  return new AppError('invalid_request', `${name} ${what} ${place}`, {
    hint: isCutOff
      ? 'The complete lines before that place were read. Get the whole file and run the same command again.'
      : `The lines before that place were read. Try what another program gets out of it: gunzip -c "${name}" | almanac import -`,
    cause,
  })
}
