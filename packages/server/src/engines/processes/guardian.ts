import { spawn } from 'node:child_process'

export interface GuardedProcess {
  readonly pid: number
  /** The signal that ends it without loss, sent when this process dies. */
  readonly signal: 'KILL' | 'INT'
  readonly uid?: number | undefined
  readonly gid?: number | undefined
}

/**
 * Makes sure that an engine does not outlive this process, even when this process is killed with SIGKILL: a shell waits
 * on a pipe that only we hold open, and signals the engine when the pipe ends. Call the result once the engine is gone.
 */
export function guardProcess({ pid, signal, uid, gid }: GuardedProcess): () => void {
  const script = 'read -r _; kill -s "$1" "$2"'
  const guardian = spawn('/bin/sh', ['-c', script, 'almanac-guardian', signal, String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    detached: true, // Ctrl-C in a terminal is for the server, which then stops the engines in order.
    ...(uid === undefined ? {} : { uid, gid }),
  })
  guardian.once('error', () => {}) // Without a shell, the next start still finds and stops the engine.
  guardian.stdin.once('error', () => {})
  return () => guardian.kill('SIGKILL')
}
