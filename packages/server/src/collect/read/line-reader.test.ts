import { expect, test } from 'vitest'
import { type LineBatch, MAX_LINE_BYTES, type RawLine, readLines } from './line-reader.ts'

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

async function read(input: string | Buffer, chunkBytes = 7, options = {}) {
  const batches: LineBatch[] = []
  for await (const batch of readLines(chunksOf(Buffer.from(input), chunkBytes), options)) batches.push(batch)
  const lines: RawLine[] = batches.flatMap((batch) => batch.lines)
  const last = batches.at(-1)
  const empty = batches.reduce((sum, { emptyLines }) => sum + emptyLines, 0)
  return { lines, texts: lines.map(({ text }) => text), empty, end: last?.endOffset, endLine: last?.endLine }
}

test.each([
  { input: '', texts: [], empty: 0, endLine: 0 },
  { input: 'a', texts: ['a'], empty: 0, endLine: 1 },
  { input: 'a\n', texts: ['a'], empty: 0, endLine: 1 },
  { input: 'a\nb', texts: ['a', 'b'], empty: 0, endLine: 2 },
  { input: 'a\r\nb\r\n', texts: ['a', 'b'], empty: 0, endLine: 2 },
  { input: '\n\na\n\r\n\nb', texts: ['a', 'b'], empty: 4, endLine: 6 },
  { input: 'a\rb\r\r\n', texts: ['a\rb\r'], empty: 0, endLine: 1 },
  { input: 'a\r', texts: ['a'], empty: 0, endLine: 1 },
  { input: '\ufeffa\n\ufeffb', texts: ['a', '\ufeffb'], empty: 0, endLine: 2 },
  { input: '\ufeff\na', texts: ['a'], empty: 1, endLine: 2 },
  { input: 'a\0b\n', texts: ['a\0b'], empty: 0, endLine: 1 },
  { input: 'grün\n\u{1F600}\n', texts: ['grün', '\u{1F600}'], empty: 0, endLine: 2 },
])('$input is the lines $texts, in chunks of any size', async ({ input, texts, empty, endLine }) => {
  const end = Buffer.byteLength(input)
  for (let size = 1; size <= Math.max(1, end); size++) {
    expect(await read(input, size)).toMatchObject({ texts, empty, end, endLine })
  }
})

test('lines know their numbers and offsets, from the place where reading began', async () => {
  const { lines } = await read('ab\n\ncd\r\ne', 3, { offset: 100, linesBefore: 10 })
  expect(lines.map(({ number, offset, endOffset }) => [number, offset, endOffset])).toEqual([
    [11, 100, 103],
    [13, 104, 108],
    [14, 108, 109],
  ])
})

test('invalid UTF-8 is replaced in the text and kept in the bytes', async () => {
  const { lines } = await read(Buffer.from([0x61, 0xff, 0xe4, 10]))
  expect(lines[0]?.text).toBe('a\ufffd\ufffd')
  expect(lines[0]?.bytes).toEqual(Buffer.from([0x61, 0xff, 0xe4]))
})

test.each([{ chunkBytes: 1000 }, { chunkBytes: 64 * 1024 }, { chunkBytes: 30_000_000 }])(
  'a line of 10 MB in chunks of $chunkBytes comes with its size and its start, and the next one is whole',
  async ({ chunkBytes }) => {
    const long = Buffer.alloc(10_000_000, 'x')
    const { lines } = await read(Buffer.concat([Buffer.from('a\n'), long, Buffer.from('\r\nb\n')]), chunkBytes)
    expect(lines.map(({ number, sizeBytes, endOffset }) => [number, sizeBytes, endOffset])).toEqual([
      [1, 1, 2],
      [2, 10_000_000, 10_000_004],
      [3, 1, 10_000_006],
    ])
    expect(lines[1]?.bytes).toBeUndefined()
    expect(lines[1]?.text).toBe('x'.repeat(64 * 1024))
  },
)

test('the longest line that is held is 1 MiB', async () => {
  const sizes = [MAX_LINE_BYTES - 1, MAX_LINE_BYTES, MAX_LINE_BYTES + 1]
  for (const end of ['\n', '\r\n', '']) {
    for (const size of sizes) {
      const { lines } = await read(Buffer.concat([Buffer.alloc(size, 'x'), Buffer.from(end)]), 65_536)
      expect(lines.map(({ sizeBytes, bytes }) => [sizeBytes, bytes?.length])).toEqual([
        [size, size <= MAX_LINE_BYTES ? size : undefined],
      ])
    }
  }
})

test('a line without end is not held in memory', async () => {
  async function* endless(): AsyncGenerator<Buffer> {
    // Each chunk is memory of its own, so holding them all would need 1 GB.
    for (let n = 0; n < 1000; n++) yield Buffer.alloc(1024 * 1024, 'x')
  }
  const before = process.memoryUsage().arrayBuffers
  let peak = 0
  let lines: readonly RawLine[] = []
  for await (const batch of readLines(endless())) {
    peak = Math.max(peak, process.memoryUsage().arrayBuffers - before)
    if (batch.lines.length > 0) lines = batch.lines
  }
  expect(lines[0]?.sizeBytes).toBe(1000 * 1024 * 1024)
  expect(peak).toBeLessThan(700_000_000)
})

test('of random bytes every one is accounted for', async () => {
  let seed = 99
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  for (let round = 0; round < 300; round++) {
    const alphabet = [10, 10, 13, 0, 0xef, 0xbb, 0xbf, 0xff, 97, 98]
    const bytes = Buffer.from(Array.from({ length: random(200) }, () => alphabet[random(alphabet.length)] ?? 0))
    const { lines, empty, end, endLine } = await read(bytes, 1 + random(20))
    expect(end).toBe(bytes.length)
    expect(lines.length + empty).toBe(endLine)
    const newlines = bytes.filter((byte) => byte === 10).length
    expect(endLine).toBe(newlines + (bytes.length > 0 && bytes.at(-1) !== 10 ? 1 : 0))
    for (const { bytes: content, offset, endOffset } of lines) {
      expect(bytes.subarray(offset, endOffset).includes(content ?? '?')).toBe(true)
    }
  }
})
