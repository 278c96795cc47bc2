import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError, ERROR_CODES } from '@almanac/core/errors.ts'
import { z } from 'zod'
import { readRunningServer } from '../engines/files/running-server.ts'
import { callServer, type ServerAddress } from './api-client.ts'

/**
 * A data directory has one server, and every command works through it: through the one that runs, or else through one
 * that is started for the command and stopped after it.
 */
export interface ServerSession extends ServerAddress {
  /** Where the server is now, should another one have taken over the data directory. */
  readonly refresh: () => Promise<ServerAddress | undefined>
  /** Gone after the command: addresses on it lead nowhere. */
  readonly isTemporary?: boolean
}

export interface WithServerOptions {
  /** Makes the data directory when there is none; commands that only read refuse instead. */
  readonly mayCreate?: boolean
}

export async function withServer<T>(
  dataDir: string,
  run: (server: ServerSession) => Promise<T>,
  { mayCreate = false }: WithServerOptions = {},
): Promise<T> {
  if (!mayCreate) requireDataDirectory(dataDir)
  const refresh = () => findServer(dataDir)
  const running = await refresh()
  if (running !== undefined) return run({ ...running, refresh })

  const temporary = await startTemporary(dataDir)
  try {
    const result = await run({ ...temporary.address, refresh, isTemporary: true })
    await visitsMade(temporary.address)
    return result
  } finally {
    await temporary.stop()
  }
}

const POLL_MS = 200
const GIVE_UP_AFTER_MS = 60_000

/** What a command has brought is in the visits too before its server goes, unless they do not move. */
async function visitsMade(server: ServerAddress): Promise<void> {
  let least = Number.POSITIVE_INFINITY
  let movedAt = performance.now()
  while (performance.now() - movedAt < GIVE_UP_AFTER_MS) {
    const text = await callServer(server, 'GET', '/api/v1/visits').catch(() => '{"pending":0}')
    const { pending }: { pending: number } = JSON.parse(text)
    if (pending === 0) return
    if (pending < least) movedAt = performance.now()
    least = Math.min(least, pending)
    await sleep(POLL_MS)
  }
}

/** The server that runs on this data directory, if it answers and knows the token in its file. */
export async function findServer(dataDir: string): Promise<ServerAddress | undefined> {
  const found = await readRunningServer(resolve(dataDir))
  if (found === undefined || !(await isAlmanac(found.url))) return undefined
  const address = { url: found.url, token: found.localToken }
  return callServer(address, 'GET', '/api/v1/cubes').then(
    () => address,
    (error: unknown) => (error instanceof AppError && error.code === 'unauthorized' ? undefined : address),
  )
}

/** Another program may have the port by now, and is not told the token. */
async function isAlmanac(url: string): Promise<boolean> {
  try {
    const answer = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
    return (await answer.text()) === '{"status":"ok"}'
  } catch {
    return false
  }
}

const ANSWER_WITHIN_MS = 10_000

export function requireDataDirectory(dataDir: string): void {
  if (existsSync(join(dataDir, 'run'))) return
  throw new AppError('not_found', `There is no data directory ${resolve(dataDir)}`, {
    hint: 'Name another one with --data-dir, or make one with: almanac start, almanac demo or almanac import.',
  })
}

/** What a temporary server tells its parent: where it is, or why it did not start. */
export type TemporaryServerMessage = z.output<typeof Message>
const Message = z.union([
  z.object({ url: z.string(), token: z.string() }),
  z.object({ error: z.object({ code: z.enum(ERROR_CODES), message: z.string(), hint: z.string().optional() }) }),
])

const PROGRAM = join(import.meta.dirname, '../../bin/almanac.js')
const STOP_WITHIN_MS = 60_000

async function startTemporary(dataDir: string) {
  const child = spawn(process.execPath, [PROGRAM, 'start', '--temporary', '--data-dir', dataDir], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // In a group of its own, so that Ctrl-C reaches this process alone and the server outlives what it still has to do.
    detached: true,
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const address = await readyAddress(child)
  return { address, stop: () => stopChild(child, ended) }
}

function readyAddress(child: ChildProcess): Promise<ServerAddress> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => {
      reject(
        new AppError('engine_unavailable', `The server that was started for this command ended with code ${code}`, {
          hint: 'Its log is in logs/ of the data directory; "almanac doctor" says more.',
        }),
      )
    })
    child.once('message', (raw) => {
      const message = Message.parse(raw)
      if ('error' in message)
        reject(new AppError(message.error.code, message.error.message, { hint: message.error.hint }))
      else resolve(message)
    })
  })
}

/** Hanging up is the sign to stop: it also comes when this process dies. */
async function stopChild(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.connected) child.disconnect()
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
  await ended
  clearTimeout(timer)
}
