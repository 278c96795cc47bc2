import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { readRunningServer } from '../../src/engines/files/running-server.ts'
import { eventually } from './processes.ts'

/** A server started as a user starts it: `almanac start`, as a process of its own. */
export interface ServerProcess {
  readonly dataDir: string
  readonly url: string
  readonly token: string
  readonly child: ChildProcess
  /** SIGKILL: nothing is cleaned up. */
  kill(): Promise<void>
  /** SIGTERM. Resolves with the exit code. */
  stop(): Promise<number | null>
}

export interface ServerProcessOptions {
  readonly env?: NodeJS.ProcessEnv
  /** What runs the command that follows it, such as `unshare --mount`; it must become that command and not its parent. */
  readonly launcher?: readonly string[]
}

export const BIN = join(import.meta.dirname, '../../bin/almanac.js')

export async function startServerProcess(
  dataDir: string,
  args: readonly string[] = [],
  { env = {}, launcher = [] }: ServerProcessOptions = {},
): Promise<ServerProcess> {
  const command = [...launcher, process.execPath, BIN, 'start', '--data-dir', dataDir, '--port', '0', ...args]
  const child = spawn(command[0] ?? '', command.slice(1), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
  const exited = once(child, 'exit')
  await eventually('the server is up', async () => {
    if (child.exitCode !== null) throw new Error(`almanac start ended with ${child.exitCode}: ${output}`)
    return (await readRunningServer(dataDir))?.pid === child.pid
  }).catch((error) => {
    child.kill()
    throw error
  })
  const running = await readRunningServer(dataDir)
  if (!running) throw new Error('the server has ended')
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal)
    return (await exited)[0]
  }
  return {
    dataDir,
    url: running.url,
    token: running.localToken,
    child,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  }
}

export async function callServer<T>(
  { url, token }: Pick<ServerProcess, 'url' | 'token'>,
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`)
  return JSON.parse(text) as T
}
