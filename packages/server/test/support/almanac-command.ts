import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { BIN } from './server-process.ts'

/** What a user sees of a command. */
export interface CommandResult {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunningCommand {
  readonly child: ChildProcess
  readonly result: Promise<CommandResult>
}

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv
  /** What runs the command that follows it, such as `unshare --mount`. */
  readonly launcher?: readonly string[]
}

/** The real command line, as a process of its own. */
export function startAlmanac(
  args: readonly string[],
  { env = {}, launcher = [] }: CommandOptions = {},
): RunningCommand {
  const command = [...launcher, process.execPath, BIN, ...args]
  const child = spawn(command[0] ?? '', command.slice(1), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  const result = once(child, 'close').then(([exitCode]) => ({ exitCode, ...output }))
  return { child, result }
}

export function almanac(args: readonly string[], options?: CommandOptions): Promise<CommandResult> {
  return startAlmanac(args, options).result
}
