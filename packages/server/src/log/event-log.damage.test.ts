import {
  appendFile,
  chmod,
  copyFile,
  mkdir,
  open as openFile,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EventLog, openEventLog } from './event-log.ts'
import { openLogReader } from './log-reader.ts'
import { segmentFileName } from './position.ts'
import { listSegments } from './segments/segments.ts'
import { readAll, readTexts } from './testing/read-all.ts'
import { scratchDirectory } from './testing/scratch.ts'
import { verifyLog } from './verify-log.ts'

let scratch: Awaited<ReturnType<typeof scratchDirectory>>
let directory: string

beforeEach(async () => {
  scratch = await scratchDirectory()
  directory = join(scratch.path, 'log')
})
afterEach(() => scratch[Symbol.asyncDispose]())

async function open(segmentBytes = 1e6): Promise<EventLog> {
  return openEventLog({ directory, minFreeDiskBytes: 0, maxIngestLagBytes: 1e12, segmentBytes })
}

/** A closed log with these payloads, and the position of each with its end as the last item. */
async function written(texts: readonly string[], segmentBytes?: number): Promise<number[]> {
  const log = await open(segmentBytes)
  const positions: number[] = []
  for (const text of texts) positions.push(await log.append(text))
  await log.close()
  return [...positions, log.durableEnd]
}

const firstFile = () => join(directory, segmentFileName(0))

async function overwrite(path: string, offset: number, bytes: Uint8Array): Promise<void> {
  await chmod(path, 0o600)
  await using file = await openFile(path, 'r+')
  await file.write(bytes, 0, bytes.length, offset)
}

describe('a torn tail', () => {
  test('is cut off wherever in the last frame the file ends', async () => {
    const [, , start = 0, end = 0] = await written(['one', 'two', 'the last frame'])
    const whole = await readFile(firstFile())
    for (let size = start; size <= end; size++) {
      await writeFile(firstFile(), whole.subarray(0, size))
      const log = await open()
      const kept = size === end ? ['one', 'two', 'the last frame'] : ['one', 'two']
      expect(log.durableEnd).toBe(size === end ? end : start)
      expect((await stat(firstFile())).size).toBe(log.durableEnd)
      expect(log.status().cut).toEqual(size > start && size < end ? { from: start, to: size } : undefined)
      await log.append('after')
      await log.close()
      expect(await readTexts(directory, log.durableEnd)).toEqual([...kept, 'after'])
      expect(await listSegments(directory)).toEqual([0])
    }
  })

  const TAILS = {
    garbage: Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7919) % 251)),
    'the magic alone': Buffer.from([0xff, 0x41, 0x46, 0xfe]),
    'a frame with a huge length': Buffer.from('ff4146fe00000000ffffffff00', 'hex'),
    'a frame with a length beyond the file': Buffer.from('ff4146fe0000000000ffffff00', 'hex'),
  }
  test.each(Object.entries(TAILS))('of %s is cut off, and a copy of it kept', async (_name, tail) => {
    const [, end = 0] = await written(['one'])
    await appendFile(firstFile(), tail)
    const log = await open()
    expect(log.status()).toMatchObject({ durableEnd: end, damage: [], cut: { from: end, to: end + tail.length } })
    await log.append('after')
    await log.close()
    expect(await readTexts(directory, log.durableEnd)).toEqual(['one', 'after'])
    expect(await readFile(join(directory, 'damaged', `${end}-${end + tail.length}.bin`))).toEqual(tail)
  })

  test('of frames that stood elsewhere in the log is cut off, not taken for events', async () => {
    const [, , end = 0] = await written(['one', 'two'])
    await appendFile(firstFile(), (await readFile(firstFile())).subarray(64))
    const log = await open()
    await log.close()
    expect(log.durableEnd).toBe(end)
    expect(await readTexts(directory, log.durableEnd)).toEqual(['one', 'two'])
  })

  test('is reported by the verification, and changed by it in no way', async () => {
    const [, end = 0] = await written(['one'])
    await appendFile(firstFile(), 'torn')
    expect(await verifyLog(directory)).toMatchObject({ frames: 1, end, damage: [], unfinishedBytes: 4 })
    expect((await stat(firstFile())).size).toBe(end + 4)
  })
})

describe('damage in the middle', () => {
  test('of any byte of a frame loses that frame alone', async () => {
    const [, from = 0, to = 0] = await written(['one', 'two', 'three'])
    const whole = await readFile(firstFile())
    for (let offset = from; offset < to; offset++) {
      const damaged = Buffer.from(whole)
      damaged[offset] = (damaged[offset] ?? 0) ^ 0x10
      await writeFile(firstFile(), damaged)
      const { frames, damage } = await readAll(directory, whole.length)
      expect(frames.map(({ payload }) => payload.toString())).toEqual(['one', 'three'])
      expect(damage).toEqual([{ from, to, reason: 'frames_damaged' }])
    }
  })

  test('of the last segment is kept aside, and appending goes on in a new segment', async () => {
    const [, from = 0, to = 0, end = 0] = await written(['one', 'two', 'three'])
    await overwrite(firstFile(), from + 12, Buffer.from('X'))
    const log = await open()
    expect(log.status()).toMatchObject({ damage: [{ from, to, reason: 'frames_damaged' }], cut: undefined })
    await log.append('four')
    await log.close()
    expect(await listSegments(directory)).toEqual([0, end])
    expect((await stat(firstFile())).size).toBe(end)
    const kept = await readFile(join(directory, 'damaged', `${from}-${to}.bin`))
    expect(kept.subarray(12).toString()).toBe('Xwo')
    expect(await readTexts(directory, log.durableEnd)).toEqual(['one', 'three', 'four'])
  })

  test('with a torn tail behind it loses neither what lies between nor what comes after', async () => {
    const [, from = 0, to = 0, end = 0] = await written(['one', 'two', 'three'])
    await overwrite(firstFile(), from + 12, Buffer.from('X'))
    await appendFile(firstFile(), 'torn')
    const log = await open()
    expect(log.status()).toMatchObject({ damage: [{ from, to }], cut: { from: end, to: end + 4 } })
    await log.append('four')
    await log.close()
    expect(await readTexts(directory, log.durableEnd)).toEqual(['one', 'three', 'four'])
  })

  test('of a complete segment is reported with its range, whatever the size of the reads', async () => {
    const texts = Array.from({ length: 60 }, (_, i) => `${i} ${'x'.repeat(i * 5)}`)
    const positions = await written(texts, 4096)
    const [from = 0, to = 0] = positions.slice(3, 5)
    await overwrite(firstFile(), from, Buffer.alloc(to - from))
    const end = positions.at(-1) ?? 0
    for (const maxBytes of [1, 64, 100, 333, 4096, 1e6]) {
      const { frames, damage } = await readAll(directory, end, 0, maxBytes)
      expect(frames.map(({ payload }) => payload.toString())).toEqual(texts.toSpliced(3, 1))
      expect(damage).toEqual([{ from, to, reason: 'frames_damaged' }])
    }
    expect(await verifyLog(directory)).toMatchObject({ frames: 59, end, damage: [{ from, to }], unfinishedBytes: 0 })
  })

  test('of a segment header loses no event', async () => {
    const texts = Array.from({ length: 20 }, (_, i) => `${i} ${'x'.repeat(500)}`)
    const positions = await written(texts, 4096)
    for (const base of await listSegments(directory)) {
      await overwrite(join(directory, segmentFileName(base)), 20, Buffer.from('garbage'))
    }
    const bases = await listSegments(directory)
    const damage = bases.map((base) => ({ from: base, to: base + 64, reason: 'header_damaged' }))
    const whole = await readAll(directory, positions.at(-1) ?? 0)
    expect(whole.frames.map(({ payload }) => payload.toString())).toEqual(texts)
    expect(whole.damage).toEqual(damage)
    expect((await verifyLog(directory)).damage).toEqual(damage)

    const log = await open(4096)
    await log.append('after')
    await log.close()
    expect(await readTexts(directory, log.durableEnd)).toEqual([...texts, 'after'])
  })

  test('of the whole last segment leaves the file as it is and appending goes on behind it', async () => {
    const [, end = 0] = await written(['one'])
    await writeFile(firstFile(), Buffer.alloc(end))
    const log = await open()
    expect(log.status().damage).toEqual([{ from: 0, to: end, reason: 'header_damaged' }])
    expect(await log.append('two')).toBeGreaterThan(end)
    await log.close()
    expect((await stat(firstFile())).size).toBe(end)
    expect(await readTexts(directory, log.durableEnd)).toEqual(['two'])
  })
})

describe('a missing', () => {
  test('segment is reported as missing bytes and reading goes on behind it', async () => {
    const texts = Array.from({ length: 40 }, (_, i) => `${i} ${'x'.repeat(500)}`)
    const positions = await written(texts, 4096)
    const [, from = 0, to = 0] = await listSegments(directory)
    await rm(join(directory, segmentFileName(from)))
    const lost = texts.filter((_, i) => (positions[i] ?? 0) > from && (positions[i] ?? 0) < to)
    expect(lost.length).toBeGreaterThan(3)
    const { frames, damage } = await readAll(directory, positions.at(-1) ?? 0)
    expect(frames.map(({ payload }) => payload.toString())).toEqual(texts.filter((text) => !lost.includes(text)))
    expect(damage).toEqual([{ from, to, reason: 'bytes_missing' }])
    expect((await verifyLog(directory)).damage).toEqual(damage)
  })

  test('end of a complete segment is reported in the same way', async () => {
    const texts = Array.from({ length: 20 }, (_, i) => `${i} ${'x'.repeat(500)}`)
    const positions = await written(texts, 4096)
    const [, to = 0] = await listSegments(directory)
    const lastOfFirst = positions.filter((position) => position < to).at(-1) ?? 0
    await chmod(firstFile(), 0o600)
    await truncate(firstFile(), lastOfFirst + 100)
    const { frames, damage } = await readAll(directory, positions.at(-1) ?? 0)
    expect(frames).toHaveLength(19)
    const ranges = [
      { from: lastOfFirst, to: lastOfFirst + 100, reason: 'frames_damaged' },
      { from: lastOfFirst + 100, to, reason: 'bytes_missing' },
    ]
    expect(damage).toEqual(ranges)
    expect((await verifyLog(directory)).damage).toEqual(ranges)
  })

  test('log is a clear error', async () => {
    await mkdir(directory)
    await expect(verifyLog(directory)).rejects.toMatchObject({ code: 'log_corrupt' })
    await expect(verifyLog(join(directory, 'nowhere'))).rejects.toMatchObject({ code: 'log_corrupt' })
    await expect(openLogReader(directory, 0).read({ upTo: 1 })).rejects.toMatchObject({ code: 'log_corrupt' })
  })
})

test('a frame that was sent as a payload is never read as an event, even from a damaged frame', async () => {
  const [at = 0] = await written(['inner'])
  const inner = (await readFile(firstFile())).subarray(at)
  const log = await open()
  const position = await log.append(Buffer.concat([inner, inner]))
  await log.append('last')
  await log.close()
  await overwrite(firstFile(), position, Buffer.from('X'))
  expect(await readTexts(directory, log.durableEnd)).toEqual(['inner', 'last'])
})

test('a segment of another log is refused with its path', async () => {
  await written(['one'])
  const other = await openEventLog({
    directory: join(scratch.path, 'other'),
    minFreeDiskBytes: 0,
    maxIngestLagBytes: 1e12,
  })
  await other.append('foreign')
  await other.close()
  await copyFile(join(scratch.path, 'other', segmentFileName(0)), firstFile())
  await expect(open()).rejects.toMatchObject({ code: 'log_corrupt', message: expect.stringContaining(firstFile()) })
})

test('a log of a newer format is refused, not read as damage', async () => {
  const [, end = 0] = await written(['one'])
  await overwrite(firstFile(), 11, Buffer.from([2]))
  await expect(open()).rejects.toMatchObject({ code: 'unsupported' })
  await expect(readAll(directory, end)).rejects.toMatchObject({ code: 'unsupported' })
})

test('drafts that a crash left behind are removed', async () => {
  const [, end = 0] = await written(['one'])
  await writeFile(join(directory, `${segmentFileName(end)}.new`), 'half a header')
  const log = await open()
  await log.close()
  expect((await readdir(directory)).toSorted()).toEqual([segmentFileName(0), 'log.json'])
})
