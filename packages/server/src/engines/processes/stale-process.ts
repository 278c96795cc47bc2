import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

export interface StaleProcess {
  /** The file in which the engine notes its process id. */
  readonly pidFile: string
  readonly parsePid: (text: string) => number
  /** A text that only the command line of our own process has, so that a reused process id is left alone. */
  readonly commandPart: string
  /** Tried in this order, each for `waitMs`. */
  readonly signals: readonly NodeJS.Signals[]
  readonly waitMs: number
}

/** Ends an engine that outlived the server which started it. Resolves to its process id when there was one. */
export async function stopStaleProcess(stale: StaleProcess): Promise<number | undefined> {
  const text = await readFile(stale.pidFile, 'utf8').catch(() => undefined)
  const pid = text === undefined ? Number.NaN : stale.parsePid(text)
  if (!Number.isInteger(pid) || pid <= 1) return undefined
  if (!isOurs(pid, stale.commandPart)) return undefined

  for (const signal of stale.signals) {
    signalIfThere(pid, signal)
    const deadline = performance.now() + stale.waitMs
    while (performance.now() < deadline) {
      if (!isOurs(pid, stale.commandPart)) return pid
      await delay(20)
    }
  }
  return pid
}

function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function isOurs(pid: number, commandPart: string): boolean {
  return commandLine(pid).includes(commandPart)
}

/** Empty when the process is gone, also when it is a zombie. */
function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return execFileSync('ps', ['-o', 'command=', '-ww', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' })
  } catch {
    return ''
  }
}
