/**
 * The text of a batch's rows, one behind the other, outside of V8's heap: as strings they would be copied again and again by
 * the garbage collector until their insert has ended, and then be copied once more into what is sent.
 */
export class RowText {
  #bytes: Buffer
  #usedBytes = 0

  /** Grows when that is not enough. */
  constructor(expectedBytes: number) {
    this.#bytes = Buffer.allocUnsafeSlow(Math.max(expectedBytes, MIN_BYTES))
  }

  get sizeBytes(): number {
    return this.#usedBytes
  }

  /** Adds a row and a line break. Returns where the row begins; it ends where the next one begins. */
  add(row: string): number {
    const start = this.#usedBytes
    this.#makeRoom(row.length * MAX_BYTES_PER_UNIT + 1)
    const end = start + this.#bytes.write(row, start)
    this.#bytes[end] = LINE_BREAK
    this.#usedBytes = end + 1
    return start
  }

  /** Without a copy: good until the next row is added. */
  between(start: number, end: number): Buffer {
    return this.#bytes.subarray(start, end)
  }

  #makeRoom(bytes: number): void {
    const needed = this.#usedBytes + bytes
    if (needed <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2))
    this.#bytes.copy(larger, 0, 0, this.#usedBytes)
    this.#bytes = larger
  }
}

const MIN_BYTES = 64 * 1024
/** Of UTF-8, for a unit of UTF-16. */
const MAX_BYTES_PER_UNIT = 3
const LINE_BREAK = 0x0a
