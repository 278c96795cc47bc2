/**
 * Keeps one engine running as a child process: starts it, waits until it answers, starts it again on the same port with
 * growing pauses when it dies, and ends it in order. Everything particular to ClickHouse or PostgreSQL is in the spec.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@almanac/core/errors.ts'
import { guardProcess } from './guardian.ts'
import { openRotatingLog, type RotatingLog } from './rotating-log.ts'

/** `outside`: a server that somebody else runs, whose state is not known here. */
export type EngineState = 'starting' | 'ready' | 'restarting' | 'stopped' | 'failed' | 'outside'

export interface EngineStatus {
  readonly state: EngineState
  readonly pid: number | undefined
  readonly port: number
  readonly restarts: number
  /** When it came into this state, as UTC text. */
  readonly since: string
  /** Why the last start failed, while it has not been ready since. */
  readonly problem: string | undefined
}

export interface EngineCommand {
  readonly file: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly cwd?: string
  readonly uid?: number | undefined
  readonly gid?: number | undefined
}

export interface EngineSpec {
  readonly name: string
  readonly port: number
  readonly logPath: string
  readonly command: EngineCommand
  readonly readyTimeoutMs: number
  readonly stopTimeoutMs: number
  /** The signal for the case that this process dies without stopping the engine. */
  readonly orphanSignal: 'KILL' | 'INT'
  /** Runs before each start: what an earlier process left behind is cleared away. */
  prepare(): Promise<void>
  /** Resolves when the engine answers. Called again and again until then. */
  probe(): Promise<void>
  /** Begins a clean stop. After `stopTimeoutMs` the process is killed. */
  askToStop(child: ChildProcess): Promise<void>
  readonly onChange?: ((status: EngineStatus) => void) | undefined
}

export interface SupervisedEngine {
  status(): EngineStatus
  /** Ends the engine and waits until it is gone. Harmless when called twice. */
  stop(): Promise<void>
}

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 5_000
/** After as many starts in a row that failed, the state is `failed`; it is still tried again. */
const FAILED_AFTER_STARTS = 5
/** An engine that ran for so long has recovered: the next pause is short again. */
const STEADY_AFTER_MS = 3_000
const PROBE_PAUSE_MS = 20
const LONGEST_PROBE_PAUSE_MS = 100

/** Resolves when the engine answers for the first time; throws `engine_unavailable` with the end of its log otherwise. */
export async function superviseEngine(spec: EngineSpec): Promise<SupervisedEngine> {
  const engine = new Supervisor(spec)
  await engine.startFirst()
  return engine
}

export function outsideStatus(port: number): EngineStatus {
  return { state: 'outside', pid: undefined, port, restarts: 0, since: now(), problem: undefined }
}

class Supervisor implements SupervisedEngine {
  readonly #spec: EngineSpec
  readonly #log: RotatingLog
  readonly #stopping = new AbortController()
  #child: ChildProcess | undefined
  #exited: Promise<void> = Promise.resolve()
  #status: EngineStatus
  #failedStarts = 0
  #running: Promise<void> = Promise.resolve()

  constructor(spec: EngineSpec) {
    this.#spec = spec
    this.#log = openRotatingLog(spec.logPath)
    this.#status = { state: 'starting', pid: undefined, port: spec.port, restarts: 0, since: now(), problem: undefined }
  }

  status(): EngineStatus {
    return this.#status
  }

  async startFirst(): Promise<void> {
    try {
      await this.#start()
    } catch (error) {
      await this.#kill()
      this.#change({ state: 'failed', pid: undefined, problem: (error as Error).message })
      this.#log.close()
      throw error
    }
    this.#running = this.#keepRunning()
  }

  async stop(): Promise<void> {
    if (!this.#stopping.signal.aborted) {
      this.#stopping.abort()
      await this.#stopChild()
    }
    await this.#running
    if (this.#status.state === 'stopped') return
    this.#change({ state: 'stopped', pid: undefined, problem: undefined })
    this.#log.close()
  }

  /** One turn of the loop is one life of the engine. */
  async #keepRunning(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const readySince = performance.now()
      await this.#exited
      if (this.#stopping.signal.aborted) return
      if (performance.now() - readySince > STEADY_AFTER_MS) this.#failedStarts = 0
      await this.#restart()
    }
  }

  async #restart(): Promise<void> {
    this.#change({ state: 'restarting', pid: undefined, restarts: this.#status.restarts + 1 })
    while (!this.#stopping.signal.aborted) {
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** this.#failedStarts, LONGEST_PAUSE_MS)
      // It counts as failed until it has run for a while: an engine that dies after each start must not spin.
      this.#failedStarts += 1
      await delay(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => {})
      if (this.#stopping.signal.aborted) return
      try {
        return await this.#start()
      } catch (error) {
        await this.#kill()
        const state = this.#failedStarts >= FAILED_AFTER_STARTS ? 'failed' : 'restarting'
        this.#change({ state, pid: undefined, problem: (error as Error).message })
      }
    }
  }

  async #start(): Promise<void> {
    await this.#spec.prepare()
    this.#spawn()
    this.#change({ pid: this.#child?.pid })
    await this.#untilReady()
    this.#change({ state: 'ready', problem: undefined })
  }

  #spawn(): void {
    const { file, args, env, cwd = '/', uid, gid } = this.#spec.command
    const user = uid === undefined || gid === undefined ? {} : { uid, gid }
    const child = spawn(file, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...user })
    const { pid } = child
    const unguard = pid === undefined ? () => {} : guardProcess({ pid, signal: this.#spec.orphanSignal, uid, gid })
    child.stdout.on('data', (chunk: Buffer) => this.#log.write(chunk))
    child.stderr.on('data', (chunk: Buffer) => this.#log.write(chunk))
    this.#child = child
    this.#exited = new Promise((resolve) => {
      child.once('error', (error) => this.#log.write(Buffer.from(`${error.message}\n`)))
      child.once('error', () => pid === undefined && resolve())
      child.once('exit', () => {
        unguard()
        resolve()
      })
    })
  }

  async #untilReady(): Promise<void> {
    const { name, probe, readyTimeoutMs } = this.#spec
    const deadline = performance.now() + readyTimeoutMs
    let isGone = false
    const gone = this.#exited.then(() => {
      isGone = true
    })
    let problem: unknown
    let probes = 0
    while (!isGone && !this.#stopping.signal.aborted && performance.now() < deadline) {
      try {
        return await Promise.race([probe(), gone.then(() => Promise.reject(new Error('it ended')))])
      } catch (error) {
        problem = error
        probes += 1
        await delay(Math.min(PROBE_PAUSE_MS * probes, LONGEST_PROBE_PAUSE_MS))
      }
    }
    const reason = isGone ? 'it ended right away' : `it did not answer within ${readyTimeoutMs / 1000} s`
    throw new AppError('engine_unavailable', `${name} did not start: ${reason}\n${this.#log.tail()}`.trim(), {
      hint: `The whole log is in ${this.#spec.logPath}.`,
      cause: problem,
    })
  }

  async #stopChild(): Promise<void> {
    const child = this.#child
    if (child === undefined || hasEnded(child)) return
    const isGone = this.#exited.then(() => true)
    // Not awaited: a request to a hanging engine would wait for longer than the engine is given.
    // When it fails, the engine is killed a moment later.
    this.#spec.askToStop(child).catch(() => {})
    const timer = new AbortController()
    const timeout = delay(this.#spec.stopTimeoutMs, false, { signal: timer.signal }).catch(() => false)
    if (!(await Promise.race([isGone, timeout]))) await this.#kill()
    timer.abort()
  }

  async #kill(): Promise<void> {
    const child = this.#child
    if (child !== undefined && !hasEnded(child)) child.kill('SIGKILL')
    await this.#exited
  }

  #change(change: Partial<EngineStatus>): void {
    const isNewState = change.state !== undefined && change.state !== this.#status.state
    this.#status = { ...this.#status, ...change, since: isNewState ? now() : this.#status.since }
    this.#spec.onChange?.(this.#status)
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null
}

function now(): string {
  return Temporal.Now.instant().toString({ smallestUnit: 'millisecond' })
}
