import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { readRunningServer, removeRunningServer, writeRunningServer } from './running-server.ts'
import { readOrCreateSecret } from './secrets.ts'

let dataDir: string
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-test-'))
  dataDir = folder
  await mkdir(join(folder, 'secrets'))
  await mkdir(join(folder, 'run'))
  onTestFinished(() => rm(folder, { recursive: true }))
})

test('a secret is made once, of 32 random bytes, and found again', async () => {
  const secret = await readOrCreateSecret(dataDir, 'one')
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
  expect(await readOrCreateSecret(dataDir, 'one')).toBe(secret)
  expect(await readOrCreateSecret(dataDir, 'two')).not.toBe(secret)
})

test('a secret is readable by its owner alone, and no temporary file is left', async () => {
  await readOrCreateSecret(dataDir, 'one')
  expect(await readdir(join(dataDir, 'secrets'))).toEqual(['one'])
  expect((await stat(join(dataDir, 'secrets', 'one'))).mode & 0o777).toBe(0o600)
})

test('a secret that was cut short is an error, and is not replaced', async () => {
  await writeFile(join(dataDir, 'secrets', 'one'), '')
  for (let attempt = 0; attempt < 2; attempt++) {
    await expect(readOrCreateSecret(dataDir, 'one')).rejects.toMatchObject({ code: 'invalid_config' })
  }
})

const server = { pid: process.pid, url: 'http://127.0.0.1:4680', localToken: 'secret' }

test('the command line finds a running server, and none after its end', async () => {
  expect(await readRunningServer(dataDir)).toBeUndefined()
  await writeRunningServer(dataDir, server)
  expect(await readRunningServer(dataDir)).toEqual(server)
  expect((await stat(join(dataDir, 'run', 'server.json'))).mode & 0o777).toBe(0o600)
  await removeRunningServer(dataDir)
  expect(await readRunningServer(dataDir)).toBeUndefined()
})

test.each([
  { what: 'a server that has died', text: JSON.stringify({ ...server, pid: 2 ** 22 + 1 }) },
  { what: 'half a file', text: '{"pid":1' },
  { what: 'a file of another kind', text: '[]' },
])('$what counts as no server', async ({ text }) => {
  await writeFile(join(dataDir, 'run', 'server.json'), text)
  expect(await readRunningServer(dataDir)).toBeUndefined()
})
