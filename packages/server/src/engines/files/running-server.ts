import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileDurably } from './durable-file.ts'

const RunningServer = z.object({ pid: z.int().positive(), url: z.url(), localToken: z.string().min(1) })

/** How the command line finds the server of a data directory; `localToken` lets the same user in without a login. */
export type RunningServer = Readonly<z.infer<typeof RunningServer>>

export async function writeRunningServer(dataDir: string, server: RunningServer): Promise<void> {
  await writeFileDurably(serverFile(dataDir), JSON.stringify(server))
}

/** `undefined` when no server runs there: no file, a damaged one, or one left by a process that has died. */
export async function readRunningServer(dataDir: string): Promise<RunningServer | undefined> {
  const text = await readFile(serverFile(dataDir), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const parsed = RunningServer.safeParse(parseJson(text))
  return parsed.success && isAlive(parsed.data.pid) ? parsed.data : undefined
}

export async function removeRunningServer(dataDir: string): Promise<void> {
  await rm(serverFile(dataDir), { force: true })
}

function serverFile(dataDir: string): string {
  return join(dataDir, 'run', 'server.json')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
