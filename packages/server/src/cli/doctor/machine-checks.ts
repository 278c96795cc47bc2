import { constants } from 'node:fs'
import { access, readdir, stat, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import type { Config } from '../../config/config.ts'
import { type Check, type Finding, fail, ok, warn } from './check.ts'

/** What can be seen without a server: the runtime, the folder, the disk, the clock. */
export function machineChecks({ dataDir, minFreeDiskBytes }: Config): Check[] {
  return [
    { name: 'Node.js', run: () => checkNode(process.versions.node) },
    { name: 'data directory', run: () => checkFolder(dataDir) },
    { name: 'secrets', run: () => checkSecrets(join(dataDir, 'secrets')) },
    { name: 'disk', run: async () => checkDisk(await freeBytes(dataDir), minFreeDiskBytes) },
    { name: 'clock', run: async () => checkClock(Date.now(), await newestFileMs(join(dataDir, 'log'))) },
  ]
}

const OLDEST_NODE = 26

export function checkNode(version: string): Finding {
  if (Number.parseInt(version, 10) >= OLDEST_NODE) return ok(version)
  return fail(`this is Node ${version}, and ${OLDEST_NODE} is needed`, 'Run "npm install" in the folder of Almanac.')
}

async function checkFolder(dataDir: string): Promise<Finding> {
  const path = resolve(dataDir)
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK)
    return ok(path)
  } catch {
    return fail(`this user may not write to ${path}`, 'Run the command as the user that runs the server.')
  }
}

async function checkSecrets(folder: string): Promise<Finding> {
  const paths = [folder, ...(await readdir(folder)).map((name) => join(folder, name))]
  const modes = await Promise.all(paths.map(async (path) => ({ path, mode: (await stat(path)).mode })))
  const open = modes.filter(({ mode }) => (mode & 0o077) !== 0).map(({ path }) => path)
  if (open.length === 0) return ok('only their owner can read them')
  return fail(`other users can read ${open.join(', ')}`, `Run: chmod -R go= ${folder}`)
}

const COMFORTABLE_BYTES = 2 * 1024 ** 3

export function checkDisk(free: number, minFreeDiskBytes: number): Finding {
  const words = `${gibibytes(free)} free`
  if (free < minFreeDiskBytes) {
    return fail(`${words}: below ${gibibytes(minFreeDiskBytes)} no new events are taken`, 'Make room on this disk.')
  }
  return free < minFreeDiskBytes + COMFORTABLE_BYTES ? warn(words, 'Make room on this disk soon.') : ok(words)
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

const CLOCK_TOLERANCE_MS = 60_000
const EARLIEST_MS = Date.UTC(2025, 0)

/** A clock that jumped back makes events look as if they came from the future. */
export function checkClock(nowMs: number, newestFileMs: number | undefined): Finding {
  const now = new Date(nowMs).toISOString()
  const isBehind = newestFileMs !== undefined && newestFileMs > nowMs + CLOCK_TOLERANCE_MS
  if (nowMs >= EARLIEST_MS && !isBehind) return ok(now)
  const why = isBehind ? `, but the log was written at ${new Date(newestFileMs).toISOString()}` : ''
  return fail(`it is set to ${now}${why}`, 'Set the clock, and keep it right with NTP.')
}

async function newestFileMs(folder: string): Promise<number | undefined> {
  const names = await readdir(folder).catch(() => [])
  const times = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).mtimeMs))
  return times.length === 0 ? undefined : Math.max(...times)
}

export async function checkPort(host: string, port: number): Promise<Finding> {
  const isFree = port === 0 || (await canListen(host, port))
  if (isFree) return ok(`${port} is free`)
  return warn(`${port} on ${host} is in use by another program`, 'Stop that program, or start with another --port.')
}

function canListen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host, port }, () => server.close(() => resolve(true)))
  })
}

function gibibytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`
}
