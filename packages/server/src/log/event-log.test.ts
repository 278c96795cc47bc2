import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EventLog, type EventLogOptions, openEventLog } from './event-log.ts'
import { openLogReader } from './log-reader.ts'
import { segmentFileName } from './position.ts'
import { listSegments } from './segments/segments.ts'
import { FaultyFileSystem, systemError } from './testing/faulty-file-system.ts'
import { readAll, readTexts } from './testing/read-all.ts'
import { scratchDirectory } from './testing/scratch.ts'

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

const OFF = { firstBytes: 0, maxBytes: 0 }

/** Tests that count or fail single calls want no zeros written in between. event-log.write-ahead.test.ts is about those. */
async function open(options: Partial<EventLogOptions> = {}): Promise<EventLog> {
  const log = await openEventLog({
    directory,
    minFreeDiskBytes: 0,
    maxIngestLagBytes: 1e12,
    retryDelayMs: 1,
    ...(options.fs && { writeAhead: OFF }),
    ...options,
  })
  opened.push(log)
  return log
}

test('what was appended is read back in order, at the positions that were told', async () => {
  const log = await open()
  const payloads = ['first', '', 'ünï ✓', '{"a":1}\0\n', 'lone \ud800 surrogate', Buffer.from([0, 255, 254, 65])]
  const positions = await Promise.all(payloads.map((payload) => log.append(payload)))

  const { frames, damage } = await readAll(directory, log.durableEnd)
  expect(frames.map(({ position }) => position)).toEqual(positions)
  expect(frames.map(({ payload }) => payload)).toEqual(payloads.map((payload) => Buffer.from(payload)))
  expect(frames.at(-1)?.next).toBe(log.durableEnd)
  expect(damage).toEqual([])
})

test('a payload may be changed by its owner as soon as append returned', async () => {
  const log = await open()
  const payload = Buffer.from('before')
  const done = log.append(payload)
  payload.fill('x')
  await done
  expect(await readTexts(directory, log.durableEnd)).toEqual(['before'])
})

test('a log goes on where it ended, under the same id', async () => {
  const first = await open()
  await first.append('one')
  await first.close()
  const second = await open()
  expect(second.id).toBe(first.id)
  expect(await second.append('two')).toBe(first.durableEnd)
  expect(await readTexts(directory, second.durableEnd)).toEqual(['one', 'two'])
})

test('a log whose log.json is lost keeps its id', async () => {
  const first = await open()
  await first.append('one')
  await first.close()
  await rm(join(directory, 'log.json'))
  const second = await open()
  expect(second.id).toBe(first.id)
  expect(await readTexts(directory, second.durableEnd)).toEqual(['one'])
})

test('a thousand appends at once share one write and one sync', async () => {
  const fs = new FaultyFileSystem()
  const log = await open({ fs })
  await log.append('begins the segment')
  const before = { writes: fs.count('write'), syncs: fs.count('sync') }
  await Promise.all(Array.from({ length: 1000 }, (_, i) => log.append(`event ${i}`)))
  expect(fs.count('write') - before.writes).toBe(1)
  expect(fs.count('sync') - before.syncs).toBe(1)
})

test('appends that come during a sync have one of their own, and are not acknowledged by the first', async () => {
  const fs = new FaultyFileSystem()
  const log = await open({ fs })
  await log.append('begins the segment')
  const order: string[] = []
  let late: Promise<unknown> = Promise.resolve()
  fs.duringSync = async () => {
    fs.duringSync = undefined
    late = Promise.all(['b', 'c'].map((text) => log.append(text).then(() => order.push(text))))
  }
  const stop = log.onDurable((durableEnd) => order.push(`durable ${durableEnd - firstEnd}`))
  const firstEnd = log.durableEnd
  await log.append('a').then(() => order.push('a'))
  await late
  stop()
  await log.append('after the listener left')
  expect(order).toEqual(['durable 13', 'a', 'durable 39', 'b', 'c'])
})

describe('of two syncs at once', () => {
  /** Appends `a`, and `b` while the sync of `a` is under way, whose end is the caller's to decide. */
  async function twoUnderWay() {
    const fs = new FaultyFileSystem()
    const log = await open({ fs })
    await log.append('begins the segment')
    const { durableEnd } = log
    const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const begun = Promise.withResolvers<void>()
    const ends = [first, second]
    fs.duringSync = async () => {
      const end = ends.shift()
      if (ends.length === 0) begun.resolve()
      await end?.promise
    }
    const outcome = (append: Promise<number>) =>
      append.then((position) => position - durableEnd).catch(({ code }) => code)
    const a = outcome(log.append('a'))
    while (ends.length > 1) await nextTurn()
    const b = outcome(log.append('b'))
    await begun.promise
    return { fs, log, a, b, first, second }
  }

  test('the second is acknowledged after the first, also when it ends sooner', async () => {
    const { log, a, b, first, second } = await twoUnderWay()
    const order: string[] = []
    const both = Promise.all([a.then(() => order.push('a')), b.then(() => order.push('b'))])
    const before = log.durableEnd
    second.resolve()
    for (let turns = 0; turns < 20; turns++) await nextTurn()

    expect(order).toEqual([])
    expect(log.durableEnd).toBe(before)
    first.resolve()
    await both
    expect(order).toEqual(['a', 'b'])
  })

  test('a failure of the first refuses both', async () => {
    const { fs, log, a, b, first, second } = await twoUnderWay()
    const errors = [systemError('EIO')]
    fs.onSync = () => errors.shift()
    first.resolve()
    for (let turns = 0; turns < 20; turns++) await nextTurn()
    second.resolve()

    expect(await Promise.all([a, b])).toEqual(['overloaded', 'overloaded'])
    await untilOpen(log)
    await log.append('after')
    expect(await readTexts(directory, log.durableEnd)).toEqual(['begins the segment', 'after'])
  })

  test('a failure that the second is told of, and that lost the first, refuses both', async () => {
    const { fs, log, a, b, first, second } = await twoUnderWay()
    const errors = [systemError('EIO')]
    fs.onSync = () => errors.shift()
    second.resolve()
    for (let turns = 0; turns < 20; turns++) await nextTurn()
    first.resolve()

    expect(await Promise.all([a, b])).toEqual(['overloaded', 'overloaded'])
    await untilOpen(log)
    expect(await readTexts(directory, log.durableEnd)).toEqual(['begins the segment'])
  })

  test('a failure of the second leaves the first acknowledged', async () => {
    const { fs, log, a, b, first, second } = await twoUnderWay()
    first.resolve()
    expect(await a).toBe(0)
    const errors = [systemError('EIO')]
    fs.onSync = () => errors.shift()
    second.resolve()

    expect(await b).toBe('overloaded')
    await untilOpen(log)
    expect(await readTexts(directory, log.durableEnd)).toEqual(['begins the segment', 'a'])
  })
})

test('appends resolve in the order of their positions', async () => {
  const log = await open({ segmentBytes: 4096 })
  const resolved: number[] = []
  const sizes = Array.from({ length: 500 }, (_, i) => (i * 97) % 1500)
  await Promise.all(sizes.map((size) => log.append('x'.repeat(size)).then((position) => resolved.push(position))))
  expect(resolved).toHaveLength(500)
  expect(resolved).toEqual(resolved.toSorted((a, b) => a - b))
})

test('segments stay within their size, are named by position, and complete ones are read-only', async () => {
  const log = await open({ segmentBytes: 4096 })
  for (let i = 0; i < 16; i++) await log.append('x'.repeat(900))
  await Promise.all(Array.from({ length: 4 }, (_, i) => log.append('x'.repeat(i === 3 ? 1308 : 900)))) // too much for one segment, but for its header
  const bases = await listSegments(directory)
  const stats = await Promise.all(bases.map((base) => stat(join(directory, segmentFileName(base)))))
  expect(bases.length).toBe(6)
  expect(Math.max(...stats.map(({ size }) => size))).toBeLessThanOrEqual(4096)
  expect(stats.map(({ mode }) => mode & 0o777)).toEqual([0o400, 0o400, 0o400, 0o400, 0o400, 0o600])
  expect(bases.slice(1)).toEqual(bases.slice(0, -1).map((base, i) => base + (stats[i]?.size ?? 0)))
  expect(log.status()).toMatchObject({ segments: 6, sizeBytes: log.durableEnd, state: 'open', waiting: 0 })
  expect(await readTexts(directory, log.durableEnd)).toHaveLength(20)
})

test('a new segment and its name are on disk before the first append in it is acknowledged', async () => {
  const fs = new FaultyFileSystem()
  const log = await open({ fs })
  fs.calls.length = 0
  await log.append('first')
  const calls = fs.calls.filter((call) => call !== 'freeBytes')
  expect(calls).toEqual(['open', 'write', 'sync', 'rename', 'syncDirectory', 'write', 'sync'])
})

test('a payload larger than a segment gets one for itself', async () => {
  const log = await open({ segmentBytes: 4096 })
  const texts = ['small', 'x'.repeat(3 * 1024 * 1024), 'small again']
  await Promise.all(texts.map((text) => log.append(text)))
  expect(await listSegments(directory)).toHaveLength(3)
  expect(await readTexts(directory, log.durableEnd)).toEqual(texts)
})

test('a payload over the limit is refused and the log goes on', async () => {
  const log = await open({ maxFrameBytes: 100 })
  await expect(log.append('x'.repeat(101))).rejects.toMatchObject({ code: 'too_large' })
  await log.append('x'.repeat(100))
})

test('appends are refused while ingest is too far behind', async () => {
  const log = await open({ maxIngestLagBytes: 1000 })
  await log.append('x'.repeat(1000))
  await expect(log.append('more')).rejects.toMatchObject({ code: 'overloaded' })
  log.setIngested(log.durableEnd)
  await log.append('more')
})

test('appends are refused while too much waits in memory', async () => {
  const log = await open({ maxWaitingBytes: 1000 })
  const waiting = log.append('x'.repeat(1001))
  await expect(log.append('more')).rejects.toMatchObject({ code: 'overloaded' })
  await waiting
  await log.append('more')
})

test('appends are refused while less of the disk is free than has to stay so, and taken again after that', async () => {
  const fs = new FaultyFileSystem()
  fs.freeDiskBytes = 999
  const log = await open({ fs, minFreeDiskBytes: 1000 })
  expect(log.status()).toMatchObject({ state: 'full', freeDiskBytes: 999 })
  await expect(log.append('refused')).rejects.toMatchObject({ code: 'disk_full' })
  fs.freeDiskBytes = 1e9
  await untilOpen(log)
  await log.append('taken')
  expect(await readTexts(directory, log.durableEnd)).toEqual(['taken'])
})

test('what is written counts against the free disk before it is measured again', async () => {
  const fs = new FaultyFileSystem()
  fs.freeDiskBytes = 50_000
  const log = await open({ fs, minFreeDiskBytes: 20_000 })
  fs.freeDiskBytes = 10_000
  const results: string[] = []
  for (let i = 0; i < 10; i++) {
    await log.append('x'.repeat(10_000)).then(
      () => results.push('taken'),
      (error) => results.push(error.code),
    )
  }
  expect(results.slice(0, 3)).toEqual(['taken', 'taken', 'taken'])
  expect(results.at(-1)).toBe('disk_full')
})

test('a full disk refuses what waits, leaves nothing torn, and the same segment goes on when there is space', async () => {
  const fs = new FaultyFileSystem()
  const log = await open({ fs })
  await log.append('kept')
  const { durableEnd } = log

  const verdicts = [5, systemError('ENOSPC')] // a short write, then no more
  fs.onWrite = () => verdicts.shift()
  fs.freeDiskBytes = 3
  const refused = await Promise.allSettled([log.append('lost'), log.append('lost too')])
  expect(refused).toMatchObject([{ reason: { code: 'disk_full' } }, { reason: { code: 'disk_full' } }])
  expect(log.status()).toMatchObject({ state: 'full', durableEnd, waiting: 0, waitingBytes: 0 })
  expect((await stat(join(directory, segmentFileName(0)))).size).toBe(durableEnd)

  fs.freeDiskBytes = 1e9
  await untilOpen(log)
  expect(await log.append('after')).toBe(durableEnd)
  expect(await listSegments(directory)).toEqual([0])
  expect(await readTexts(directory, log.durableEnd)).toEqual(['kept', 'after'])
})

test.each(['write', 'sync'])('after a failed %s with EIO the segment is left and a new one begun', async (call) => {
  const fs = new FaultyFileSystem()
  const log = await open({ fs })
  await log.append('kept')
  const { durableEnd } = log
  const errors = [systemError('EIO')]
  if (call === 'write') fs.onWrite = () => errors.shift()
  else fs.onSync = () => errors.shift()

  await expect(log.append('refused')).rejects.toMatchObject({ code: 'overloaded', cause: { code: 'EIO' } })
  expect(log.durableEnd).toBe(durableEnd)
  await untilOpen(log)
  await log.append('after')
  expect(await listSegments(directory)).toEqual([0, durableEnd])
  const { frames, damage } = await readAll(directory, log.durableEnd)
  expect(frames.map(({ payload }) => payload.toString())).toEqual(['kept', 'after'])
  expect(damage).toEqual([])
})

test('appends that gathered behind a failing sync are refused with it', async () => {
  const fs = new FaultyFileSystem()
  const log = await open({ fs })
  await log.append('kept')
  let gathered: Promise<unknown> = Promise.resolve()
  fs.duringSync = async () => {
    fs.duringSync = undefined
    gathered = log.append('gathered').catch((error) => error)
    const errors = [systemError('EIO')]
    fs.onSync = () => errors.shift()
  }
  await expect(log.append('refused')).rejects.toMatchObject({ code: 'overloaded' })
  expect(await gathered).toMatchObject({ code: 'overloaded' })
  expect(log.status()).toMatchObject({ state: 'failed', waiting: 0, waitingBytes: 0 })
})

test('a torn write that could not be cut off at once is cut off before the log goes on', async () => {
  const fs = new FaultyFileSystem()
  const log = await open({ fs })
  await log.append('kept')
  const { durableEnd } = log
  const verdicts = [5, systemError('ENOSPC')]
  const errors = [systemError('EIO'), systemError('EIO')]
  fs.onWrite = () => verdicts.shift()
  fs.onTruncate = () => errors.shift()
  await expect(log.append('torn')).rejects.toMatchObject({ code: 'disk_full' })
  expect((await stat(join(directory, segmentFileName(0)))).size).toBe(durableEnd + 5)
  await untilOpen(log)
  expect((await stat(join(directory, segmentFileName(0)))).size).toBe(durableEnd)
})

test('what a failed sync left in the page cache of a killed process is on disk before it is read', async () => {
  const fs = new FaultyFileSystem(() => 0.9) // nothing unsynced gets to the disk by itself
  const log = await open({ fs })
  await log.append('kept')
  fs.onSync = () => systemError('EIO')
  fs.onTruncate = () => systemError('EIO')
  await expect(log.append('refused, but in the page cache')).rejects.toMatchObject({ code: 'overloaded' })

  const fsAfterKill = fs.kill()
  opened.length = 0
  const second = await openEventLog({ directory, minFreeDiskBytes: 0, maxIngestLagBytes: 1e12, fs: fsAfterKill })
  const seen = await readTexts(directory, second.durableEnd)
  fsAfterKill.crash()
  const third = await open()
  expect(await readTexts(directory, third.durableEnd)).toEqual(seen)
  expect(seen).toContain('kept')
})

test('a log can be closed while it is full', async () => {
  const fs = new FaultyFileSystem()
  fs.freeDiskBytes = 0
  const log = await open({ fs, minFreeDiskBytes: 1 })
  await log.close()
  expect(log.status().state).toBe('closed')
  await expect(log.append('a')).rejects.toMatchObject({ code: 'overloaded' })
})

test('a disk that keeps failing is tried again and again, and nothing is acknowledged meanwhile', async () => {
  const fs = new FaultyFileSystem()
  const log = await open({ fs })
  let failuresLeft = 12
  fs.onSync = () => (failuresLeft-- > 0 ? systemError('EIO') : undefined)
  await expect(log.append('refused')).rejects.toMatchObject({ code: 'overloaded' })
  await expect(log.append('refused at once')).rejects.toMatchObject({ code: 'overloaded' })
  for (let tries = 0; failuresLeft >= 0 && tries < 100; tries++) {
    await untilOpen(log)
    await log.append('in the end').catch(() => undefined)
  }
  expect(new Set(await readTexts(directory, log.durableEnd))).toEqual(new Set(['in the end']))
})

test('closing settles the appends that wait, and later ones are refused', async () => {
  const log = await open()
  const waiting = [log.append('a'), log.append('b')]
  await log.close()
  await Promise.all(waiting)
  await expect(log.append('c')).rejects.toMatchObject({ code: 'overloaded' })
  expect(await readTexts(directory, log.durableEnd)).toEqual(['a', 'b'])
})

test('a log that lost its end gives no position away that ingest believes to have read', async () => {
  const log = await open()
  await log.append('one')
  await log.close()
  const checkpoint = log.durableEnd + 5000
  const again = await open({ startAt: checkpoint })
  expect(await again.append('two')).toBeGreaterThan(checkpoint)

  const { frames, damage } = await readAll(directory, again.durableEnd)
  expect(frames.map(({ payload }) => payload.toString())).toEqual(['one', 'two'])
  expect(damage).toEqual([{ from: log.durableEnd, to: checkpoint, reason: 'bytes_missing' }])

  const reader = openLogReader(directory, checkpoint)
  const part = await reader.read({ upTo: again.durableEnd })
  await reader.close()
  expect(part.frames.map(({ payload }) => payload.toString())).toEqual(['two'])
})

test('a checkpoint of ingest beyond the end, told later, moves the next append behind it', async () => {
  const log = await open()
  await log.append('one')
  const checkpoint = log.durableEnd + 5000
  log.setIngested(checkpoint)
  expect(await log.append('two')).toBeGreaterThan(checkpoint)
  expect(await readTexts(directory, log.durableEnd)).toEqual(['one', 'two'])
})

test('a failing listener harms neither the log nor the other listeners', async () => {
  const log = await open()
  const heard: number[] = []
  log.onDurable(() => {
    throw new Error('listener')
  })
  log.onDurable((durableEnd) => heard.push(durableEnd))
  await log.append('a')
  expect(heard).toEqual([log.durableEnd])
})

test('the directory is the owner’s alone', async () => {
  await (await open()).append('a')
  expect((await stat(directory)).mode & 0o777).toBe(0o700)
  for (const name of await readdir(directory)) expect((await stat(join(directory, name))).mode & 0o077).toBe(0)
})

test('a directory that is a file is a clear error', async () => {
  await writeFile(directory, '')
  await expect(open()).rejects.toMatchObject({ code: 'invalid_config', message: expect.stringContaining(directory) })
})

test.each([
  { segmentBytes: 2 ** 40, reason: 'expected segments of at most 1073741824 bytes, got 1099511627776' },
  { maxFrameBytes: 2 ** 30, reason: 'expected frames of at most 67108864 bytes, got 1073741824' },
])('a log of oversize parts is refused: $reason', async ({ reason, ...sizes }) => {
  await expect(open(sizes)).rejects.toMatchObject({ code: 'invalid_config', message: reason })
})

/** Waits for the log's own retry, which comes after milliseconds here. */
async function untilOpen(log: EventLog): Promise<void> {
  for (let i = 0; i < 2000 && log.status().state !== 'open'; i++) await new Promise((resolve) => setTimeout(resolve, 1))
  expect(log.status().state).toBe('open')
}
