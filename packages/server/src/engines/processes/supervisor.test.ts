import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { eventually, isRunning } from '../../../test/support/processes.ts'
import { freePort } from './free-port.ts'
import { type EngineSpec, type EngineStatus, superviseEngine } from './supervisor.ts'

/** An "engine" that is a few lines of JavaScript and answers on its port. */
const SERVER = 'require("node:http").createServer((_, reply) => reply.end("ok")).listen(PORT, "127.0.0.1")'

let folder: string
beforeEach(async () => {
  const path = await mkdtemp(join(tmpdir(), 'almanac-test-'))
  folder = path
  onTestFinished(() => rm(path, { recursive: true }))
})

async function spec(program: string, change: Partial<EngineSpec> = {}): Promise<EngineSpec> {
  const port = await freePort()
  return {
    name: 'Toy',
    port,
    logPath: join(folder, 'toy.log'),
    command: { file: process.execPath, args: ['-e', program.replace('PORT', String(port))], env: {} },
    readyTimeoutMs: 10_000,
    stopTimeoutMs: 10_000,
    orphanSignal: 'KILL',
    prepare: async () => {},
    probe: async () => {
      await (await fetch(`http://127.0.0.1:${port}`, { headers: { Connection: 'close' } })).text()
    },
    askToStop: async (child) => {
      child.kill('SIGTERM')
    },
    ...change,
  }
}

test('an engine is ready once it answers, and gone after a stop', async () => {
  const states: string[] = []
  const onChange = ({ state }: EngineStatus) => states.push(state)
  const engine = await superviseEngine(await spec(SERVER, { onChange }))
  const { pid = 0, state } = engine.status()
  expect(state).toBe('ready')
  await Promise.all([engine.stop(), engine.stop()])
  expect(isRunning(pid)).toBe(false)
  expect(engine.status()).toMatchObject({ state: 'stopped', pid: undefined })
  expect(states).toEqual(['starting', 'ready', 'stopped'])
})

test('an engine that ends right away is reported with what it printed', async () => {
  const broken = superviseEngine(await spec('console.error("no such disk"); process.exit(3)'))
  await expect(broken).rejects.toMatchObject({
    code: 'engine_unavailable',
    message: 'Toy did not start: it ended right away\nno such disk',
    hint: `The whole log is in ${join(folder, 'toy.log')}.`,
  })
  expect(await readFile(join(folder, 'toy.log'), 'utf8')).toBe('no such disk\n')
})

test('an engine that never answers is ended after its time', async () => {
  let pid = 0
  const onChange = (status: EngineStatus) => {
    pid = status.pid ?? pid
  }
  const silent = superviseEngine(await spec('setInterval(() => {}, 1000)', { readyTimeoutMs: 300, onChange }))
  await expect(silent).rejects.toThrow('it did not answer within 0.3 s')
  expect(isRunning(pid)).toBe(false)
})

test('a program that does not exist is an error and not a crash', async () => {
  const command = { file: '/nowhere/engine', args: [], env: {} }
  await expect(superviseEngine(await spec('', { command }))).rejects.toThrow('ENOENT')
})

test('an engine that dies is started again on the same port, each time', async () => {
  const engine = await superviseEngine(await spec(SERVER))
  onTestFinished(() => engine.stop())
  for (const restarts of [1, 2, 3]) {
    const { pid = 0 } = engine.status()
    process.kill(pid, 'SIGKILL')
    await eventually('it is back', () => engine.status().restarts === restarts && engine.status().state === 'ready')
    expect((await fetch(`http://127.0.0.1:${engine.status().port}`)).status).toBe(200)
  }
})

test('an engine that can not be started again is called failed, and recovers when it can', async () => {
  let isBroken = false
  const prepare = async () => {
    if (isBroken) throw new Error('the disk is gone')
  }
  const engine = await superviseEngine(await spec(SERVER, { prepare }))
  onTestFinished(() => engine.stop())
  isBroken = true
  process.kill(engine.status().pid ?? 0, 'SIGKILL')
  await eventually('it has failed', () => engine.status().state === 'failed')
  expect(engine.status().problem).toBe('the disk is gone')
  isBroken = false
  await eventually('it is ready', () => engine.status().state === 'ready')
})

test('an engine that is being started again can be stopped', async () => {
  let isBroken = false
  const prepare = async () => {
    if (isBroken) throw new Error('the disk is gone')
  }
  const engine = await superviseEngine(await spec(SERVER, { prepare }))
  isBroken = true
  process.kill(engine.status().pid ?? 0, 'SIGKILL')
  await eventually('it is being started again', () => engine.status().problem !== undefined)
  await engine.stop()
  expect(engine.status().state).toBe('stopped')
})

test('an engine that does not listen to an order to stop is killed', async () => {
  const deaf = `process.on("SIGTERM", () => {}); ${SERVER}`
  const engine = await superviseEngine(await spec(deaf, { stopTimeoutMs: 200 }))
  const { pid = 0 } = engine.status()
  await engine.stop()
  expect(isRunning(pid)).toBe(false)
})
