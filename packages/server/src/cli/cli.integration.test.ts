import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** The command line as it is run: real processes over a real data directory. */
const BIN = join(import.meta.dirname, '../../bin/almanac.js')
let folder: string
let dataDir: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-cli-'))
  dataDir = join(folder, 'data')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function almanac(...args: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [BIN, ...args], { cwd: folder, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

async function startServer(): Promise<{ url: string; output: () => string; stop: () => Promise<number | null> }> {
  const child = spawn(process.execPath, [BIN, 'start', '--data-dir', dataDir, '--port', '0'], { cwd: folder })
  let text = ''
  child.stderr.resume()
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ended with code ${code}: ${text}`)))
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part
      if (text.includes('Ctrl-C')) resolve()
    })
  })
  const { url } = JSON.parse(await readFile(join(dataDir, 'run', 'server.json'), 'utf8'))
  const stop = async () => {
    child.kill('SIGINT')
    return (await once(child, 'exit'))[0]
  }
  return { url, output: () => text, stop }
}

test('a command that reads does not make a data directory', async () => {
  const { exitCode, stderr } = await almanac('sql', 'SELECT 1', '--data-dir', join(folder, 'none'))

  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/^error: There is no data directory .*\nhint: .*almanac start/)
})

describe('with a running server', () => {
  let server: Awaited<ReturnType<typeof startServer>>
  beforeAll(async () => {
    server = await startServer()
  })

  test('an event goes all the way from a key to a figure', async () => {
    expect((await almanac('sources', 'create', 'website', '--data-dir', dataDir)).exitCode).toBe(0)
    const made = await almanac('keys', 'create', 'site', '--source', 'website', '--data-dir', dataDir)
    const secret = made.stdout.trim()
    const answer = await fetch(`${server.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify([{ name: 'page_view', url: 'https://example.com/a', anonymousId: 'x' }]),
    })
    expect(answer.status).toBe(202)

    const hits = () => almanac('sql', 'SELECT count() AS n FROM events', '--format', 'csv', '--data-dir', dataDir)
    await expect.poll(async () => (await hits()).stdout, { timeout: 20_000 }).toBe('n\r\n1\r\n')

    const list = await almanac('keys', 'list', '--data-dir', dataDir)
    expect(list.stdout).not.toContain(secret)
  })

  test('the address for the first account is printed, and its token works once', async () => {
    const token = /setup\?token=(\S+)/.exec(server.output())?.[1]
    const body = JSON.stringify({ token, email: 'ada@example.com', name: 'Ada', password: 'correct horse battery' })
    const setUp = () =>
      fetch(`${server.url}/api/v1/setup`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })

    expect((await setUp()).status).toBe(201)
    expect((await setUp()).status).toBe(409)
  })

  test.each([
    { sql: 'SELECT 1; SELECT 2', words: 'Multi-statements are not allowed' },
    { sql: 'INSERT INTO events (name) VALUES (1)', words: 'Not enough privileges' },
    { sql: `SELECT * FROM file('/etc/passwd')`, words: 'Not enough privileges' },
    { sql: `SELECT 1 INTO OUTFILE '/tmp/x'`, words: 'error:' },
    { sql: 'SELECT 1 FORMAT TSV', words: 'error:' },
    { sql: 'SELECT 1 SETTINGS max_result_rows = 0', words: 'error:' },
  ])('"$sql" is refused', async ({ sql, words }) => {
    const { exitCode, stdout, stderr } = await almanac('sql', sql, '--data-dir', dataDir)

    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toContain(words)
    expect(stderr).not.toContain('nobody expected')
  })

  test('a second server on the same data directory is refused', async () => {
    const { exitCode, stderr } = await almanac('start', '--data-dir', dataDir, '--port', '0')

    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^error: .* is already used by the Almanac server with process id \d+/)
  })

  test('the doctor finds nothing wrong', async () => {
    const { exitCode, stdout } = await almanac('doctor', '--data-dir', dataDir)

    expect(stdout).not.toMatch(/FAIL/)
    expect(stdout).toContain(`server: it runs at ${server.url}`)
    expect(exitCode).toBe(0)
  })

  test('Ctrl-C stops it cleanly', async () => {
    expect(await server.stop()).toBe(0)
    await expect(readFile(join(dataDir, 'run', 'server.json'))).rejects.toThrow('ENOENT')
  })
})

describe('without a running server', () => {
  test('one is started for the command and is gone after it', async () => {
    const { exitCode, stdout } = await almanac(
      'sql',
      'SELECT count() AS n FROM events',
      '--format',
      'csv',
      '--data-dir',
      dataDir,
    )

    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'n\r\n1\r\n' })
    await expect(readFile(join(dataDir, 'run', 'server.json'))).rejects.toThrow('ENOENT')
  })

  test('what is left of a server whose port another program has now is no server', async () => {
    const other = createServer((_request, response) => response.end('hello'))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const address = other.address()
    const port = typeof address === 'object' ? address?.port : 0
    const stale = { pid: process.pid, url: `http://127.0.0.1:${port}`, localToken: 'x' }
    await writeFile(join(dataDir, 'run', 'server.json'), JSON.stringify(stale))

    const { exitCode, stdout } = await almanac('sql', 'SELECT 1 AS n', '--format', 'csv', '--data-dir', dataDir)
    other.close()

    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'n\r\n1\r\n' })
  })

  test('the doctor says what is wrong and what to do, and its exit code is 1', async () => {
    await writeFile(join(dataDir, 'secrets', 'copied'), 'x', { mode: 0o644 })
    const { exitCode, stdout } = await almanac('doctor', '--data-dir', dataDir)

    expect(stdout).toMatch(/FAIL {2}secrets: other users can read .*copied\n {6}Run: chmod/)
    expect(exitCode).toBe(1)
    await rm(join(dataDir, 'secrets', 'copied'))
  })
})
