import { readFileSync } from 'node:fs'

/** A number in what the kernel says of a process: sizes are in kB. 0 when the process has ended in the meantime. */
export function processField(pid: number, file: 'status' | 'smaps_rollup', name: string): number {
  try {
    return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
