import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeWhole } from './write-whole.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-write-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('the pieces are in the file, and nothing else is in the folder', async () => {
  await writeWhole(join(folder, 'a.csv'), ['a,b\r\n', Buffer.from('1,2\r\n')])
  expect(await readFile(join(folder, 'a.csv'), 'utf8')).toBe('a,b\r\n1,2\r\n')
  expect(await readdir(folder)).toEqual(['a.csv'])
})

test('what breaks off leaves the file of before', async () => {
  await writeFile(join(folder, 'a.csv'), 'before')
  const broken = async function* () {
    yield 'half'
    throw new Error('the connection was lost')
  }
  await expect(writeWhole(join(folder, 'a.csv'), broken())).rejects.toThrow('the connection was lost')
  expect(await readFile(join(folder, 'a.csv'), 'utf8')).toBe('before')
  expect(await readdir(folder)).toEqual(['a.csv'])
})

test('a folder that is not there is an error that names the file', async () => {
  const path = join(folder, 'none', 'a.csv')
  await expect(writeWhole(path, ['x'])).rejects.toThrow(`${path} could not be written: ENOENT`)
})
