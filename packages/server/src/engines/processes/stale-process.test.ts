import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { eventually, isRunning } from '../../../test/support/processes.ts'
import { stopStaleProcess } from './stale-process.ts'

async function leftBehind(program: string) {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-test-'))
  const script = `${program}; setInterval(() => {}, 1000); console.log('up')`
  // After "--", or Node takes the argument for an option of its own and ends at once.
  const child = spawn(process.execPath, ['-e', script, '--', `--path=${folder}`, 'last'])
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await rm(folder, { recursive: true })
  })
  const pid = child.pid ?? 0
  const pidFile = join(folder, 'pid')
  await writeFile(pidFile, `PID: ${pid}\n`)
  const stale = {
    pidFile,
    parsePid: (text: string) => Number(/\d+/.exec(text)?.[0]),
    commandPart: `--path=${folder} `,
    signals: ['SIGTERM', 'SIGKILL'] as const,
    waitMs: 300,
  }
  await once(child.stdout, 'data')
  return { pid, stale }
}

test.each([
  { what: 'a process that was left behind', program: '' },
  { what: 'one that does not listen to SIGTERM', program: 'process.on("SIGTERM", () => {})' },
])('$what is ended', async ({ program }) => {
  const { pid, stale } = await leftBehind(program)
  expect(await stopStaleProcess(stale)).toBe(pid)
  await eventually('it is gone', () => !isRunning(pid))
})

test('another program that has got the process id is left alone', async () => {
  const { pid, stale } = await leftBehind('')
  expect(await stopStaleProcess({ ...stale, commandPart: '--path=/another/folder ' })).toBeUndefined()
  expect(isRunning(pid)).toBe(true)
})

test('without a process id there is nothing to do', async () => {
  const { pid, stale } = await leftBehind('')
  expect(await stopStaleProcess({ ...stale, pidFile: `${stale.pidFile}.none` })).toBeUndefined()
  await writeFile(stale.pidFile, 'half a fi')
  expect(await stopStaleProcess(stale)).toBeUndefined()
  expect(isRunning(pid)).toBe(true)
})
