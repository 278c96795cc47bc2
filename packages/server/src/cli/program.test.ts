import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import { loadConfig } from '../config/config.ts'
import { runProgram } from './program.ts'

type Deps = Parameters<typeof runProgram>[1]

async function run(args: string[], overrides: Partial<Deps> = {}) {
  const output = { stdout: '', stderr: '' }
  const into = (stream: keyof typeof output) => (text: string) => {
    output[stream] += text
  }
  const exitCode = await runProgram(args, {
    stdout: into('stdout'),
    stderr: into('stderr'),
    stdin: (async function* () {})(),
    version: '1.2.3',
    defaultDataDir: './almanac-data',
    loadConfig: (options, defaults) => loadConfig({}, options, defaults),
    startServer: async () => ({
      url: 'http://localhost:1',
      setupUrl: undefined,
      localToken: 't',
      stop: async () => {},
    }),
    startDemo: async () => {},
    importCommand: new Command('import').description('Import').addHelpText('after', 'Example:\n  almanac import'),
    withServer: async () => {
      throw new AppError('not_found', 'There is no data directory x', { hint: 'Make one.' })
    },
    findServer: async () => undefined,
    untilStopped: async () => {},
    onStop: () => () => {},
    isTerminal: false,
    ...overrides,
  })
  return { exitCode, ...output }
}

test('an expected failure is a sentence and a hint on standard error, and the exit code 1', async () => {
  expect(await run(['sql', 'SELECT 1'])).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'error: There is no data directory x\nhint: Make one.\n',
  })
})

test('all problems of a configuration are listed', async () => {
  const { exitCode, stderr } = await run(['start', '--port', '99999'])

  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/^error: .*\n {2}--port: /)
})

test.each([[['nonsense']], [['query']], [['start', '--nonsense']], [['sql']], [['keys', 'create']], [[]]])(
  'wrong usage has the exit code 2: %j',
  async (args) => {
    const { exitCode, stdout, stderr } = await run(args)

    expect(exitCode).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).not.toBe('')
  },
)

const COMMANDS = [
  [],
  ...['start', 'demo', 'import', 'query', 'sql', 'doctor'].map((name) => [name]),
  ...['create', 'list', 'revoke'].map((name) => ['keys', name]),
  ...['create', 'list', 'show', 'set', 'name'].map((name) => ['sources', name]),
  ...['check', 'init'].map((name) => ['workspace', name]),
]
test.each(COMMANDS.map((command) => [command]))('the help has an example: %j', async (command) => {
  const { exitCode, stdout } = await run([...command, '--help'])

  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/Examples?:\n {2}(almanac|zcat)/)
  expect(stdout).not.toContain('--temporary')
})

test('start says where the server is and how to make the first account, and stops it when asked', async () => {
  const done: string[] = []
  const { stdout, exitCode } = await run(['start', '--data-dir', '/srv/almanac'], {
    startServer: async ({ dataDir, port }) => {
      done.push(`start ${dataDir} ${port}`)
      return {
        url: 'http://localhost:4680',
        setupUrl: 'http://localhost:4680/setup?token=x',
        localToken: 't',
        stop: async () => void done.push('stop'),
      }
    },
    untilStopped: async () => void done.push('asked'),
  })

  expect(exitCode).toBe(0)
  expect(stdout).toBe(
    'Almanac runs at http://localhost:4680\nMake the first account at http://localhost:4680/setup?token=x\n' +
      'Data directory: /srv/almanac\nStop with Ctrl-C.\n',
  )
  expect(done.toSorted()).toEqual(['asked', 'start /srv/almanac 4680', 'stop'])
})

test('a demo is kept where --data-dir says, then where the variable says, then in its own folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-demo-'))
  const keptIn = async (args: string[], env: NodeJS.ProcessEnv) => {
    let kept = ''
    const { exitCode, stderr } = await run(['demo', ...args], {
      loadConfig: (options, defaults) => loadConfig(env, options, defaults),
      startServer: async ({ dataDir }) => {
        kept = dataDir
        return {
          url: 'http://localhost:1',
          setupUrl: 'http://localhost:1/setup',
          localToken: 't',
          stop: async () => {},
        }
      },
      startDemo: async () => {},
      untilStopped: () => new Promise((resolve) => setTimeout(resolve, 20)),
    })
    return exitCode === 0 ? { kept, stderr } : { stderr }
  }
  try {
    const own = join(folder, 'own')
    expect(await keptIn([], {})).toEqual({
      kept: './almanac-demo',
      stderr:
        'The demo is ready at http://localhost:1, and events keep coming.\n' +
        'As long as there is no account, make the first one at http://localhost:1/setup\n',
    })
    expect(await keptIn([], { ALMANAC_DATA_DIR: own })).toMatchObject({ kept: own })
    expect(await keptIn(['--data-dir', '/srv/demo'], { ALMANAC_DATA_DIR: own })).toMatchObject({ kept: '/srv/demo' })

    await mkdir(join(own, 'secrets'), { recursive: true })
    const refused = await keptIn([], { ALMANAC_DATA_DIR: own })
    expect(refused).toEqual({ stderr: expect.stringContaining("holds data that are not the demo's") })
    await writeFile(join(own, 'demo.json'), '{}')
    expect(await keptIn([], { ALMANAC_DATA_DIR: own })).toMatchObject({ kept: own })
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a demo whose filling fails stops its server and says why', async () => {
  let isStopped = false
  const { exitCode, stderr } = await run(['demo'], {
    startServer: async () => ({
      url: 'http://localhost:1',
      setupUrl: undefined,
      localToken: 't',
      stop: async () => {
        isStopped = true
      },
    }),
    startDemo: () => Promise.reject(new AppError('disk_full', 'The disk is full')),
    untilStopped: () => new Promise(() => {}),
  })

  expect(exitCode).toBe(1)
  expect(stderr).toContain('error: The disk is full')
  expect(isStopped).toBe(true)
})
