import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { readRunningServer } from '../../packages/server/src/engines/running-server.ts'

export interface BenchServer {
  readonly url: string
  readonly token: string
  readonly process: ChildProcess
  /** Milliseconds from the start of the process to its address. */
  readonly startMs: number
  stop(): Promise<void>
}

const BARE = join(import.meta.dirname, 'bare.ts')
const PROGRAM = join(import.meta.dirname, '../../packages/server/bin/almanac.js')

export async function serve(kind: 'almanac' | 'bare', dataDir = ''): Promise<BenchServer> {
  const started = performance.now()
  const args = kind === 'bare' ? [BARE] : [PROGRAM, 'start', '--port', '0', '--data-dir', dataDir]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface(child.stdout), 'line')
  const url = /http:\S+/.exec(line)?.[0] ?? ''
  const stop = async () => {
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    await exited
  }
  const token = (await readRunningServer(dataDir))?.localToken ?? ''
  return { url, token, process: child, startMs: performance.now() - started, stop }
}

export async function withTempDir<T>(run: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'almanac-bench-'))
  try {
    return await run(directory)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

const runFile = promisify(execFile)
const AUTOCANNON = createRequire(import.meta.url).resolve('autocannon/autocannon.js')

interface LoadOptions {
  readonly url: string
  readonly token: string
  readonly body: string
  readonly seconds: number
  readonly connections: number
}

/** Requests a second, from a process of its own. Fails when one was refused. */
export async function load({ url, token, body, seconds, connections }: LoadOptions): Promise<number> {
  const args = ['--json', '--no-progress', '-m', 'POST', '-c', String(connections), '-d', String(seconds)]
  const headers = ['-H', `authorization=Bearer ${token}`, '-H', 'content-type=application/json']
  const target = `${url}/v1/events?source=bench`
  const { stdout } = await withTempDir(async (directory) => {
    const file = join(directory, 'body')
    await writeFile(file, body)
    return runFile(process.execPath, [AUTOCANNON, ...args, ...headers, '-i', file, target], {
      maxBuffer: 64 * 1024 * 1024,
    })
  })
  const result = JSON.parse(stdout) as { '2xx': number; non2xx: number; errors: number; duration: number }
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refused, ${result.errors} failed`)
  return result['2xx'] / result.duration
}

export async function api<T>({ url, token }: BenchServer, path: string, body?: unknown): Promise<T> {
  const response = await fetch(url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as T
}
