import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { zipFile } from '../../../excel/zip-file.ts'
import { type ZipOptions, zipOf } from './testing/zip-of.ts'
import { openZip } from './zip-archive.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-zip-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function opened(bytes: Uint8Array, mostBytes = 10_000_000) {
  const path = join(folder, crypto.randomUUID())
  await writeFile(path, bytes)
  return openZip(path, mostBytes)
}

async function readAll(bytes: Uint8Array, mostBytes?: number): Promise<Record<string, string>> {
  const archive = await opened(bytes, mostBytes)
  const texts: Record<string, string> = {}
  for (const name of archive.names) {
    const pieces = await Array.fromAsync(archive.read(name) ?? [])
    texts[name] = Buffer.concat(pieces).toString()
  }
  return texts
}

const FILES = { 'a.xml': 'one', 'folder/ä.xml': 'line 👩\n'.repeat(50_000), empty: '' }

test.each<ZipOptions>([
  {},
  { isStored: true },
  { hasDescriptors: true },
  { isStored: true, hasDescriptors: true },
  { isLarge: true },
  { isLarge: true, hasDescriptors: true },
])('the files of an archive are read: %j', async (options) => {
  expect(await readAll(zipOf(FILES, options))).toEqual(FILES)
})

test('an archive that the server writes is read', async () => {
  const entries = Object.entries(FILES).map(([name, text]) => ({ name, content: [text] }))
  expect(await readAll(await buffer(Readable.from(zipFile(entries))))).toEqual(FILES)
})

test('a comment at the end does not hide the directory', async () => {
  const bytes = zipOf(FILES)
  bytes.writeUInt16LE(5, bytes.length - 2)
  expect(await readAll(Buffer.concat([bytes, Buffer.from('hello')]))).toEqual(FILES)
})

test('an archive without files has none', async () => {
  expect(await readAll(zipOf({}))).toEqual({})
})

test('names are found in any case, with either slash, and what is not there is not', async () => {
  const archive = await opened(zipOf({ 'xl\\Workbook.xml': 'x' }))
  expect(await Array.fromAsync(archive.read('/xl/workbook.XML') ?? [])).toEqual([Buffer.from('x')])
  expect(archive.read('xl/other.xml')).toBeUndefined()
})

describe('what unpacks to too much', () => {
  const BIG = { a: 'x'.repeat(600_000), b: 'x'.repeat(600_000) }

  test('is refused when the directory says so', async () => {
    await expect(opened(zipOf(BIG), 1_000_000)).rejects.toMatchObject({ code: 'too_large' })
    expect(await readAll(zipOf(BIG), 1_200_000)).toEqual(BIG)
  })

  test.each([false, true])('breaks off when the directory lies; stored: %s', async (isStored) => {
    const reading = readAll(zipOf(BIG, { saidBytes: 1, isStored }), 1_000_000)
    await expect(reading).rejects.toMatchObject({
      code: 'too_large',
      message: 'The Excel file unpacks to more than 1 MiB, which is too much',
    })
  })
})

describe('a damaged archive is refused', () => {
  const whole = zipOf(FILES)
  const directoryAt = whole.readUInt32LE(whole.length - 6)
  const changed = (change: (bytes: Buffer) => void) => {
    const bytes = Buffer.from(whole)
    change(bytes)
    return bytes
  }

  test.each([
    { what: 'cut off', bytes: whole.subarray(0, -30), message: 'it has no directory at its end, so it is not whole' },
    { what: 'not there', bytes: Buffer.alloc(0), message: 'it has no directory at its end, so it is not whole' },
    {
      what: 'with another directory than said',
      bytes: changed((b) => b.writeUInt32LE(3, directoryAt)),
      message: 'the directory of the archive is damaged',
    },
    {
      what: 'with a directory beyond its end',
      bytes: changed((b) => b.writeUInt32LE(b.length, b.length - 6)),
      message: 'the directory of the archive is damaged',
    },
    {
      what: 'with a name that is too long',
      bytes: changed((b) => b.writeUInt16LE(0xffff, directoryAt + 28)),
      message: 'the directory of the archive is damaged',
    },
    {
      what: 'with a file somewhere else',
      bytes: changed((b) => b.writeUInt32LE(1, directoryAt + 42)),
      message: 'a.xml is not where the directory says',
    },
    {
      what: 'with a file beyond its end',
      bytes: changed((b) => b.writeUInt32LE(b.length, directoryAt + 42)),
      message: 'the archive breaks off',
    },
    {
      what: 'with other content than said',
      bytes: changed((b) => b.writeUInt32LE(1, directoryAt + 16)),
      message: 'a.xml in it is damaged',
    },
    {
      what: 'protected by a password',
      bytes: changed((b) => b.writeUInt16LE(1, directoryAt + 8)),
      message: 'it is protected by a password',
    },
    {
      what: 'packed in another way',
      bytes: changed((b) => b.writeUInt16LE(14, directoryAt + 10)),
      message: 'a.xml is packed in a way that is not known here',
    },
  ])('$what: $message', async ({ bytes, message }) => {
    await expect(readAll(bytes)).rejects.toMatchObject({
      code: 'invalid_request',
      message: `The Excel file cannot be read: ${message}`,
    })
  })
})

test('a reader who stops leaves no file open', async () => {
  const archive = await opened(zipOf({ a: 'x'.repeat(5_000_000) }, { isStored: true }))
  const content = archive.read('a')
  await content?.next()
  await content?.return(undefined)
  expect(await content?.next()).toEqual({ done: true, value: undefined })
})
