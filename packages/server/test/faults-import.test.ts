import { createWriteStream } from 'node:fs'
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FileReport } from '../src/cli/import/report/file-report.ts'
import { almanac, startAlmanac } from './support/almanac-command.ts'
import type { Status } from './support/event-client.ts'
import { eventually, isRunning } from './support/processes.ts'
import { makeScratch, type Scratch } from './support/scratch.ts'
import { callServer, type ServerProcess } from './support/server-process.ts'

/** `almanac import` with everything that can be wrong with a file, and with itself being killed. */

let scratch: Scratch
beforeAll(async () => {
  scratch = await makeScratch()
})
afterAll(() => scratch[Symbol.asyncDispose]())

interface Imported {
  readonly exitCode: number | null
  readonly stderr: string
  readonly ok: boolean
  readonly files: readonly FileReport[]
}

async function importFiles(args: readonly string[], dataDir = scratch.dataDir): Promise<Imported> {
  const { exitCode, stdout, stderr } = await almanac(importArguments(args, dataDir))
  expect(stderr).not.toMatch(/\n {4}at /)
  return { exitCode, stderr, ...(JSON.parse(stdout) as Pick<Imported, 'ok' | 'files'>) }
}

function importArguments(args: readonly string[], dataDir = scratch.dataDir): string[] {
  return ['import', '--source', 'website', '--json', '--data-dir', dataDir, ...args]
}

function logLine(n: number, { year = 2015 } = {}): string {
  const time = `17/May/${year}:10:${String(Math.floor(n / 60) % 60).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`
  return `203.0.113.${n % 256} - - [${time} +0000] "GET /page/${n} HTTP/1.1" 200 ${1000 + n} "-" "Mozilla/5.0 (${n})"\n`
}

const logLines = (count: number, from = 0) => Array.from({ length: count }, (_, n) => logLine(from + n)).join('')

async function fileWith(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(scratch.path, name)
  await writeFile(path, content)
  return path
}

describe('beside a running server', () => {
  let server: ServerProcess
  beforeAll(async () => {
    server = await scratch.start()
  })
  afterAll(async () => expect(await server.stop()).toBe(0))

  test('files that cannot be read are named, and do not keep the others out', async () => {
    const folder = join(scratch.path, 'folder')
    await mkdir(folder)
    const good = await fileWith('good.log', logLines(3))
    const { exitCode, ok, files } = await importFiles([
      join(scratch.path, 'none'),
      folder,
      good,
      '--format',
      'combined',
    ])

    expect({ exitCode, ok }).toEqual({ exitCode: 1, ok: false })
    expect(files.map(({ error }) => error?.message)).toEqual([
      `There is no file ${join(scratch.path, 'none')}`,
      `${folder} is a directory`,
      undefined,
    ])
    expect(files[2]).toMatchObject({ read: 3, stored: 3, unaccounted: 0 })

    const inWords = await almanac(importArguments([folder, '--format', 'combined']).filter((word) => word !== '--json'))
    expect(inWords.stdout).toMatch(/folder is a directory\. Name the files in it, for instance with an asterisk\./)
    expect(inWords.exitCode).toBe(1)
  })

  test('what no reader should choke on is stored or in quarantine with its line, and all of it is accounted for', async () => {
    const lines = [
      Buffer.from(logLine(10_001)),
      Buffer.from(logLine(10_002, { year: 9999 })),
      Buffer.from(`${logLine(10_003).trimEnd()}${'x'.repeat(10 * 1024 * 1024)}\n`),
      Buffer.from(logLine(10_004).replace('/page/', '/pa\0ge/')),
      Buffer.concat([Buffer.from([0xff, 0xc0, 0x80]), Buffer.from(logLine(10_005))]),
      Buffer.from(logLine(10_006).replace('/page/', '/p\u2028\u{1f600}/')),
      Buffer.alloc(300_000, 0),
      Buffer.from('\n\r\n'),
      Buffer.from('__proto__\n'),
      Buffer.from(logLine(10_007).trimEnd()),
    ]
    const path = await fileWith('hostile.log', Buffer.concat(lines))
    const first = await importFiles([path, '--format', 'combined'])

    expect(first).toMatchObject({ exitCode: 0, ok: true })
    const { read, empty, stored, quarantined, reasons } = first.files[0] as FileReport
    expect({ read, empty, sum: stored + quarantined }).toEqual({ read: 9, empty: 1, sum: 9 })
    expect(reasons.map(({ line }) => line)).toEqual(expect.arrayContaining([2, 3]))
    expect(reasons.find(({ line }) => line === 2)?.reason).toMatch(/9999/)
    expect(reasons.find(({ line }) => line === 3)?.reason).toMatch(
      /expected a line of at most 1048576 bytes, got 10485/,
    )

    const again = await importFiles([path, '--format', 'combined'])
    expect(again.exitCode).toBe(0)
    expect(again.files[0]).toMatchObject({ read: 9, stored: 0, alreadyThere: stored, quarantined, unaccounted: 0 })
    const kept = await callServer<{ rows: { raw: string }[] }>(server, '/api/v1/quarantine?source=website')
    expect(kept.rows).toHaveLength(quarantined)
  })

  test('JSON of any depth and with any key is an event or in quarantine', async () => {
    const deep = (brackets: number) => `${'['.repeat(brackets)}${']'.repeat(brackets)}`
    const event = (properties: string) => `{"name":"play","time":"2015-05-17T10:00:00Z","properties":${properties}}`
    const lines = [
      event('{"a":1}'),
      event(`{"a":${deep(10_000)}}`),
      deep(10_000),
      '{'.repeat(10_000),
      `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
      event('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
      '{"__proto__":{"name":"play"},"time":"2015-05-17T10:00:00Z"}',
      '{"name":"play","time":"9999-12-31T23:59:59Z"}',
      '{"name":"play","time":"-271821-04-20T00:00:00Z"}',
      '{"name":"play","time":1e400}',
      'null',
      '"\\ud800"',
    ]
    const path = await fileWith('hostile.ndjson', `${lines.join('\n')}\n`)
    const { exitCode, files } = await importFiles([path, '--format', 'json-lines'])

    expect(exitCode).toBe(0)
    const { read, stored, quarantined, unaccounted } = files[0] as FileReport
    expect({ read, sum: stored + quarantined, unaccounted }).toEqual({ read: 12, sum: 12, unaccounted: 0 })
    expect(stored).toBeGreaterThanOrEqual(1)
    expect(stored).toBeLessThanOrEqual(2)
  })

  test('gzip that is cut off gives its whole lines and a clear failure, and the rest once it is complete', async () => {
    const packed = gzipSync(Array.from({ length: 20_000 }, (_, n) => logLine(20_000 + n)).join(''))
    const path = await fileWith('cut.log.gz', packed)
    await truncate(path, Math.floor(packed.length / 2))
    const cut = await importFiles([path, '--format', 'combined'])
    expect(cut).toMatchObject({ exitCode: 1, ok: false })
    const half = cut.files[0] as FileReport
    expect(half.error?.message).toMatch(/cut\.log\.gz is cut off after \d+ bytes of gzip data/)
    expect(half.unaccounted).toBe(0)
    expect(half.stored + half.quarantined).toBe(half.read)
    expect(half.stored).toBeGreaterThan(1000)

    await writeFile(path, packed)
    const whole = await importFiles([path, '--format', 'combined'])
    expect(whole.exitCode).toBe(0)
    // The line that the cut went through is in quarantine; whole, it is another one.
    expect(whole.files[0]).toMatchObject({ read: 20_000, stored: 20_000 - half.stored, alreadyThere: half.stored })
  })

  test('a gzip bomb of one line is one line in quarantine, and takes no memory', async () => {
    const path = join(scratch.path, 'bomb.gz')
    const zeros = Buffer.alloc(1024 * 1024)
    await pipeline(
      async function* () {
        for (let i = 0; i < 200; i++) yield zeros
        yield Buffer.from(`\n${logLine(50_000)}`)
      },
      createGzip({ level: 1 }),
      createWriteStream(path),
    )
    const command = startAlmanac(importArguments([path, '--format', 'combined']))
    const peak = await peakMemoryBytes(command.child.pid ?? 0, command.result)
    const { exitCode, stdout } = await command.result

    expect(exitCode).toBe(0)
    const [report] = JSON.parse(stdout).files as [FileReport]
    expect(report).toMatchObject({ read: 2, stored: 1, quarantined: 1 })
    expect(report.reasons[0]?.reason).toMatch(/got 209715200/)
    expect(peak).toBeLessThan(300 * 1024 * 1024)
  })

  test('a second import of a file that is just being imported adds up too, and each line is stored once', async () => {
    const path = await fileWith('twice.log', logLines(80_000, 100_000))
    const first = importFiles([path, '--format', 'combined'])
    await acknowledges(server, 1_000_000)
    const both = await Promise.all([
      first,
      importFiles([path, '--format', 'combined']),
      importFiles([path, '--format', 'combined']),
    ])

    const words = JSON.stringify(both.map(({ files }) => files))
    expect(
      both.map(({ exitCode }) => exitCode),
      words,
    ).toEqual([0, 0, 0])
    expect(await storedWith(server, 100_000, 180_000), words).toEqual([80_000, 80_000])
  })
})

describe('without a server', () => {
  test('an import that is killed half-way, its server with it, goes on and stores each line once', async () => {
    const path = await fileWith('large.log', logLines(100_000, 1_000_000))
    const killed = startAlmanac(importArguments([path, '--format', 'combined']))
    const temporary = await serverOf(scratch.dataDir)
    await acknowledges(temporary, 1_000_000)
    killed.child.kill('SIGKILL')
    await killed.result
    await eventually('its server has ended', () => !isRunning(temporary.pid))

    const again = await importFiles([path, '--format', 'combined'])
    expect(again.exitCode).toBe(0)
    const { linesBefore, read, stored, alreadyThere, quarantined } = again.files[0] as FileReport
    expect(linesBefore).toBeGreaterThan(0)
    expect(linesBefore + read).toBe(100_000)
    expect({ quarantined, accounted: stored + alreadyThere }).toEqual({ quarantined: 0, accounted: read })

    const third = await importFiles([path, '--format', 'combined'])
    expect(third.exitCode).toBe(0)
    expect(third.files[0]).toMatchObject({ read: 100_000, stored: 0, alreadyThere: 100_000 })
    const server = await scratch.start()
    expect(await storedWith(server, 1_000_000, 1_100_000)).toEqual([100_000, 100_000])
    expect(await server.stop()).toBe(0)
  })
})

/** How many events, and how many different ones, have a number in this range in their path. */
async function storedWith(server: ServerProcess, from: number, to: number): Promise<number[]> {
  const number = `toUInt64OrZero(substring(path, 7))`
  const sql = `SELECT count(), uniqExact(path) FROM events WHERE ${number} >= ${from} AND ${number} < ${to}`
  const { rows } = await callServer<{ rows: [number, number][] }>(server, '/api/v1/sql', { sql })
  return rows[0] ?? []
}

async function serverOf(dataDir: string) {
  const file = join(dataDir, 'run', 'server.json')
  await eventually(
    'a server was started for the command',
    async () => (await readFile(file).catch(() => '')).length > 0,
  )
  const { pid, url, localToken: token } = JSON.parse(await readFile(file, 'utf8'))
  return { pid, url, token }
}

/** Resolves when so many more bytes are in the log than now. */
async function acknowledges(server: Pick<ServerProcess, 'url' | 'token'>, bytes: number): Promise<void> {
  const durableEnd = async () => (await callServer<Status>(server, '/api/v1/status')).log.durableEnd
  const before = await durableEnd()
  await eventually('some of the file is acknowledged', async () => (await durableEnd()) > before + bytes)
}

/** The most that a process ever had, as the kernel counts it. */
async function peakMemoryBytes(pid: number, ended: Promise<unknown>): Promise<number> {
  let peak = 0
  let isRunning = true
  void ended.then(() => {
    isRunning = false
  })
  while (isRunning) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return peak
}
