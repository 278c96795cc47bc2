import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { crc32, inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type ZipEntry, zipFile } from './zip-file.ts'

const archive = (entries: readonly ZipEntry[]) => buffer(Readable.from(zipFile(entries)))

/** By the directory at the end, as most readers do. */
function unzipped(bytes: Buffer): Record<string, string> {
  const end = bytes.length - 22
  expect(bytes.readUInt32LE(end)).toBe(0x06054b50)
  const count = bytes.readUInt16LE(end + 10)
  const files: Record<string, string> = {}
  let at = bytes.readUInt32LE(end + 16)
  expect(at + bytes.readUInt32LE(end + 12)).toBe(end)
  for (let n = 0; n < count; n++) {
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50)
    const [crc, packed, size] = [16, 20, 24].map((offset) => bytes.readUInt32LE(at + offset)) as [
      number,
      number,
      number,
    ]
    const nameLength = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    const local = bytes.readUInt32LE(at + 42)
    expect(bytes.readUInt32LE(local)).toBe(0x04034b50)
    const start = local + 30 + bytes.readUInt16LE(local + 26)
    const content = inflateRawSync(bytes.subarray(start, start + packed))
    expect([content.length, crc32(content)]).toEqual([size, crc])
    expect(bytes.readUInt32LE(start + packed)).toBe(0x08074b50)
    files[name] = content.toString()
    at += 46 + nameLength
  }
  return files
}

test('each file is there with its name, its sums and what came for it', async () => {
  async function* pieces() {
    for (let n = 0; n < 50_000; n++) yield `line ${n} ä👩\n`
  }
  const long = (await Array.fromAsync(pieces())).join('')
  expect(
    unzipped(
      await archive([
        { name: 'a/ä.txt', content: ['one', ' ', 'two'] },
        { name: 'empty', content: [] },
        { name: 'long', content: pieces() },
      ]),
    ),
  ).toEqual({ 'a/ä.txt': 'one two', empty: '', long })
})

test('the same content is the same file', async () => {
  const entries = [{ name: 'a', content: ['x'] }]
  expect(await archive(entries)).toEqual(await archive(entries))
})

test('a reader who stops stops the one who writes', async () => {
  let ended = false
  async function* endless() {
    try {
      for (;;) yield crypto.randomUUID().repeat(1000)
    } finally {
      ended = true
    }
  }
  for await (const piece of zipFile([{ name: 'a', content: endless() }])) if (piece.length > 1000) break
  await expect.poll(() => ended).toBe(true)
})
