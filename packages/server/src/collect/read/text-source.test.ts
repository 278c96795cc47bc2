import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTextSource, type TextSource } from './text-source.ts'

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'almanac-text-'))
})
afterAll(() => rm(dir, { recursive: true }))

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}
async function fileOf(bytes: Buffer): Promise<TextSource> {
  const path = join(dir, 'file')
  await writeFile(path, bytes)
  return openTextSource(path, pieces(Buffer.alloc(0), 1))
}
const pipeOf = (bytes: Buffer, size = 10_000) => openTextSource('-', pieces(bytes, size))
async function* slowStart(bytes: Buffer): AsyncGenerator<Buffer> {
  yield* pieces(bytes.subarray(0, 50), 1)
  yield* pieces(bytes.subarray(50), 10_000)
}

/** What is readable, and why it ended. */
async function readAll(source: TextSource, from = 0) {
  const chunks: Buffer[] = []
  let error: unknown
  try {
    for await (const chunk of source.read(from)) chunks.push(chunk)
  } catch (thrown) {
    error = thrown
  }
  await source.close()
  return { text: Buffer.concat(chunks), error }
}

const TEXT = Buffer.from(Array.from({ length: 40_000 }, (_, n) => `line ${n * n}\n`).join(''))
const GZIP = gzipSync(TEXT)

describe.each([
  { kind: 'a plain file', open: () => fileOf(TEXT) },
  { kind: 'a gzip file', open: () => fileOf(GZIP) },
  { kind: 'plain text in a pipe', open: () => pipeOf(TEXT) },
  { kind: 'gzip data in a pipe, byte by byte at the start', open: () => openTextSource('-', slowStart(GZIP)) },
  {
    kind: 'several gzip files joined',
    open: () =>
      fileOf(Buffer.concat([gzipSync(TEXT.subarray(0, 100_001)), gzipSync(''), gzipSync(TEXT.subarray(100_001))])),
  },
  { kind: 'a gzip file padded with zeros', open: () => fileOf(Buffer.concat([GZIP, Buffer.alloc(100_000)])) },
])('$kind', ({ open }) => {
  test('is read whole, after a look at its first 64 KiB', async () => {
    const source = await open()
    expect(source.head.equals(TEXT.subarray(0, 65_536))).toBe(true)
    const { text, error } = await readAll(source)
    expect(error).toBeUndefined()
    expect(text.equals(TEXT)).toBe(true)
  })

  test.each([1, 65_536, 300_000, TEXT.length])('is read from byte %d of its text', async (from) => {
    const { text } = await readAll(await open(), from)
    expect(text.equals(TEXT.subarray(from))).toBe(true)
  })
})

test('a short file has a short head, an empty one none', async () => {
  for (const bytes of [Buffer.from('a\n'), gzipSync('a\n'), Buffer.alloc(0)]) {
    const source = await fileOf(bytes)
    const { text } = await readAll(source)
    expect(source.head.equals(text)).toBe(true)
    expect(text.toString()).toBe(bytes.length === 0 ? '' : 'a\n')
  }
})

test('a file has a size and shows how much of it was read, a pipe has none', async () => {
  const source = await fileOf(GZIP)
  expect(source.sizeBytes).toBe(GZIP.length)
  await readAll(source)
  expect(source.readBytes()).toBe(GZIP.length)
  expect(await pipeOf(GZIP)).not.toHaveProperty('sizeBytes')
})

test.each([1, 9, 10, 11, 500, 20_000, GZIP.length - 9, GZIP.length - 1])(
  'gzip data cut off after %d bytes give what they hold, and then say where they end',
  async (cut) => {
    for (const source of [await fileOf(GZIP.subarray(0, cut)), await pipeOf(GZIP.subarray(0, cut), 3333)]) {
      const { text, error } = await readAll(source)
      if (cut === 1) {
        // One byte is no gzip yet: it is text.
        expect(text).toHaveLength(1)
        continue
      }
      expect(text.equals(TEXT.subarray(0, text.length))).toBe(true)
      if (cut > GZIP.length - 10) expect(text.length).toBe(TEXT.length)
      if (cut === 20_000) expect(text.length).toBeGreaterThan(10_000)
      expect(error).toMatchObject({
        code: 'invalid_request',
        message: `${source.name} is cut off after ${cut} bytes of gzip data, ${text.length} bytes of text`,
      })
    }
  },
)

test('a second gzip file that is cut off in its header is noticed', async () => {
  const { text, error } = await readAll(await fileOf(Buffer.concat([GZIP, GZIP.subarray(0, 5)])))
  expect(text.equals(TEXT)).toBe(true)
  expect(error).toHaveProperty('message', expect.stringContaining('is cut off'))
})

test.each([
  { what: 'a flipped byte', bytes: () => flipped(GZIP, 30_000) },
  { what: 'a wrong checksum', bytes: () => flipped(GZIP, GZIP.length - 6) },
  { what: 'rubbish after the end', bytes: () => Buffer.concat([GZIP, Buffer.from('rubbish')]) },
  { what: 'a file after zeros', bytes: () => Buffer.concat([GZIP, Buffer.alloc(5), GZIP]) },
  { what: 'a file after many zeros', bytes: () => Buffer.concat([GZIP, Buffer.alloc(100_000), GZIP]) },
])('gzip data with $what are damaged, and nothing is passed over in silence', async ({ bytes }) => {
  const { text, error } = await readAll(await fileOf(bytes()))
  expect(text.length).toBeGreaterThan(0)
  expect(error).toMatchObject({ code: 'invalid_request', message: expect.stringContaining('is damaged (') })
})

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 0xff
  return copy
}

test('a gzip bomb is unpacked piece by piece, never whole', async () => {
  const bomb = gzipSync(Buffer.alloc(200_000_000))
  const source = await fileOf(bomb)
  let total = 0
  let largest = 0
  for await (const chunk of source.read(0)) {
    total += chunk.length
    largest = Math.max(largest, chunk.length)
  }
  await source.close()
  expect(total).toBe(200_000_000)
  expect(largest).toBeLessThanOrEqual(1024 * 1024)
})

test.each([
  { path: 'no-such-file', code: 'not_found', message: /^There is no file .*no-such-file$/ },
  { path: '.', code: 'invalid_request', message: /is a directory$/ },
])('$path cannot be opened, with the reason', async ({ path, code, message }) => {
  await expect(openTextSource(join(dir, path), pieces(Buffer.alloc(0), 1))).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  })
})

test('a file that may not be read cannot be opened, with the reason', async ({ skip }) => {
  const path = join(dir, 'secret')
  await writeFile(path, 'a', { mode: 0o000 })
  skip(process.getuid?.() === 0, 'root may read everything')
  await expect(openTextSource(path, pieces(Buffer.alloc(0), 1))).rejects.toMatchObject({ code: 'forbidden' })
})
