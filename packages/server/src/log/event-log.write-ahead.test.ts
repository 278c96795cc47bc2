import { appendFile, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EventLog, type EventLogOptions, openEventLog } from './event-log.ts'
import { openLogReader } from './log-reader.ts'
import { segmentFileName } from './position.ts'
import { listSegments } from './segments/segments.ts'
import { FaultyFileSystem, systemError } from './testing/faulty-file-system.ts'
import { readAll, readTexts } from './testing/read-all.ts'
import { scratchDirectory } from './testing/scratch.ts'
import { verifyLog } from './verify-log.ts'

const KIBIBYTE = 1024
const HEADER_BYTES = 64
/** Two hundred bytes, of which the first hundred are the steps' half. */
const SMALL_STEPS = { firstBytes: 200, maxBytes: 200 }

let scratch: Awaited<ReturnType<typeof scratchDirectory>>
let directory: string
const opened: EventLog[] = []

beforeEach(async () => {
  scratch = await scratchDirectory()
  directory = join(scratch.path, 'log')
})
afterEach(async () => {
  for (const log of opened.splice(0)) await log.close()
  await scratch[Symbol.asyncDispose]()
})

async function open(options: Partial<EventLogOptions> = {}): Promise<EventLog> {
  const log = await openEventLog({
    directory,
    minFreeDiskBytes: 0,
    maxIngestLagBytes: 1e12,
    retryDelayMs: 1,
    ...options,
  })
  opened.push(log)
  return log
}

const firstFile = () => join(directory, segmentFileName(0))
const isZeros = (bytes: Buffer) => bytes.every((byte) => byte === 0)

describe('zeros ahead of the events', () => {
  test('are written in steps that double, are replaced by events, and are no part of the log', async () => {
    const log = await open({ writeAhead: { firstBytes: 1000, maxBytes: 4000 } })
    const steps: number[] = []
    const texts: string[] = []
    let preparedTo = 0
    for (let i = 0; i < 40; i++) {
      texts.push(`${i} ${'x'.repeat(480)}`)
      const end = await log.append(texts.at(-1) ?? '').then(() => log.durableEnd)
      await untilPrepared(log)
      const { preparedBytes, sizeBytes } = log.status()
      steps.push(end + preparedBytes - preparedTo)
      preparedTo = end + preparedBytes
      expect(sizeBytes).toBe(end)
      expect((await stat(firstFile())).size).toBeGreaterThanOrEqual(end + preparedBytes)
      expect((await readFile(firstFile())).subarray(end).every((byte) => byte === 0)).toBe(true)
    }
    expect(steps.filter((bytes) => bytes === 4000).length).toBeGreaterThan(2)
    expect(Math.max(...steps)).toBe(4000)
    expect(await readAll(directory, log.durableEnd)).toMatchObject({ damage: [], frames: { length: 40 } })
    expect(await readTexts(directory, log.durableEnd)).toEqual(texts)
    expect(await verifyLog(directory)).toMatchObject({ frames: 40, bytes: log.durableEnd, unfinishedBytes: 0 })
  })

  test('of a log with one event are a quarter of a mebibyte', async () => {
    const log = await open()
    await log.append('one')
    await untilPrepared(log)
    expect(log.status().preparedBytes).toBe(256 * KIBIBYTE)
  })

  test('are gone after a clean stop', async () => {
    const log = await open()
    await log.append('one')
    await untilPrepared(log)
    await log.close()
    expect((await stat(firstFile())).size).toBe(log.durableEnd)
  })

  test('are gone after a clean stop that comes while they are written', async () => {
    const log = await open()
    await log.append('one')
    await log.close()
    expect((await stat(firstFile())).size).toBe(log.durableEnd)
  })

  test('are cut off a complete segment, on disk, before the next one gets its name', async () => {
    const fs = new FaultyFileSystem()
    const log = await open({ fs, segmentBytes: 1000 })
    await log.append('x'.repeat(600))
    await untilPrepared(log)
    fs.calls.length = 0
    await log.append('y'.repeat(600))
    const [first = 0, second = 0] = await listSegments(directory)
    expect((await stat(firstFile())).size).toBe(second - first)
    const untilNamed = fs.calls.slice(0, fs.calls.indexOf('rename') + 1)
    expect(untilNamed).toEqual(['truncate', 'sync', 'open', 'write', 'sync', 'rename'])
  })

  test('count as used before the disk is measured again', async () => {
    const fs = new FaultyFileSystem()
    fs.freeDiskBytes = 1e9
    const log = await open({ fs })
    await log.append('one')
    await untilPrepared(log)
    expect(log.status().freeDiskBytes).toBe(1e9 - 256 * KIBIBYTE - (12 + 'one'.length))
  })

  test('take no more than an eighth of what is free above the minimum', async () => {
    const fs = new FaultyFileSystem()
    fs.freeDiskBytes = 1e6 + 8 * 200 + 12 // 12 too few once the first frame is written
    const log = await open({ fs, minFreeDiskBytes: 1e6, writeAhead: SMALL_STEPS })
    await log.append('x')
    await someTurns()
    expect(log.status()).toMatchObject({ state: 'open', preparedBytes: 0 })
    fs.freeDiskBytes += 1e6
    await log.close()
    const again = await open({ fs, minFreeDiskBytes: 1e6, writeAhead: SMALL_STEPS })
    await again.append('x')
    await untilPrepared(again)
  })

  test('are not written for large batches, which would only be written twice', async () => {
    const fs = new FaultyFileSystem()
    const log = await open({ fs })
    fs.calls.length = 0
    await log.append('x'.repeat(256 * KIBIBYTE))
    await someTurns()
    expect(fs.count('open')).toBe(1) // of the segment itself
    await log.append('x')
    await untilPrepared(log)
  })
})

describe('after a death of the writer', () => {
  /** A log of three events that was killed while `tail` stood behind the last one. */
  async function killedWith(tail: Uint8Array): Promise<{ whole: Buffer; start: number; end: number }> {
    const log = await open()
    await log.append('one')
    await log.append('two')
    const start = await log.append('the last frame')
    await log.close()
    const whole = await readFile(firstFile())
    await appendFile(firstFile(), tail)
    return { whole, start, end: log.durableEnd }
  }

  test.each([1, 11, 512, 4096, 300_000])('%i zeros are neither a torn tail nor worth a word', async (byteCount) => {
    const { end } = await killedWith(Buffer.alloc(byteCount))
    expect(await verifyLog(directory)).toMatchObject({ frames: 3, bytes: end, damage: [], end, unfinishedBytes: 0 })
    const words: string[] = []
    const note = (_: object, message: string) => words.push(message)
    const log = await open({ logger: { info: note, warn: note, error: note } })
    expect(words).toEqual([])
    expect(log.status()).toMatchObject({ durableEnd: end, sizeBytes: end, damage: [], cut: undefined })
    expect((await stat(firstFile())).size).toBe(end)
    expect(await log.append('after')).toBe(end)
    expect(await readTexts(directory, log.durableEnd)).toEqual(['one', 'two', 'the last frame', 'after'])
    expect(await readdir(directory)).not.toContain('damaged')
  })

  test('a frame of which only the beginning replaced zeros is a torn tail, wherever it ends', async () => {
    const { whole, start, end } = await killedWith(Buffer.alloc(0))
    for (let size = start + 1; size < end; size++) {
      await writeFile(firstFile(), Buffer.concat([whole.subarray(0, size), Buffer.alloc(100_000)]))
      const log = await open()
      expect(log.status()).toMatchObject({ durableEnd: start, damage: [], cut: { from: start, to: 512 } })
      await log.append('after')
      await log.close()
      expect(await readTexts(directory, log.durableEnd)).toEqual(['one', 'two', 'after'])
      expect(await listSegments(directory)).toEqual([0])
      const kept = await readFile(join(directory, 'damaged', `${start}-512.bin`))
      expect(kept).toEqual(Buffer.concat([whole.subarray(start, size), Buffer.alloc(512 - size)]))
    }
  })

  test('a frame of which only the end replaced zeros is a torn tail', async () => {
    const { whole, start, end } = await killedWith(Buffer.alloc(5000))
    const torn = Buffer.concat([whole, Buffer.alloc(5000)]).fill(0, start, end - 3)
    await writeFile(firstFile(), torn)
    expect(await verifyLog(directory)).toMatchObject({
      frames: 2,
      end: start,
      damage: [],
      unfinishedBytes: 512 - start,
    })
    const log = await open()
    expect(log.status()).toMatchObject({ durableEnd: start, damage: [], cut: { from: start, to: 512 } })
  })

  test('zeros behind a damaged last segment are cut off, and its events kept', async () => {
    const { whole, end } = await killedWith(Buffer.alloc(5000))
    const damaged = Buffer.concat([whole, Buffer.alloc(5000)])
    damaged.write('X', HEADER_BYTES + 12)
    await writeFile(firstFile(), damaged)
    const log = await open()
    expect(log.status()).toMatchObject({ damage: [{ from: HEADER_BYTES }], cut: undefined, durableEnd: end })
    expect((await stat(firstFile())).size).toBe(end)
    expect(await log.append('after')).toBe(end + HEADER_BYTES)
    expect(await readTexts(directory, log.durableEnd)).toEqual(['two', 'the last frame', 'after'])
  })
})

describe('zeros that stayed behind a complete segment', () => {
  test('are neither read, reported nor counted', async () => {
    const fs = new FaultyFileSystem()
    fs.onTruncate = () => systemError('EIO')
    const log = await open({ fs, segmentBytes: 1000 })
    const texts = Array.from({ length: 12 }, (_, i) => `${i} ${'x'.repeat(250)}`)
    for (const text of texts) {
      await log.append(text)
      await untilPrepared(log)
    }
    const bases = await listSegments(directory)
    expect(bases.length).toBeGreaterThan(3)
    expect((await stat(firstFile())).size).toBe(1000) // with its zeros
    expect(bases[1]).toBeLessThan(1000)
    for (const maxBytes of [1, 300, 1000, 1e6]) {
      const { frames, damage } = await readAll(directory, log.durableEnd, 0, maxBytes)
      expect(frames.map(({ payload }) => payload.toString())).toEqual(texts)
      expect(damage).toEqual([])
    }
    const { durableEnd } = log
    await log.close()
    expect(await verifyLog(directory)).toMatchObject({ frames: 12, bytes: durableEnd, damage: [], unfinishedBytes: 0 })
    expect((await open({ segmentBytes: 1000 })).status()).toMatchObject({ sizeBytes: durableEnd, durableEnd })
  })

  test.each([1, 500, 1e6])(
    'are not taken for damage by a reader of %i bytes that knew that segment as the last',
    async (maxBytes) => {
      const fs = new FaultyFileSystem()
      fs.onTruncate = () => systemError('EIO')
      const log = await open({ fs, segmentBytes: 1000 })
      const reader = openLogReader(directory, 0)
      try {
        await log.append('first')
        await untilPrepared(log)
        expect((await reader.read({ upTo: log.durableEnd })).frames).toHaveLength(1)
        const texts = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(300))
        for (const text of texts) await log.append(text)
        expect(await listSegments(directory)).toHaveLength(2)

        const found: string[] = []
        for (let next = 0; next < log.durableEnd; ) {
          const part = await reader.read({ upTo: log.durableEnd, maxBytes })
          expect(part.damage).toEqual([])
          found.push(...part.frames.map(({ payload }) => payload.toString()))
          next = part.next
        }
        expect(found).toEqual(texts)
      } finally {
        await reader.close()
      }
    },
  )
})

describe('when zeros can’t be written', () => {
  test.each(['open', 'write'])('because of a failed %s, appends go on in the same segment', async (call) => {
    const fs = new FaultyFileSystem()
    const log = await open({ fs })
    await log.append('begins the segment, before its zeros')
    await log.close()
    const again = await open({ fs })
    if (call === 'open') fs.onOpen = () => systemError('EMFILE')
    else fs.onWrite = (bytes) => (isZeros(bytes) ? systemError('EIO') : undefined)
    for (const text of ['a', 'b', 'c']) {
      await again.append(text)
      await someTurns()
    }
    expect(again.status()).toMatchObject({ state: 'open', preparedBytes: 0 })
    expect(await listSegments(directory)).toEqual([0])
    expect((await readTexts(directory, again.durableEnd)).slice(1)).toEqual(['a', 'b', 'c'])
  })

  test('for want of space, what they took is given back and appends go on', async () => {
    const fs = new FaultyFileSystem()
    const verdicts = [150, systemError('ENOSPC')]
    fs.onWrite = (bytes) => (isZeros(bytes) ? verdicts.shift() : undefined)
    const log = await open({ fs, writeAhead: SMALL_STEPS })
    await log.append('one')
    await someTurns()
    expect(verdicts).toEqual([])
    expect((await stat(firstFile())).size).toBe(log.durableEnd)
    await log.append('two')
    expect(log.status()).toMatchObject({ state: 'open', preparedBytes: 0 })
    expect(await readTexts(directory, log.durableEnd)).toEqual(['one', 'two'])
  })

  test('because of a failed sync, the next append gets a new segment and is not refused', async () => {
    const fs = new FaultyFileSystem()
    const log = await open({ fs })
    let syncs = 0
    fs.onSync = () => (++syncs === 3 ? systemError('EIO') : undefined) // after the header's and the first frame's
    await log.append('one')
    await someTurns()
    expect(syncs).toBe(3)
    const { durableEnd } = log
    await log.append('two')
    expect(await listSegments(directory)).toEqual([0, durableEnd])
    expect(await readTexts(directory, log.durableEnd)).toEqual(['one', 'two'])
  })

  test('an append whose bytes their failed sync lost is refused', async () => {
    const fs = new FaultyFileSystem(() => 0.9) // nothing unsynced gets to the disk by itself
    const log = await open({ fs, writeAhead: SMALL_STEPS })
    await log.append('one')
    await untilPrepared(log)
    let inFlight: Promise<unknown> = Promise.resolve()
    let tellOfFailure = () => {}
    const hasFailed = new Promise<void>((resolve) => {
      tellOfFailure = resolve
    })
    let syncs = 0
    fs.duringSync = async () => {
      syncs++
      if (syncs === 3) return hasFailed // that of the append in flight
      if (syncs !== 2) return
      // That of the zeros: an append is written while it is under way.
      inFlight = log.append('in flight').catch((error) => error)
      await someTurns()
    }
    fs.onSync = () => {
      if (syncs !== 3) return undefined
      fs.onSync = undefined
      tellOfFailure()
      return systemError('EIO')
    }
    await log.append('x'.repeat(100))
    await someTurns()
    expect(await inFlight).toMatchObject({ code: 'overloaded' })
    await untilOpen(log)
    await log.append('after')
    expect(await readTexts(directory, log.durableEnd)).toEqual(['one', 'x'.repeat(100), 'after'])
  })
})

test('zeros that are still being written never cover an append that outran them', async () => {
  const fs = new FaultyFileSystem()
  const log = await open({ fs, writeAhead: SMALL_STEPS })
  let outran: Promise<unknown> = Promise.resolve()
  fs.beforeWrite = async (bytes) => {
    if (!isZeros(bytes)) return
    fs.beforeWrite = undefined
    outran = log.append('outran the zeros')
    await someTurns()
  }
  await log.append('one')
  await someTurns()
  await outran
  expect(await readTexts(directory, log.durableEnd)).toEqual(['one', 'outran the zeros'])
})

test('a failed write over zeros leaves nothing torn, and the same segment goes on', async () => {
  const fs = new FaultyFileSystem()
  const log = await open({ fs })
  await log.append('kept')
  await untilPrepared(log)
  const { durableEnd } = log
  const verdicts = [5, systemError('ENOSPC')]
  fs.onWrite = () => verdicts.shift()
  await expect(log.append('torn')).rejects.toMatchObject({ code: 'disk_full' })
  expect((await stat(firstFile())).size).toBe(durableEnd)
  await untilOpen(log)
  expect(await log.append('after')).toBe(durableEnd)
  expect(await readTexts(directory, log.durableEnd)).toEqual(['kept', 'after'])
})

test('a failed write beside zeros that are being written leaves neither in the file', async () => {
  const fs = new FaultyFileSystem()
  const log = await open({ fs, writeAhead: SMALL_STEPS })
  await log.append('one')
  await untilPrepared(log)
  let refused: Promise<unknown> = Promise.resolve()
  fs.beforeWrite = async (bytes) => {
    if (!isZeros(bytes)) return
    fs.beforeWrite = undefined
    refused = log.append('refused').catch((error) => error)
    await someTurns()
  }
  fs.onWrite = (bytes) => (bytes.includes('refused') ? systemError('ENOSPC') : undefined)
  await log.append('x'.repeat(100))
  await someTurns()
  expect(await refused).toMatchObject({ code: 'disk_full' })
  expect((await stat(firstFile())).size).toBe(log.durableEnd)
})

test('a batch that is just being written is not reported as damage', async () => {
  const log = await open()
  await log.append('one')
  const from = await log.append('two')
  const to = await log.append('three')
  await log.close()
  const whole = await readFile(firstFile())
  const looks = [Buffer.from(whole).fill(0, from, to), whole]
  const report = await verifyLog(directory, async () => looks.shift() ?? whole)
  expect(report).toMatchObject({ frames: 3, damage: [] })
  expect(looks).toEqual([])
})

/** Waits for the zeros, which come in the background. */
async function untilPrepared(log: EventLog): Promise<void> {
  for (let i = 0; i < 2000 && log.status().preparedBytes === 0; i++)
    await new Promise((resolve) => setTimeout(resolve, 1))
  expect(log.status().preparedBytes).toBeGreaterThan(0)
}

/** More turns of the event loop than anything here takes on a file system that answers after one. */
async function someTurns(): Promise<void> {
  for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve))
}

/** Waits for the log's own retry, which comes after milliseconds here. */
async function untilOpen(log: EventLog): Promise<void> {
  for (let i = 0; i < 2000 && log.status().state !== 'open'; i++) await new Promise((resolve) => setTimeout(resolve, 1))
  expect(log.status().state).toBe('open')
}
