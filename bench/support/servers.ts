import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { readRunningServer } from '../../packages/server/src/engines/files/running-server.ts'

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

export async function serve(kind: 'almanac' | 'demo' | 'bare', dataDir = ''): Promise<BenchServer> {
  const started = performance.now()
  const args =
    kind === 'bare' ? [BARE] : [PROGRAM, kind === 'demo' ? 'demo' : 'start', '--port', '0', '--data-dir', dataDir]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  running.add(child)
  child.once('exit', () => running.delete(child))
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

// A benchmark that fails leaves nothing running.
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill()
})

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
  /** `[<id>]` in it becomes an id that each request has for itself, when `hasIds` is set. */
  readonly body: string
  readonly seconds: number
  readonly connections: number
  readonly path?: string
  readonly hasIds?: boolean
  /** At most so many requests a second; then a late one counts as late from when it was due. */
  readonly perSecond?: number
}

interface LoadResult {
  readonly perSecond: number
  /** Milliseconds within which as many per cent were answered. */
  readonly p50Ms: number
  readonly p99Ms: number
  readonly worstMs: number
}

/** Requests a second, from a process of its own. Fails when one was refused. */
export async function load(options: LoadOptions): Promise<number> {
  return (await measureLoad(options)).perSecond
}

export async function measureLoad(options: LoadOptions): Promise<LoadResult> {
  const { url, token, body, seconds, connections, path = '/v1/events?source=bench', hasIds, perSecond } = options
  const args = ['--json', '--no-progress', '-m', 'POST', '-c', String(connections), '-d', String(seconds)]
  const headers = ['-H', `authorization=Bearer ${token}`, '-H', 'content-type=application/json']
  const more = [...(hasIds ? ['-I'] : []), ...(perSecond ? ['-R', String(Math.round(perSecond))] : [])]
  const { stdout } = await withTempDir(async (directory) => {
    const file = join(directory, 'body')
    await writeFile(file, body)
    return runFile(process.execPath, [AUTOCANNON, ...args, ...headers, ...more, '-i', file, url + path], {
      maxBuffer: 64 * 1024 * 1024,
    })
  })
  const result = JSON.parse(stdout) as AutocannonResult
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refused, ${result.errors} failed`)
  const { p50, p99, max } = result.latency
  return { perSecond: result['2xx'] / result.duration, p50Ms: p50, p99Ms: p99, worstMs: max }
}

interface AutocannonResult {
  readonly '2xx': number
  readonly non2xx: number
  readonly errors: number
  readonly duration: number
  readonly latency: { readonly p50: number; readonly p99: number; readonly max: number }
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
