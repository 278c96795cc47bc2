import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { almanac, type CommandResult } from './support/almanac-command.ts'
import { makeScratch, type Scratch } from './support/scratch.ts'
import type { ServerProcess } from './support/server-process.ts'

/** A server that can't start says why and what to do, in two lines, and leaves nothing running. */
let scratch: Scratch
let dataDir: string
beforeAll(async () => {
  scratch = await makeScratch()
  dataDir = scratch.dataDir
})
afterAll(() => scratch[Symbol.asyncDispose]())

const start = (path: string, ...args: string[]) => almanac(['start', '--data-dir', path, '--port', '0', ...args])

function expectRefusal(result: CommandResult, message: RegExp, hint: RegExp): void {
  expect(result.stderr).toMatch(message)
  expect(result.stderr).toMatch(hint)
  expect(result.stderr).toMatch(/^error: .*\n(?: {2}.*\n)*hint: .*\n$/)
  expect(result.stdout).toBe('')
  expect(result.exitCode).toBe(1)
}

describe('beside a running server', () => {
  let server: ServerProcess
  beforeAll(async () => {
    server = await scratch.start()
  })
  afterAll(async () => expect(await server.stop()).toBe(0))

  test('a data directory in use is refused with the process that has it', async () => {
    const words = new RegExp(
      `${dataDir} is already used by the Almanac server with process id ${server.child.pid} on port`,
    )
    expectRefusal(await start(dataDir), words, /another --data-dir/)
  })
})

test('a port in use is named, and the engines that were started for it are stopped', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const port = typeof address === 'object' ? address?.port : 0
  const result = await start(dataDir, '--port', String(port))
  other.close()

  expectRefusal(result, new RegExp(`Port ${port} on 127.0.0.1 is in use`), /another port with --port/)
  expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(dataDir)
})

test('an address of another machine is refused by name', async () => {
  // TEST-NET-1, which no machine has.
  expectRefusal(await start(dataDir, '--host', '192.0.2.1'), /192\.0\.2\.1/, /--host/)
})

test('a file in the place of the data directory is named as one', async () => {
  const file = join(scratch.path, 'file')
  await writeFile(file, '')

  expectRefusal(await start(file), /file can't be used: it is a file/, /--data-dir/)
  expectRefusal(await start(join(file, 'data')), /data can't be used: .*ENOTDIR/, /--data-dir/)
})

// Root may write anywhere but on a disk that nobody may write to.
const READ_ONLY = ['unshare', '--mount', 'sh', '-c', 'mount --bind -o ro "$0" "$0" && exec "$@"']

test.skipIf(!canMount()).each(['new', 'data'])(
  'the data directory "%s" on a read-only disk is refused',
  async (name) => {
    const launcher = [...READ_ONLY, scratch.path]
    const result = await almanac(['start', '--data-dir', join(scratch.path, name), '--port', '0'], { launcher })

    expectRefusal(result, /can't be used: .*read-only file system/, /this user may write/)
  },
)

test('broken settings are all reported, without the password in one of them', async () => {
  const env = {
    ALMANAC_LOG_LEVEL: 'loud',
    ALMANAC_MIN_FREE_DISK_BYTES: 'much',
    ALMANAC_POSTGRES_URL: 'mysql://almanac:geheim@db/almanac',
  }
  const result = await almanac(['start', '--data-dir', dataDir], { env })

  expectRefusal(
    result,
    /ALMANAC_LOG_LEVEL: .*\n.*ALMANAC_MIN_FREE_DISK_BYTES: expected a size such as 512MiB/,
    /configuration/,
  )
  expect(result.stderr).toContain('ALMANAC_POSTGRES_URL')
  expect(result.stderr).not.toContain('geheim')
})

test.each([
  { args: ['start', '--prot', '1'], words: /unknown option '--prot'/ },
  { args: ['strat'], words: /unknown command 'strat'/ },
  { args: ['import', '--format', 'combined', '--source', 'a'], words: /missing required argument 'file'/ },
  { args: ['import', 'x', '--source', 'a', '--format', 'xml'], words: /Allowed choices are/ },
])('$args is a wrong usage: exit code 2', async ({ args, words }) => {
  const { exitCode, stderr } = await almanac(args)

  expect(exitCode).toBe(2)
  expect(stderr).toMatch(words)
  expect(stderr).toContain('--help')
  expect(stderr).not.toMatch(/\n {4}at /)
})

function canMount(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'sh', '-c', 'mount --bind -o ro /tmp /tmp'])
    return true
  } catch {
    return false
  }
}
