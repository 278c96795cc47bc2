import { FRAME_HEADER_BYTES, sealFrames, writeFrameLength } from './frame.ts'

/** A batch is no larger, unless it is a single frame. */
export const MAX_BATCH_BYTES = 8 * 1024 * 1024

const CHUNK_BYTES = 1024 * 1024
const POOLED_CHUNKS = 8

interface Chunk {
  readonly bytes: Buffer
  usedBytes: number
}

/**
 * Appends that share one write and one sync. Payloads are encoded straight into the buffers that are written, once;
 * checksums are made when the batch is sealed, because only then is its position known.
 */
export class FrameBatch {
  readonly #pool: ChunkPool
  readonly #chunks: Chunk[] = []
  readonly #offsets: number[] = []
  readonly #resolves: ((position: number) => void)[] = []
  readonly #rejects: ((reason: Error) => void)[] = []
  sizeBytes = 0

  constructor(pool: ChunkPool) {
    this.#pool = pool
  }

  get frames(): number {
    return this.#offsets.length
  }

  /** `payloadBytes` is the length of the payload in UTF-8. Resolves when the batch is settled. */
  add(payload: Uint8Array | string, payloadBytes: number): Promise<number> {
    const frameBytes = FRAME_HEADER_BYTES + payloadBytes
    const chunk = this.#chunkFor(frameBytes)
    const start = chunk.usedBytes
    writeFrameLength(chunk.bytes, start, payloadBytes)
    if (typeof payload === 'string') chunk.bytes.write(payload, start + FRAME_HEADER_BYTES, payloadBytes, 'utf8')
    else chunk.bytes.set(payload, start + FRAME_HEADER_BYTES)
    chunk.usedBytes += frameBytes

    this.#offsets.push(this.sizeBytes)
    this.sizeBytes += frameBytes
    return new Promise((resolve, reject) => {
      this.#resolves.push(resolve)
      this.#rejects.push(reject)
    })
  }

  /** The bytes to write at `position`, with magic and checksums in place. */
  seal(position: number, seed: number): Buffer[] {
    let at = position
    return this.#chunks.map(({ bytes, usedBytes }) => {
      const used = bytes.subarray(0, usedBytes)
      sealFrames(used, at, seed)
      at += usedBytes
      return used
    })
  }

  /** Tells each append its position, in order. The buffers go back to the pool: nothing may still be writing them. */
  acknowledge(position: number): void {
    for (let i = 0; i < this.#resolves.length; i++) this.#resolves[i]?.(position + (this.#offsets[i] ?? 0))
    this.#release()
  }

  refuse(reason: Error): void {
    for (const reject of this.#rejects) reject(reason)
    this.#release()
  }

  #chunkFor(frameBytes: number): Chunk {
    const last = this.#chunks.at(-1)
    if (last && last.bytes.length - last.usedBytes >= frameBytes) return last
    const chunk = { bytes: this.#pool.take(frameBytes), usedBytes: 0 }
    this.#chunks.push(chunk)
    return chunk
  }

  /** Whatever still holds the batch does not hold the requests that waited for it: they would live as long, and be collected at a cost. */
  #release(): void {
    for (const { bytes } of this.#chunks) this.#pool.giveBack(bytes)
    this.#chunks.length = 0
    this.#resolves.length = 0
    this.#rejects.length = 0
  }
}

/** Keeps a few buffers for the next batches, so that steady traffic allocates none. */
export class ChunkPool {
  readonly #free: Buffer[] = []

  take(minimumBytes: number): Buffer {
    if (minimumBytes > CHUNK_BYTES) return Buffer.allocUnsafeSlow(minimumBytes)
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES)
  }

  giveBack(bytes: Buffer): void {
    if (bytes.length === CHUNK_BYTES && this.#free.length < POOLED_CHUNKS) this.#free.push(bytes)
  }
}
