import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lastingPort } from './lasting-port.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-port-'))
})
afterEach(() => rm(folder, { recursive: true }))

const file = () => join(folder, 'http-port')

test('the port of the last time is the port of this time', async () => {
  const first = await lastingPort(file())
  expect(await lastingPort(file())).toBe(first)
  expect(await readFile(file(), 'utf8')).toBe(`${first}\n`)
})

test('a port that somebody else has by now is given up for another, which lasts', async () => {
  const first = await lastingPort(file())
  const other = createServer()
  await new Promise<void>((listening) => other.listen(first, '127.0.0.1', () => listening()))
  try {
    const second = await lastingPort(file())
    expect(second).not.toBe(first)
    expect(await readFile(file(), 'utf8')).toBe(`${second}\n`)
  } finally {
    await new Promise((closed) => other.close(closed))
  }
})

test.each(['', 'eight', '80', '70000', '-1'])('a file with "%s" in it is written anew', async (content) => {
  await writeFile(file(), content)
  const port = await lastingPort(file())
  expect(port).toBeGreaterThan(1023)
  expect(await readFile(file(), 'utf8')).toBe(`${port}\n`)
})
