import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** Asks again and again until the answer is true; fails after half a minute, or as long as is said. */
export async function eventually(
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  withinMs = 30_000,
): Promise<void> {
  const deadline = performance.now() + withinMs
  while (!(await isTrue())) {
    if (performance.now() > deadline) {
      throw new Error(`after ${withinMs / 1000} s it is still not true that ${what}`)
    }
    await delay(20)
  }
}

/** Also false for a zombie, which nobody has waited for yet. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  if (process.platform !== 'linux') return true
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
