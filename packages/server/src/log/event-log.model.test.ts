import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { randomNumbers } from '@almanac/core/random-numbers.ts'
import { expect, test } from 'vitest'
import { type EventLog, openEventLog } from './event-log.ts'
import { type LogReader, openLogReader } from './log-reader.ts'
import { FaultyFileSystem, systemError } from './testing/faulty-file-system.ts'
import { readAll } from './testing/read-all.ts'
import { scratchDirectory } from './testing/scratch.ts'

const STEPS = 60
/** A power failure, a SIGKILL, a clean end. */
const HOW_TO_END = ['crash', 'kill', 'close'] as const
const newSeed = Math.floor(Math.random() * 2 ** 32)
const SEEDS = [...Array(30).keys(), ...Array.from({ length: 10 }, (_, i) => (newSeed + i) >>> 0)]

test.each(SEEDS)(
  'whatever fails, what was acknowledged is read once, in order, and nothing else is (seed %i)',
  async (seed) => {
    await using scratch = await scratchDirectory()
    const run = new RandomRun(join(scratch.path, 'log'), randomNumbers(seed))
    try {
      await run.open()
      for (let step = 0; step < STEPS; step++) await run.step()
      await run.reopen('crash')
      await run.reopen('close')
    } finally {
      await run.end()
    }
  },
  30_000,
)

/** A log among failures, and what has to be true of it. */
class RandomRun {
  readonly #directory: string
  readonly #random: () => number
  readonly #attempted = new Set<string>()
  readonly #acknowledged = new Map<number, string>()
  /** What a reader that follows the log has seen: it must not see what a crash can take back. */
  readonly #seen = new Map<number, string>()
  #fs: FaultyFileSystem
  #log: EventLog | undefined
  #follower: LogReader | undefined

  constructor(directory: string, random: () => number) {
    this.#directory = directory
    this.#random = random
    this.#fs = new FaultyFileSystem(random)
  }

  async open(): Promise<void> {
    this.#log = await openEventLog({
      directory: this.#directory,
      minFreeDiskBytes: 0,
      maxIngestLagBytes: 1e12,
      segmentBytes: 1024 + this.#below(8192),
      writeAhead: { firstBytes: this.#below(1000), maxBytes: this.#random() < 0.8 ? this.#below(4096) : 0 },
      retryDelayMs: 1,
      fs: this.#fs,
    })
    this.#follower = openLogReader(this.#directory, 0)
  }

  async step(): Promise<void> {
    const dice = this.#random()
    if (dice < 0.6) await this.#append()
    else if (dice < 0.75) this.#injectFailures()
    else if (dice < 0.85) await this.#follow()
    else if (dice < 0.9) await delay(1)
    else await this.reopen(HOW_TO_END[this.#below(HOW_TO_END.length)] ?? 'crash')
  }

  async reopen(how: (typeof HOW_TO_END)[number]): Promise<void> {
    const unsettled = this.#random() < 0.7 ? this.#appendBurst() : []
    for (let turns = this.#below(6); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve))
    this.#fs.onWrite = undefined
    this.#fs.onSync = undefined
    this.#fs.onTruncate = undefined
    await this.#follower?.close()
    if (how === 'close') {
      await this.#log?.close()
      await Promise.all(unsettled)
    } else if (how === 'kill') {
      this.#fs = this.#fs.kill()
    } else {
      this.#fs.crash()
      this.#fs = new FaultyFileSystem(this.#random)
    }
    await this.open()
    await this.#follow()
    await this.#check()
  }

  async end(): Promise<void> {
    await this.#follower?.close()
    await this.#log?.close()
  }

  async #append(): Promise<void> {
    const settled = this.#appendBurst()
    if (this.#random() < 0.8) await Promise.all(settled)
  }

  #appendBurst(): Promise<void>[] {
    let lastAcknowledged = -1
    return Array.from({ length: 1 + this.#below(20) }, async () => {
      const text = `${this.#attempted.size}:${'x'.repeat(this.#below(this.#random() < 0.1 ? 3000 : 200))}`
      this.#attempted.add(text)
      const position = await this.#log?.append(this.#random() < 0.5 ? text : Buffer.from(text)).catch(() => undefined)
      if (position === undefined) return
      expect(position).toBeGreaterThan(lastAcknowledged)
      expect(this.#acknowledged.has(position)).toBe(false)
      lastAcknowledged = position
      this.#acknowledged.set(position, text)
    })
  }

  /** The next few calls fail, or write only a part. */
  #injectFailures(): void {
    let writesLeft = this.#below(4)
    let truncatesLeft = this.#below(3)
    let syncsLeft = this.#below(3)
    this.#fs.onWrite = () => {
      if (writesLeft-- <= 0) return undefined
      const dice = this.#random()
      if (dice < 0.4) return 1 + this.#below(40)
      return dice < 0.7 ? systemError('ENOSPC') : systemError('EIO')
    }
    this.#fs.onTruncate = () => (truncatesLeft-- > 0 && this.#random() < 0.5 ? systemError('EIO') : undefined)
    this.#fs.onSync = () => (syncsLeft-- > 0 && this.#random() < 0.7 ? systemError('EIO') : undefined)
  }

  async #follow(): Promise<void> {
    const maxBytes = 1 + this.#below(50_000)
    const part = await this.#follower?.read({ upTo: this.#log?.durableEnd ?? 0, maxBytes })
    for (const { position, payload } of part?.frames ?? []) this.#seen.set(position, payload.toString())
  }

  async #check(): Promise<void> {
    const { frames, damage } = await readAll(this.#directory, this.#log?.durableEnd ?? 0, 0, 1 + this.#below(5000))
    const found = new Map(frames.map(({ position, payload }) => [position, payload.toString()]))
    const texts = [...found.values()]
    for (const [position, text] of [...this.#acknowledged, ...this.#seen]) expect(found.get(position)).toBe(text)
    expect(texts.filter((text) => !this.#attempted.has(text))).toEqual([])
    expect(new Set(texts).size).toBe(frames.length)
    expect([...found.keys()]).toEqual([...found.keys()].toSorted((a, b) => a - b))
    const isInDamage = (position: number) => damage.some(({ from, to }) => from <= position && position < to)
    expect([...this.#acknowledged.keys()].filter(isInDamage)).toEqual([])
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit)
  }
}
