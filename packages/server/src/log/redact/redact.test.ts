import { chmod, cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { randomNumbers } from '@almanac/core/random-numbers.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openEventLog } from '../event-log.ts'
import type { LogFileSystem } from '../log-file-system.ts'
import { FaultyFileSystem, systemError } from '../testing/faulty-file-system.ts'
import { readAll, readTexts } from '../testing/read-all.ts'
import { scratchDirectory } from '../testing/scratch.ts'
import { verifyLog } from '../verify-log.ts'
import { type ByteRange, type RedactionChange, redactLog } from './redact.ts'
import { isRedacted, recoverRedactions } from './redaction-journal.ts'

const SECRET = 'ada@example.com'
/** Twelve frames, two or three to a segment. Every second has two lines of the person and some of others. */
const FRAMES = Array.from({ length: 12 }, (_, n) => {
  const lines = [0, 1, 2, 3].map((i) => `{"userId":"${n % 2 === 0 && i % 2 === 0 ? SECRET : `u${n}-${i}`}","n":${n}}`)
  return [`{"v":1,"n":${n}}`, ...lines].join('\n')
})

let scratch: Awaited<ReturnType<typeof scratchDirectory>>
let directory: string
let end: number

beforeEach(async () => {
  scratch = await scratchDirectory()
  directory = join(scratch.path, 'log')
  end = await writeLog(FRAMES)
})
afterEach(() => scratch[Symbol.asyncDispose]())

async function writeLog(frames: readonly string[]): Promise<number> {
  const log = await openEventLog({ directory, minFreeDiskBytes: 0, maxIngestLagBytes: 1e12, segmentBytes: 512 })
  for (const frame of frames) await log.append(frame)
  await log.close()
  return log.durableEnd
}

const redact = (fs?: LogFileSystem, at = directory, upTo = end) =>
  redactLog({ directory: at, upTo, findInFrame: linesOfSecret, findInDamage: linesOfSecret, ...(fs && { fs }) })

function linesOfSecret(bytes: Buffer): ByteRange[] {
  const ranges: ByteRange[] = []
  for (let from = 0; from < bytes.length; ) {
    const newline = bytes.indexOf(10, from)
    const to = newline < 0 ? bytes.length : newline
    if (bytes.subarray(from, to).includes(SECRET)) ranges.push({ from, to })
    from = to + 1
  }
  return ranges
}

const withoutSecret = (text: string) => text.split('\n').filter((line) => !line.includes(SECRET) && !isRedacted(line))

async function filesWithSecret(path: string): Promise<string[]> {
  const names = await readdir(path, { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const contents = await Promise.all(files.map(async (file) => ({ file, bytes: await readFile(file) })))
  return contents.filter(({ bytes }) => bytes.includes(SECRET)).map(({ file }) => file)
}

test('lines are taken out of every segment, and all that is left reads as before', async () => {
  const before = await readAll(directory, end)
  const segments = (await readdir(directory)).filter((name) => name.endsWith('.seg'))
  expect(segments.length).toBeGreaterThan(2)

  expect(await redact()).toBe(12)

  const after = await readAll(directory, end)
  expect(after.damage).toEqual([])
  expect(after.frames.map(({ position, next }) => [position, next])).toEqual(
    before.frames.map(({ position, next }) => [position, next]),
  )
  const kept = after.frames.map(({ payload }) => withoutSecret(payload.toString()))
  expect(kept).toEqual(FRAMES.map(withoutSecret))
  expect(after.frames[0]?.payload.toString().split('\n').filter(isRedacted)).toHaveLength(2)
  expect(await filesWithSecret(scratch.path)).toEqual([])
  expect(await readdir(directory)).not.toContain('redaction.journal')
  expect((await stat(join(directory, segments[0] ?? ''))).mode & 0o777).toBe(0o400)
})

test('the log can be opened and appended to afterwards', async () => {
  await redact()
  const newEnd = await writeLog(['one more'])
  expect(await verifyLog(directory)).toMatchObject({ frames: FRAMES.length + 1, end: newEnd, damage: [] })
})

test('while a server appends, what it wrote before is redacted and the rest is left alone', async () => {
  const log = await openEventLog({ directory, minFreeDiskBytes: 0, maxIngestLagBytes: 1e12, segmentBytes: 64 * 1024 })
  await log.append(FRAMES[0] ?? '')
  const upTo = log.durableEnd
  await log.append(FRAMES[0] ?? '')
  const appended: Promise<number>[] = []
  const redacting = redactLog({
    directory,
    upTo,
    findInFrame: linesOfSecret,
    findInDamage: linesOfSecret,
    onProgress: () => void appended.push(log.append(FRAMES[1] ?? '')),
  })
  expect(await redacting).toBe(14)
  await Promise.all(appended)
  await log.close()

  expect(await verifyLog(directory)).toMatchObject({ damage: [], frames: FRAMES.length + 2 + appended.length })
  const texts = await readTexts(directory, log.durableEnd)
  expect(texts.filter((text) => text.includes(SECRET))).toEqual([FRAMES[0]])
})

test('a second run finds nothing, and lines of somebody else can be taken out of the same frames', async () => {
  await redact()
  expect(await redact()).toBe(0)
  const find = (payload: Buffer) => {
    const from = payload.indexOf('{"userId":"u0-1"')
    return from < 0 ? [] : [{ from, to: payload.indexOf(10, from) }]
  }
  expect(await redactLog({ directory, upTo: end, findInFrame: find, findInDamage: () => [] })).toBe(1)
  expect((await readAll(directory, end)).damage).toEqual([])
})

test('a change is told before it is made, and by the same name when it was not made', async () => {
  const told: RedactionChange[] = []
  const run = (most: number) =>
    redactLog({
      directory,
      upTo: end,
      findInFrame: linesOfSecret,
      findInDamage: linesOfSecret,
      beforeChange: async (change) => {
        told.push(change)
        if (told.length === most) throw new Error('the power is gone')
      },
    })
  await expect(run(2)).rejects.toThrow('the power is gone')
  const rest = await run(Number.POSITIVE_INFINITY)
  expect(told[2]).toEqual(told[1])
  expect(told.slice(2).reduce((sum, { ranges }) => sum + ranges, 0)).toBe(rest)
  expect(new Set(told.map(({ id }) => id)).size).toBe(told.length - 1)
  expect(await run(0)).toBe(0)
})

test('damaged stretches and the copies that were kept of them are redacted as text', async () => {
  const [first = ''] = (await readdir(directory)).filter((name) => name.endsWith('.seg'))
  await chmod(join(directory, first), 0o600)
  const bytes = await readFile(join(directory, first))
  bytes[64 + 4] = (bytes[64 + 4] ?? 0) ^ 0xff
  await writeFile(join(directory, first), bytes)
  await mkdir(join(directory, 'damaged'))
  await writeFile(join(directory, 'damaged', '64-200.bin'), bytes.subarray(64, 200))

  const damagedBefore = (await verifyLog(directory)).damage
  expect(damagedBefore).toHaveLength(1)
  await redact()
  expect((await verifyLog(directory)).damage).toEqual(damagedBefore)
  expect(await filesWithSecret(scratch.path)).toEqual([])
})

test('after a failure in the middle nothing is lost, and the next run finishes', async () => {
  const fs = new FaultyFileSystem()
  let writes = 0
  fs.onWrite = () => (++writes === 4 ? systemError('EIO') : writes === 2 ? 3 : undefined)
  await expect(redact(fs)).rejects.toThrow('EIO')
  fs.onWrite = undefined
  await redact(fs)
  expect((await verifyLog(directory)).damage).toEqual([])
  expect(await filesWithSecret(scratch.path)).toEqual([])
})

test('a journal that the disk has damaged is an error that names it', async () => {
  await writeFile(join(directory, 'redaction.journal'), '00000000 {"base":0}')
  await expect(recoverRedactions(directory)).rejects.toMatchObject({ code: 'log_corrupt' })
})

test.each(['crash', 'kill'] as const)(
  'whatever step a %s comes at, recovery leaves a whole log, and the next run finishes',
  async (how) => {
    let stepsOfWholeRun = Number.POSITIVE_INFINITY
    for (let step = 1; step <= stepsOfWholeRun; step++) {
      const copy = join(scratch.path, `${how}-${step}`)
      await cp(directory, copy, { recursive: true })
      const fs = new FaultyFileSystem(randomNumbers(step))
      const isDone = await redact(dyingAt(step, fs, how), copy).then(
        () => true,
        (error) => error.message !== 'dead',
      )
      if (isDone) stepsOfWholeRun = fs.calls.length

      await recoverRedactions(copy)
      const { frames, damage } = await readAll(copy, end)
      expect(damage, `step ${step}`).toEqual([])
      expect(frames.map(({ payload }) => withoutSecret(payload.toString()))).toEqual(FRAMES.map(withoutSecret))
      await redact(undefined, copy)
      expect((await verifyLog(copy)).damage).toEqual([])
      expect(await filesWithSecret(copy)).toEqual([])
    }
    expect(stepsOfWholeRun).toBeGreaterThan(50)
  },
  60_000,
)

/** From the call of that number on, whose effect is there, every call fails, for the test to get to its end. */
function dyingAt(step: number, fs: FaultyFileSystem, how: 'crash' | 'kill'): LogFileSystem {
  const dead = Promise.withResolvers<never>()
  dead.promise.catch(() => undefined)
  const push = fs.calls.push.bind(fs.calls)
  fs.calls.push = (...names) => {
    const length = push(...names)
    if (length === step) {
      queueMicrotask(() => {
        fs[how]()
        dead.reject(new Error('dead'))
      })
    }
    return length
  }
  const orDead = <T>(result: Promise<T>) => Promise.race([result, dead.promise])
  return {
    open: async (path, flags) => {
      const file = await orDead(fs.open(path, flags))
      return {
        write: (buffers, offset) => orDead(file.write(buffers, offset)),
        sync: () => orDead(file.sync()),
        truncate: (sizeBytes) => orDead(file.truncate(sizeBytes)),
        seal: () => orDead(file.seal()),
        close: () => orDead(file.close()),
      }
    },
    rename: (from, to) => orDead(fs.rename(from, to)),
    syncDirectory: () => orDead(fs.syncDirectory()),
    freeBytes: () => orDead(fs.freeBytes()),
  }
}
