import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

export interface BenchServer {
  readonly url: string
  readonly token: string
  readonly process: ChildProcess
  /** Milliseconds from the start of the process to its address. */
  readonly startMs: number
  stop(): Promise<void>
}

const SERVE = join(import.meta.dirname, 'serve.ts')

export async function serve(kind: 'almanac' | 'bare', dataDir = ''): Promise<BenchServer> {
  const started = performance.now()
  const child = spawn(process.execPath, [SERVE, kind, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = await once(createInterface(child.stdout), 'line')
  const { url, token } = JSON.parse(line)
  const stop = async () => {
    const exited = once(child, 'exit')
    child.stdin.end()
    await exited
  }
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
