import { spawn, spawnSync } from 'node:child_process'
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { CommanderError } from 'commander'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ImportCommandDeps, importCommand } from './import-command.ts'
import type { FileReport } from './report/file-report.ts'
import { type FakeImportServer, startFakeImportServer } from './testing/fake-import-server.ts'

let dir = ''
let server: FakeImportServer
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'almanac-import-'))
  server = await startFakeImportServer()
})
afterEach(async () => {
  await server.close()
  await rm(dir, { recursive: true })
})

/** One line for each number; every 50th comes twice, as two hits within a second do. */
function accessLog(lines: number): string {
  const text: string[] = []
  for (let n = 0; text.length < lines; n++) {
    const second = String(n % 60).padStart(2, '0')
    const minute = String(Math.floor(n / 60) % 60).padStart(2, '0')
    const hour = String(Math.floor(n / 3600) % 24).padStart(2, '0')
    const line = `192.0.2.${n % 250} - - [17/May/2015:${hour}:${minute}:${second} +0000] "GET /p${n % 97} HTTP/1.1" 200 ${n} "-" "Agent/${n % 7}"`
    text.push(line)
    if (n % 50 === 0 && text.length < lines) text.push(line)
  }
  return `${text.join('\n')}\n`
}
const BROKEN = '192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 5 "-" "cut off\n'

async function fileOf(content: string | Buffer, name = 'access.log'): Promise<string> {
  const path = join(dir, name)
  await writeFile(path, content)
  return path
}

interface RunOptions {
  readonly stdin?: Buffer
  readonly stopAfterChunks?: number
  readonly patience?: ImportCommandDeps['patience']
  readonly address?: Partial<Awaited<ReturnType<typeof addressOf>>>
}
const addressOf = async () => ({ url: server.url, token: server.token })

async function run(args: readonly string[], { stdin, stopAfterChunks, patience, address }: RunOptions = {}) {
  const output = { out: '', err: '' }
  const collecting = (name: 'out' | 'err') =>
    new Writable({
      write(chunk, _encoding, done) {
        output[name] += chunk
        done()
      },
    })
  const [out, err] = [collecting('out'), collecting('err')]
  let code: number | undefined
  let stop = () => {}
  const passOn = server.fault
  if (stopAfterChunks !== undefined) {
    server.fault = (chunk) => {
      if (chunk >= stopAfterChunks) stop()
      return passOn(chunk)
    }
  }
  const command = importCommand({
    withServer: async (_dataDir, use) => use({ ...(await addressOf()), ...address }),
    claim: async () => ({ [Symbol.asyncDispose]: async () => {} }),
    openPlaces: async () => ({ placeOf: () => undefined, close: () => {} }),
    defaultDataDir: 'data',
    stdin: Readable.from(stdin ? [stdin] : []),
    stdout: out,
    stderr: err,
    setExitCode: (value) => {
      code = value
    },
    onStop: (callback) => {
      stop = callback
      return () => {}
    },
    patience: patience ?? { firstRetryMs: 1, pollMs: 1, giveUpAfterMs: 20_000 },
  })
  command.exitOverride().configureOutput({ writeErr: (text) => err.write(text) })
  await command.parseAsync([...args], { from: 'user' })
  server.fault = passOn
  return { code, ...output }
}

async function imported(files: readonly string[], options: RunOptions & { flags?: readonly string[] } = {}) {
  const flags = ['--format', 'combined', '--source', 'website', '--identity', 'stable', '--json']
  const { code, out, err } = await run([...files, ...flags, ...(options.flags ?? [])], options)
  const files_: FileReport[] = out === '' ? [] : JSON.parse(out).files
  return { code, err, files: files_, file: files_[0] }
}

test('all lines of a file are stored once, twins among them, and the rest is in quarantine with its line number', async () => {
  const path = await fileOf(`${accessLog(6000)}\n${BROKEN}${accessLog(1).replace('192.0.2.0', '192.0.2.251')}`)
  const { code, file } = await imported([path])
  expect(code).toBe(0)
  expect(file).toMatchObject({ read: 6002, stored: 6001, alreadyThere: 0, quarantined: 1, empty: 1, unaccounted: 0 })
  expect(file?.reasons).toEqual([
    { line: 6002, reason: 'expected a quote that closes the user agent, got the end of the line' },
  ])
  expect(server.events.size).toBe(6001)
  expect(server.rejected).toMatchObject([
    { line: 6002, file: path, raw: BROKEN.trimEnd().replace('192.0.2.1', '192.0.x.x'), sizeBytes: BROKEN.length - 1 },
  ])
})

describe('what the settings of the source leave out', () => {
  const hits = (count: number, path: string, address: string) =>
    accessLog(count)
      .replaceAll(/"GET \/p\d+/g, `"GET ${path}`)
      .replaceAll(/^192\.0\.2\.\d+/gm, address)
  const text = hits(60, '/admin/a', '192.0.2.1') + hits(7000, '/', '192.0.2.2') + hits(5, '/', '198.51.100.9')

  test('is not sent, and is in the account with its reasons', async () => {
    server.rules = { blockedPaths: ['/admin/*'], blockedAddresses: ['198.51.100.0/24'] }
    const path = await fileOf(text)
    const { code, file } = await imported([path])
    expect(code).toBe(0)
    expect(file).toMatchObject({ read: 7065, stored: 7000, quarantined: 0, unaccounted: 0 })
    expect(file?.filtered).toEqual({ path: 60, address: 5 })
    expect(new Set([...server.events.values()].map(({ url }) => url))).toEqual(new Set(['/']))

    const { out } = await run([path, '--format', 'combined', '--source', 'website', '--identity', 'stable'])
    expect(out).toContain(`${path}: left out by the settings of the source: blocked paths 60, blocked addresses 5.`)
    expect(out.split('\n')[1]?.trimEnd().split(/ {3,}/)).toEqual([path, '7,065', '0', '7,000', '0', '65', '0'])
  })

  test('does not change the ids of the rest, so that it comes in later when the filter is gone', async () => {
    server.rules = { blockedPaths: ['/admin/*'] }
    const path = await fileOf(text)
    await imported([path])
    server.rules = {}
    expect((await imported([path])).file).toMatchObject({ read: 7065, stored: 60, alreadyThere: 7005, filtered: {} })
  })

  test('can be all of a file', async () => {
    server.rules = { blockedPaths: ['*'] }
    const { code, file } = await imported([await fileOf(accessLog(50))])
    expect([code, file?.read, file?.stored, file?.unaccounted]).toEqual([0, 50, 0, 0])
    expect(file?.filtered).toEqual({ path: 50 })
    expect(server.chunks).toEqual([])
  })
})

describe('--site', () => {
  test('goes with the import, as browsers write host names', async () => {
    await imported([await fileOf(accessLog(3))], { flags: ['--site', 'WWW.Example.com, *.example.org'] })
    expect(server.imports[0]?.options.site).toEqual(['www.example.com', '*.example.org'])
  })

  test('is not said when it is not given', async () => {
    await imported([await fileOf(accessLog(3))])
    expect(server.imports[0]?.options).not.toHaveProperty('site')
  })

  test.each(['https://example.com', '', 'a.example,b/c'])('%j is refused', async (hosts) => {
    await expect(run(['x.log', '--source', 'a', '--site', hosts])).rejects.toThrow(/expected a host name such as/)
  })
})

test('what is stored is the event with its visitor, and no address is sent', async () => {
  await imported([await fileOf(accessLog(1))])
  expect([...server.events.values()]).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8/),
      idFrom: 'content',
      at: Date.parse('2015-05-17T00:00:00Z'),
      name: 'page_view',
      method: 'GET',
      url: '/p0',
      status: 200,
      bytes: 0,
      userAgent: 'Agent/0',
      properties: { protocol: 'HTTP/1.1' },
      visitor: expect.stringMatching(/^\d+$/),
      visitorKind: 'stable_hash',
    },
  ])
})

describe('the same lines again are stored once', () => {
  test.each([
    { what: 'the same file', again: (text: string) => fileOf(text) },
    { what: 'under another name', again: (text: string) => fileOf(text, 'other.log') },
    { what: 'compressed', again: (text: string) => fileOf(gzipSync(text), 'access.log.gz') },
    { what: 'behind other lines', again: (text: string) => fileOf(`${BROKEN.repeat(3)}${text}`, 'joined.log') },
  ])('$what', async ({ again }) => {
    const text = accessLog(7000)
    expect((await imported([await fileOf(text)])).file).toMatchObject({ stored: 7000 })
    const second = await imported([await again(text)])
    expect(second.code).toBe(0)
    expect(second.file).toMatchObject({ stored: 0, alreadyThere: 7000, linesBefore: 0, unaccounted: 0 })
    expect(server.events.size).toBe(7000)
  })

  test('as a file that has grown, short or long', async () => {
    for (const lines of [10, 3000]) {
      const path = await fileOf(accessLog(lines), `${lines}.log`)
      await imported([path], { flags: ['--stream', String(lines)] })
      await appendFile(path, accessLog(lines).replaceAll('192.0.2.', '198.51.100.'))
      expect((await imported([path], { flags: ['--stream', String(lines)] })).file).toMatchObject({
        stored: lines,
        alreadyThere: lines,
      })
    }
  })

  test('as the same file twice in one command, and on standard input', async () => {
    const path = await fileOf(accessLog(100))
    const { files } = await imported([path, path, '-'], { stdin: Buffer.from(accessLog(100)) })
    expect(files.map(({ stored, alreadyThere }) => [stored, alreadyThere])).toEqual([
      [100, 0],
      [0, 100],
      [0, 100],
    ])
  })

  test('but not of another stream, source or environment', async () => {
    const path = await fileOf(accessLog(10))
    await imported([path])
    for (const flags of [
      ['--stream', 'b'],
      ['--source', 'b'],
      ['--environment', 'sandbox'],
    ]) {
      expect((await imported([path], { flags })).file).toMatchObject({ stored: 10 })
    }
    expect(server.imports.at(-1)?.options).toEqual({ environment: 'sandbox', identity: 'stable', stream: '' })
  })
})

describe('an interrupted import', () => {
  const text = accessLog(23_000)

  test.each([
    { kind: 'a plain file', content: () => text },
    { kind: 'a gzip file', content: () => gzipSync(text) },
  ])('of $kind goes on where it stopped', async ({ content }) => {
    const path = await fileOf(content())
    const first = await imported([path], { stopAfterChunks: 2 })
    expect(first).toMatchObject({ code: 130, files: [] })
    expect(first.err).toBe('Stopped. Run the same command again to go on; nothing is counted twice.\n')
    expect(server.events.size).toBeLessThan(23_000)

    const second = await imported([path])
    expect(second.code).toBe(0)
    expect(second.file?.linesBefore).toBeGreaterThanOrEqual(10_000)
    expect((second.file?.linesBefore ?? 0) + (second.file?.read ?? 0)).toBe(23_000)
    expect(second.file?.unaccounted).toBe(0)
    expect(server.events.size).toBe(23_000)
  })

  test('from a pipe begins again, for nobody knows what comes out of it next time', async () => {
    const stdin = Buffer.from(text)
    await imported(['-'], { stdin, stopAfterChunks: 2 })
    const second = await imported(['-'], { stdin })
    expect(second).toMatchObject({ code: 0, file: { read: 23_000, linesBefore: 0, unaccounted: 0 } })
    expect(server.events.size).toBe(23_000)
  })

  test('is not taken for that of another file that begins alike', async () => {
    await imported([await fileOf(text)], { stopAfterChunks: 2 })
    const other = `${text.slice(0, 70_000)}${BROKEN}${text.slice(70_000)}`
    expect((await imported([await fileOf(other, 'other.log')])).file).toMatchObject({ linesBefore: 0, unaccounted: 0 })
  })
})

test('an import that was killed goes on where it stopped, and nothing is stored twice', async () => {
  const path = await fileOf(accessLog(60_000))
  for (const killAt of [1, 3, 6]) {
    const child = spawn(process.execPath, [CHILD, server.url, server.token, path], { stdio: 'ignore' })
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)))
    let chunks = 0
    server.fault = () => {
      if (++chunks === killAt) child.kill('SIGKILL')
      // The chunk under way is in the log, and nobody learns of it.
      return chunks >= killAt ? 'appended and dropped' : undefined
    }
    expect(await ended).toBe('SIGKILL')
    server.fault = () => undefined
  }
  const { code, file } = await imported([path])
  expect(code).toBe(0)
  expect(file?.linesBefore).toBeGreaterThanOrEqual(35_000)
  expect((file?.linesBefore ?? 0) + (file?.read ?? 0)).toBe(60_000)
  expect(server.events.size).toBe(60_000)
}, 30_000)
const CHILD = fileURLToPath(new URL('testing/import-child.ts', import.meta.url))

describe('a server in trouble', () => {
  test.each([
    { fault: 'overloaded', when: (chunk: number) => chunk < 5 },
    { fault: 'dropped', when: (chunk: number) => chunk % 2 === 0 },
    { fault: 'appended and dropped', when: (chunk: number) => chunk === 1 || chunk === 3 },
  ] as const)(
    'that is $fault gets the chunks again until all are there, and the account is right',
    async ({ fault, when }) => {
      server.fault = (chunk) => (when(chunk) ? fault : undefined)
      const { code, file } = await imported([await fileOf(accessLog(12_000) + BROKEN)])
      expect(code).toBe(0)
      expect(file).toMatchObject({ read: 12_001, stored: 12_000, alreadyThere: 0, quarantined: 1, unaccounted: 0 })
      expect(server.events.size).toBe(12_000)
    },
  )

  test('that takes nothing for too long is given up, and so are the other files', async () => {
    server.fault = () => 'overloaded'
    const paths = [await fileOf(accessLog(10)), await fileOf(accessLog(20), 'b.log')]
    const { code, files } = await imported(paths, { patience: { firstRetryMs: 1, pollMs: 1, giveUpAfterMs: 20 } })
    expect(code).toBe(1)
    expect(files).toHaveLength(2)
    for (const { error } of files) {
      expect(error?.message).toBe('The server took nothing for 0.02 s; at last: Ingest is too far behind')
      expect(error?.hint).toContain('run the same command again')
    }
  })

  test('that was started again with another port and token is found again', async () => {
    const address = { url: 'http://127.0.0.1:1', token: 'old', refresh: addressOf }
    expect(await imported([await fileOf(accessLog(10))], { address })).toMatchObject({ code: 0, file: { stored: 10 } })
  })

  test('that fails with a bug is not asked again', async () => {
    server.fault = () => 'failed'
    const { code, file } = await imported([await fileOf(accessLog(10))])
    expect([code, file?.error?.message, file?.read]).toEqual([1, 'Something went wrong', 0])
  })

  test('whose ingest is behind is waited for', async () => {
    server.ingestLag = 20
    expect(await imported([await fileOf(accessLog(10))])).toMatchObject({
      code: 0,
      file: { stored: 10, unaccounted: 0 },
    })
  })

  test('that loses lines is found out', async () => {
    server.loses = 3
    const path = await fileOf(accessLog(10))
    expect(await imported([path])).toMatchObject({ code: 1, file: { read: 10, stored: 7, unaccounted: 3 } })
  })

  test('that refuses an event says why', async () => {
    server.refuses = (event) => event.bytes === 5
    const { code, file } = await imported([await fileOf(accessLog(10))])
    expect(code).toBe(0)
    expect(file).toMatchObject({ stored: 9, quarantined: 1, reasons: [{ line: 2, reason: 'refused by the database' }] })
  })

  test('that does not know the source or the key says so', async () => {
    const path = await fileOf(accessLog(10))
    const unknown = await imported([path], { flags: ['--source', 'unknown'] })
    expect(unknown).toMatchObject({ code: 1, file: { error: { message: 'There is no source unknown' } } })
    const wrongKey = await imported([path], { address: { token: 'wrong' } })
    expect(wrongKey).toMatchObject({ code: 1, file: { error: { message: 'This key is not known' } } })
  })
})

describe('a file in trouble does not keep the others out', () => {
  test.each([
    { what: 'missing', bad: async () => join(dir, 'missing.log'), stored: 0, message: /^There is no file/ },
    { what: 'a directory', bad: async () => dir, stored: 0, message: /is a directory$/ },
    {
      what: 'gzip data that are cut off',
      bad: () => fileOf(gzipSync(accessLog(20_000)).subarray(0, -9), 'cut.gz'),
      stored: 20_000,
      message: /is cut off after/,
    },
  ])('$what', async ({ bad, stored, message }) => {
    const good = await fileOf(accessLog(10).replaceAll('192.0.2.', '198.51.100.'))
    const { code, files } = await imported([await bad(), good])
    expect(code).toBe(1)
    expect(files[0]).toMatchObject({ stored, unaccounted: 0 })
    expect(files[0]?.error?.message).toMatch(message)
    expect(files[1]).toMatchObject({ stored: 10 })
    expect(files[1]).not.toHaveProperty('error')
  })

  test('a file that was cut off is imported by what is new in the whole one', async () => {
    const whole = gzipSync(accessLog(20_000))
    await imported([await fileOf(whole.subarray(0, whole.length / 2), 'cut.gz')])
    const { code, file } = await imported([await fileOf(whole, 'whole.gz')])
    expect(code).toBe(0)
    expect((file?.stored ?? 0) + (file?.alreadyThere ?? 0)).toBe(20_000)
    expect(server.events.size).toBe(20_000)
  })
})

test('a line of 10 MB is in quarantine with its size, its start and its number, and chunks stay below 8 MiB', async () => {
  const long = Buffer.alloc(10_000_000, 'x')
  // Each control character becomes six in JSON.
  const hostile = `192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET /${'\x01'.repeat(1_000_000)} HTTP/1.1" 200 5 "-" "-"\n`
  const log = Buffer.concat([Buffer.from(accessLog(3)), long, Buffer.from(`\n${hostile.repeat(3)}${accessLog(2000)}`)])
  const { code, file } = await imported([await fileOf(log)])
  expect(code).toBe(0)
  expect(file).toMatchObject({ read: 2007, quarantined: 1, unaccounted: 0 })
  expect(file?.reasons).toEqual([{ line: 4, reason: 'expected a line of at most 1048576 bytes, got 10000000' }])
  expect(server.rejected[0]).toMatchObject({ sizeBytes: 10_000_000, raw: 'x'.repeat(65_536) })
  expect(Math.max(...server.chunks.map(({ bytes }) => bytes))).toBeLessThan(8 * 1024 * 1024)
})

test('the default identity changes with the day, by the salts of the server', async () => {
  const line = (day: number) => `192.0.2.1 - - [${day}/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 5 "-" "Agent/1"\n`
  const path = await fileOf(line(17) + line(18))
  await run([path, '--format', 'combined', '--source', 'website'])
  const [first, second] = [...server.events.values()]
  expect([first?.visitorKind, second?.visitorKind]).toEqual(['daily_hash', 'daily_hash'])
  expect(first?.visitor).not.toBe(second?.visitor)
})

test("json-lines keep the client's ids", async () => {
  const events = [
    { id: 'm-1', name: 'a', time: 1_700_000_000 },
    { name: 'b', time: 1_700_000_001, userId: 'u' },
  ]
  const path = await fileOf(events.map((event) => JSON.stringify(event)).join('\n'))
  expect((await imported([path], { flags: ['--format', 'json-lines'] })).file).toMatchObject({ stored: 2 })
  expect(
    [...server.events.values()].map(({ idFrom, messageId, visitorKind }) => [idFrom, messageId, visitorKind]),
  ).toEqual([
    ['client', 'm-1', undefined],
    ['content', undefined, 'user'],
  ])
})

test('the summary is a table, with reasons that cannot command the terminal', async () => {
  const path = await fileOf(`${accessLog(1200)}bad \x1b[31m\n${'worse\n'.repeat(12)}`)
  const { out, err } = await run([path, '--format', 'combined', '--source', 'website'])
  const lines = out.split('\n')
  expect(lines[0]?.trimEnd().split(/ {3,}/)).toEqual([
    'lines',
    'read',
    'stored',
    'already there',
    'quarantined',
    'filtered',
    'empty',
  ])
  expect(lines[1]?.trimEnd().split(/ {3,}/)).toEqual([path, '1,213', '1,200', '0', '13', '0', '0'])
  expect(out).toContain('  line 1,201: expected an ident and a space after the host, got "\\u001b[31m"')
  expect(out).toContain('and 3 more: almanac sql "SELECT line, reason, raw FROM quarantine WHERE import_id = ')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  expect(out + err).not.toMatch(/[\x00-\x09\x0b-\x1f]/)
})

describe('without --format', () => {
  const auto = ['--source', 'website', '--identity', 'stable', '--json']
  const report = (out: string): FileReport => JSON.parse(out).files[0]

  test('the format is the one that fits the first lines, and an import is known by it', async () => {
    const { code, out } = await run([await fileOf(accessLog(300)), ...auto])
    expect([code, report(out).stored]).toEqual([0, 300])
    expect(server.imports.at(-1)?.key).toContain('"website","combined"')
  })

  test('a file that fits none is left out, and the report says what was tried', async () => {
    const good = await fileOf(accessLog(3), 'good.log')
    const { code, out } = await run([await fileOf('Dear diary,\ntoday was fine.\n'), good, ...auto])
    const [bad, rest]: FileReport[] = JSON.parse(out).files
    expect([code, rest?.stored]).toEqual([1, 3])
    expect(bad?.error?.message).toMatch(/^None of the formats vhost-combined, combined, .*begins "Dear diary,"$/)
    expect(bad?.error?.hint).toContain('--regex')
  })

  test('a regular expression takes the place of a format', async () => {
    const path = await fileOf('2015-05-17T00:00:00Z 192.0.2.1 GET /a 200 eu\nrubbish\n')
    const expression = String.raw`^(?<time>\S+) (?<address>\S+) (?<method>\w+) (?<url>\S+) (?<status>\d+) (?<zone>\w+)$`
    const { code, out } = await run([path, '--regex', expression, ...auto])
    expect([code, report(out).stored, report(out).quarantined]).toEqual([0, 1, 1])
    const [event] = [...server.events.values()]
    expect(event).toMatchObject({ name: 'page_view', url: '/a', status: 200, properties: { zone: 'eu' } })
    expect(server.imports.at(-1)).toMatchObject({
      key: expect.stringContaining('"regex"'),
      options: { regex: expression },
    })
  })

  test.each([
    { expression: '(?<time>\\S+) (?=a)', message: /linear time/ },
    { expression: '(?<time>', message: /cannot be used/ },
    { expression: '(\\S+)', message: /no group named time/ },
  ])('the expression $expression is refused', async ({ expression, message }) => {
    const { code, out } = await run([await fileOf('x\n'), '--regex', expression, ...auto])
    expect(code).toBe(1)
    expect(report(out).error?.message).toMatch(message)
  })
})

describe('a file that names its columns itself', () => {
  const iis = (requests: number, fields: string, row: (n: number) => string) =>
    ['#Software: Microsoft Internet Information Services 10.0', `#Fields: ${fields}`]
      .concat(Array.from({ length: requests }, (_, n) => row(n)))
      .join('\n')
      .concat('\n')
  const time = (n: number) => `2015-05-17 ${new Date(n * 1000).toISOString().slice(11, 19)}`
  // So many requests that the columns' names stand far before the place where the import goes on.
  const text =
    iis(
      2000,
      'date time c-ip cs-method cs-uri-stem sc-status',
      (n) => `${time(n)} 192.0.2.1 GET /a${n}${'x'.repeat(1500)} 200`,
    ) +
    iis(
      14_000,
      'date time cs-method c-ip sc-status cs-uri-stem',
      (n) => `${time(n)} GET 192.0.2.2 200 /b${n}${'y'.repeat(1500)}`,
    )

  test('is read with the columns of the place, also when the import goes on in the middle', async () => {
    const path = await fileOf(text)
    const seen = () => [...server.events.values()].map(({ url, visitor }) => `${visitor} ${url}`)
    await imported([path], { flags: ['--format', 'w3c'], stopAfterChunks: 11 })
    const rest = await imported([path], { flags: ['--format', 'w3c'] })
    expect(rest.file).toMatchObject({ quarantined: 0, unaccounted: 0 })
    // So far that lines are counted from behind the last names of columns on.
    expect(rest.file?.linesBefore).toBeGreaterThan(11_000)
    const resumed = seen()

    const whole = await imported([path], { flags: ['--format', 'w3c', '--stream', 'whole'] })
    expect(whole.file).toMatchObject({ read: 16_000, stored: 16_000, empty: 4, quarantined: 0, unaccounted: 0 })
    expect(resumed).toEqual(seen().slice(16_000))
  })
})

test('an empty file is no failure', async () => {
  expect(await imported([await fileOf('')])).toMatchObject({ code: 0, file: { read: 0, unaccounted: 0 } })
  const { out } = await run([await fileOf(''), '--format', 'combined', '--source', 'website'])
  expect(out).toContain('it is empty')
})

test.each([
  { args: ['x.log', '--format', 'common', '--regex', '(?<time>x)', '--source', 'a'], words: 'cannot be used with' },
  {
    args: ['x.log', '--format', 'nonsense', '--source', 'a'],
    words: 'Allowed choices are auto, vhost-combined, combined, common',
  },
  { args: ['x.log', '--format', 'common'], words: '--source' },
  { args: ['--format', 'common', '--source', 'a'], words: "missing required argument 'file'" },
])('wrong usage is refused: $words', async ({ args, words }) => {
  await expect(run(args)).rejects.toThrow(CommanderError)
  await expect(run(args)).rejects.toThrow(words)
})

test('what cannot be explained is not hidden in a summary', async () => {
  const refresh = () => Promise.reject(new TypeError('a bug'))
  server.fault = (chunk) => (chunk === 0 ? 'dropped' : undefined)
  await expect(imported([await fileOf(accessLog(10))], { address: { refresh } as object })).rejects.toThrow('a bug')
})

const MAKE_PIPE = 'mkfifo'
test('a named pipe is read like a pipe', async ({ skip }) => {
  const path = join(dir, 'pipe')
  skip(spawnSync(MAKE_PIPE, [path]).status !== 0, 'no named pipes here')
  const [{ file }] = await Promise.all([imported([path]), writeFile(path, accessLog(5000))])
  expect(file).toMatchObject({ read: 5000, stored: 5000 })
})
