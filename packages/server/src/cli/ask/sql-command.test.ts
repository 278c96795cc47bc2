import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { AppError } from '@almanac/core/errors.ts'
import { afterEach, expect, onTestFinished, test } from 'vitest'
import type { SqlService } from '../../analytics/sql-service.ts'
import { fakeSql } from '../../analytics/testing/fake-sql.ts'
import { buildTestApp, LOCAL_TOKEN, type TestApp } from '../../http/test-app.ts'
import { sqlCommand } from './sql-command.ts'

let tested: TestApp | undefined
afterEach(() => tested?.app.close())

/** Runs the command against the real routes; `stop` is what Ctrl-C does, once the command listens. */
async function run(args: string[], overrides: Partial<SqlService> = {}, onStop = (_stop: () => void) => {}) {
  tested = await buildTestApp({ sql: fakeSql(overrides) })
  const url = await tested.app.listen({ port: 0, host: '127.0.0.1' })
  const output = { stdout: '', stderr: '' }
  const into = (stream: keyof typeof output) => (text: string) => {
    output[stream] += text
  }
  const command = sqlCommand({
    defaultDataDir: 'x',
    stdin: (async function* () {})(),
    stdout: into('stdout'),
    stderr: into('stderr'),
    withServer: (_dataDir, use) => use({ url, token: LOCAL_TOKEN, refresh: async () => undefined }),
    onStop: (stop) => {
      onStop(stop)
      return () => {}
    },
  })
  command.exitOverride().configureOutput({ writeErr: into('stderr') })
  await command.parseAsync(args, { from: 'user' })
  return output
}

async function scratchFile(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-sql-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return join(folder, name)
}

test('a table is for people: the rows on standard output, about them on standard error', async () => {
  const { stdout, stderr } = await run(['SELECT 1'])
  expect(stdout).toMatch(/^1\n1\n$/)
  expect(stderr).toBe('1 row · 1 read in 0 ms\n')
})

test('values go as text, and as JSON after :=', async () => {
  let parameters: unknown
  const { run: answer } = fakeSql()
  const params = ['--param', 'source=a=b', '--param', 'empty=', '--param', 'in:=["DE",1]', '--param', 'n=5']
  await run(['SELECT 1', ...params], {
    run: (request, asker, signal) => {
      parameters = request.parameters
      return answer(request, asker, signal)
    },
  })
  expect(parameters).toEqual({ source: 'a=b', empty: '', in: ['DE', 1], n: '5' })
})

test.each([
  { args: ['--param', '=1'], words: 'Expected something such as source=website' },
  { args: ['--param', 'a:=['], words: 'Expected JSON' },
  { args: ['--format', 'parquet'], words: 'Parquet is no text: name a file with --output' },
  { args: ['--format', 'xlsx'], words: 'Excel is no text: name a file with --output' },
])('$args is refused', async ({ args, words }) => {
  await expect(run(['SELECT 1', ...args])).rejects.toThrow(words)
})

test.each(['parquet', 'xlsx'])('a file of %s is written as the server sends it', async (format) => {
  const path = await scratchFile(`a.${format}`)
  const { stdout, stderr } = await run(['SELECT 1', '--format', format, '--output', path])
  expect(await readFile(path, 'utf8')).toBe(`1 as ${format}\n`)
  expect([stdout, stderr]).toEqual(['', `1 row in ${path}\n`])
})

test('CSV goes to standard output when no file is named, and a full answer says that there may be more', async () => {
  const { stdout, stderr } = await run(['SELECT 1', '--format', 'csv'], {
    download: async () => ({ ...OF_TWO, stream: Readable.from(['a\r\n', '\u00e4\r\n']) }),
  })
  expect(stdout).toBe('a\r\nä\r\n')
  expect(stderr).toBe('2 rows, as many as --limit allows: there may be more.\n')
})

const OF_TWO = {
  id: 'x',
  rowCount: 2,
  truncated: true,
  limits: { seconds: null, rows: null, rowsToRead: null, memoryBytes: null },
}

test('progress is one line that is gone at the end', async () => {
  const askedTwice = Promise.withResolvers<void>()
  let asked = 0
  const { run: answer } = fakeSql()
  const { stderr } = await run(['SELECT 1', '--progress'], {
    run: async (request, asker, signal) => {
      await askedTwice.promise
      return answer(request, asker, signal)
    },
    find: async (id) => {
      asked += 1
      if (asked === 2) askedTwice.resolve()
      return { ...HALF_WAY, id }
    },
  })
  const [first, ...others] = stderr.split('\r\x1b[K').slice(1)
  expect(first).toBe('1,200 of about 2,400 rows read (50 %), 1.5 s')
  expect(others.at(-1)).toBe('1 row · 1 read in 0 ms\n')
})

const HALF_WAY = { owner: 'local', rowsRead: 1200, rowsToRead: 2400, bytesRead: 1, memoryBytes: 1, elapsedMs: 1500 }

test('Ctrl-C cancels the statement on the server, and says so', async () => {
  const cancelled = Promise.withResolvers<string>()
  let started: string | undefined
  let pressed = () => {}
  const running = run(
    ['SELECT 1'],
    {
      run: async ({ id }) => {
        started = id
        pressed()
        throw new AppError('query_failed', `The query was cancelled: ${(await cancelled.promise) === id}`)
      },
      cancel: async (id) => cancelled.resolve(id),
    },
    (stop) => {
      pressed = stop
    },
  )
  await expect(running).rejects.toThrow('The query was cancelled: true')
  expect(started).toMatch(/^[\da-f-]{36}$/)
})
