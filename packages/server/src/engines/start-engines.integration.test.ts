import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { eventually, isRunning } from '../../test/support/processes.ts'
import { createClickHouse } from '../clickhouse/client.ts'
import { openPostgres } from '../postgres/client.ts'
import { openDataDirectory } from './files/data-directory.ts'
import { type Engines, startEngines } from './start-engines.ts'

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function start(path: string): Promise<Engines> {
  const directory = await openDataDirectory(path)
  const engines = await startEngines({ directory })
  const stop = async () => {
    await engines.stop()
    await directory.release()
  }
  onTestFinished(stop)
  return { ...engines, stop }
}

async function inClickHouse<Row>(engines: Engines, sql: string): Promise<Row[]> {
  const client = createClickHouse(engines.clickhouse)
  try {
    if (!sql.startsWith('SELECT')) {
      await client.command({ query: sql })
      return []
    }
    return await (await client.query({ query: sql, format: 'JSONEachRow' })).json<Row>()
  } finally {
    await client.close()
  }
}

async function inPostgres<Row>(engines: Engines, sql: string): Promise<Row[]> {
  const { pool, close } = openPostgres(engines.postgresUrl)
  try {
    return (await pool.query(sql)).rows
  } finally {
    await close()
  }
}

async function writeSomething(engines: Engines): Promise<void> {
  await inClickHouse(engines, 'CREATE TABLE almanac.kept (id Int32) ENGINE = MergeTree ORDER BY id')
  await inClickHouse(engines, 'INSERT INTO almanac.kept VALUES (7)')
  await inPostgres(engines, 'CREATE TABLE kept AS SELECT 7 AS id')
}

async function expectItThere(engines: Engines): Promise<void> {
  expect(await inClickHouse(engines, 'SELECT id FROM almanac.kept')).toEqual([{ id: 7 }])
  expect(await inPostgres(engines, 'SELECT id FROM kept')).toEqual([{ id: 7 }])
}

test('what is written is there after a stop and a start, and the processes are gone in between', async () => {
  const path = join(await temporaryFolder(), 'data')
  const first = await start(path)
  const { clickhouse, postgres } = first.status()
  await writeSomething(first)
  await first.stop()
  expect(first.status()).toMatchObject({ clickhouse: { state: 'stopped' }, postgres: { state: 'stopped' } })
  for (const { pid = 0 } of [clickhouse, postgres]) expect(isRunning(pid)).toBe(false)
  await expectItThere(await start(path))
})

test.each(['clickhouse', 'postgres'] as const)(
  '%s is started again on the same port when it is killed',
  async (name) => {
    const engines = await start(join(await temporaryFolder(), 'data'))
    await writeSomething(engines)
    const before = engines.status()[name]
    process.kill(before.pid ?? 0, 'SIGKILL')
    await eventually('it was started again', () => engines.status()[name].restarts === 1)
    await eventually('it is ready', () => engines.status()[name].state === 'ready')
    expect(engines.status()[name]).toMatchObject({ port: before.port, problem: undefined })
    expect(engines.status()[name].pid).not.toBe(before.pid)
    await expectItThere(engines)
  },
)

test('a pool of connections goes on after PostgreSQL was killed under it', async () => {
  const engines = await start(join(await temporaryFolder(), 'data'))
  const { pool, close } = openPostgres(engines.postgresUrl)
  onTestFinished(close)
  const sleeping = pool.query('SELECT pg_sleep(60)').catch((error: Error) => error)
  await pool.query('SELECT 1')
  process.kill(engines.status().postgres.pid ?? 0, 'SIGKILL')
  expect(await sleeping).toBeInstanceOf(Error)
  await eventually('it answers', () =>
    pool.query('SELECT 1').then(
      () => true,
      () => false,
    ),
  )
})

test('engines do not outlive a server that was killed, and the next one finds all data', async () => {
  const path = join(await temporaryFolder(), 'data')
  const first = await start(path)
  await writeSomething(first)
  await first.stop()

  const { child, line } = await holdInOtherProcess(path, 'engines')
  const { status } = line as { status: ReturnType<Engines['status']> }
  expect(status).toMatchObject({ clickhouse: { state: 'ready' }, postgres: { state: 'ready' } })
  child.kill('SIGKILL')
  await once(child, 'exit')

  // At once, without waiting for the old engines to end.
  await expectItThere(await start(path))
  for (const { pid = 0 } of [status.clickhouse, status.postgres]) {
    await eventually(`process ${pid} is gone`, () => !isRunning(pid))
  }
})

test('engines end by themselves when the server was killed', async () => {
  const { child, line } = await holdInOtherProcess(join(await temporaryFolder(), 'data'), 'engines')
  const { status } = line as { status: ReturnType<Engines['status']> }
  child.kill('SIGKILL')
  await once(child, 'exit')
  for (const { pid = 0 } of [status.clickhouse, status.postgres]) {
    await eventually(`process ${pid} is gone`, () => !isRunning(pid))
  }
})

test('a second server on the same directory is refused with the process id of the first', async () => {
  const path = join(await temporaryFolder(), 'data')
  const { child, line } = await holdInOtherProcess(path, 'lock')
  expect(line).toEqual({ status: 'locked' })
  await expect(openDataDirectory(path)).rejects.toMatchObject({
    code: 'data_directory_locked',
    message: `${path} is already used by the Almanac server with process id ${child.pid}`,
  })
  child.kill('SIGKILL')
  await once(child, 'exit')
  await (await openDataDirectory(path)).release()
})

test('of several servers that start at the same instant, one gets the directory', async () => {
  const path = join(await temporaryFolder(), 'data')
  const holders = await Promise.all(Array.from({ length: 4 }, () => holdInOtherProcess(path, 'lock')))
  const outcomes = holders.map(({ line }) => (line as { status: string }).status).sort()
  expect(outcomes).toEqual(['data_directory_locked', 'data_directory_locked', 'data_directory_locked', 'locked'])
})

test('outside servers take the place of the embedded ones', async () => {
  const folder = await temporaryFolder()
  const { clickhouse, clickhouseReader, postgresUrl } = await start(join(folder, 'theirs'))
  const address = ({ url, username, password }: typeof clickhouse, database: string) =>
    `http://${username}:${password}@${new URL(url).host}/${database}`
  const directory = await openDataDirectory(join(folder, 'ours'))
  onTestFinished(() => directory.release())
  const engines = await startEngines({
    directory,
    postgresUrl,
    clickhouseUrl: address(clickhouse, 'almanac'),
    clickhouseReaderUrl: address(clickhouseReader, ''),
  })
  expect(engines.clickhouse).toEqual(clickhouse)
  expect(engines.clickhouseReader).toEqual(clickhouseReader)
  expect(engines.embedded).toEqual({ clickhouse: false, postgres: false })
  expect(engines.status()).toMatchObject({ clickhouse: { state: 'outside' }, postgres: { state: 'outside' } })
  await engines.stop()
  await writeSomething(engines)
  await expectItThere(engines)
  expect(await readdir(join(folder, 'ours', 'engines', 'postgres'))).toEqual([])
})

test('secrets and configuration can be read by their owner alone', async () => {
  const path = join(await temporaryFolder(), 'data')
  await start(path)
  const secrets = await readdir(join(path, 'secrets'))
  expect(secrets.sort()).toEqual(['clickhouse-password', 'clickhouse-reader-password', 'postgres-password'])
  const files = [...secrets.map((name) => `secrets/${name}`), 'engines/clickhouse/config/users.xml', 'run/lock']
  for (const file of files) expect(await modeOf(join(path, file))).toBe(0o600)
  for (const folder of ['secrets', 'log', 'run', 'engines/clickhouse', 'engines/postgres/data']) {
    expect(await modeOf(join(path, folder))).toBe(0o700)
  }
})

test('PostgreSQL starts inside a folder of mode 0700', async () => {
  const folder = join(await temporaryFolder(), 'closed')
  await mkdir(folder)
  await chmod(folder, 0o700)
  const engines = await start(join(folder, 'data'))
  expect(await inPostgres(engines, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777
}

const HOLDER = fileURLToPath(new URL('../../test/support/hold-data-directory.ts', import.meta.url))

async function holdInOtherProcess(
  path: string,
  what: 'engines' | 'lock',
): Promise<{ child: ChildProcess; line: unknown }> {
  const child = spawn(process.execPath, [HOLDER, path, what], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const [line] = await once(createInterface(child.stdout), 'line')
  return { child, line: JSON.parse(line) }
}
