const MEASURE_EVERY_MS = 1000
const MEASURE_EVERY_BYTES = 16 * 1024 * 1024

/** How much of the disk is free: measured at most once a second and after every 16 MiB, reckoned in between. */
export class DiskSpace {
  readonly #measure: () => Promise<number>
  #freeBytes = Number.POSITIVE_INFINITY
  #measuredAtMs = Number.NEGATIVE_INFINITY
  #writtenBytes = 0

  constructor(measure: () => Promise<number>) {
    this.#measure = measure
  }

  get freeBytes(): number {
    return Math.max(0, this.#freeBytes - this.#writtenBytes)
  }

  get isStale(): boolean {
    return performance.now() - this.#measuredAtMs >= MEASURE_EVERY_MS || this.#writtenBytes >= MEASURE_EVERY_BYTES
  }

  async refresh(): Promise<void> {
    this.#freeBytes = await this.#measure()
    this.#measuredAtMs = performance.now()
    this.#writtenBytes = 0
  }

  noteWritten(bytes: number): void {
    this.#writtenBytes += bytes
  }
}
