import { Worker } from 'node:worker_threads'
import type { LoadedExport, WorkerReport, WorkerTask } from '../definition-worker.ts'
import { errorsOf, type WorkspaceError } from '../workspace-error.ts'

export interface LoadedFile {
  readonly file: string
  readonly exports: readonly LoadedExport[]
  readonly errors: readonly WorkspaceError[]
}

export interface LoadLimits {
  readonly perFileMs: number
  readonly inTotalMs: number
}
const LIMITS: LoadLimits = { perFileMs: 10_000, inTotalMs: 30_000 }

export interface LoadOptions {
  readonly limits?: LoadLimits | undefined
  /** What the files print. */
  readonly onOutput?: ((text: string) => void) | undefined
}

/**
 * Runs the files one after the other in a thread of their own. A file that hangs, ends its thread or takes all memory is an error
 * of that file alone: the rest is loaded by another thread.
 */
export async function loadFiles(task: WorkerTask, options: LoadOptions = {}): Promise<LoadedFile[]> {
  const { limits = LIMITS } = options
  const endsAt = performance.now() + limits.inTotalMs
  const loaded = new Map<string, LoadedFile>()
  for (let rest = task.files; rest.length > 0; rest = task.files.filter((file) => !loaded.has(file))) {
    const leftMs = endsAt - performance.now()
    if (leftMs <= 0) {
      for (const file of rest) loaded.set(file, failed(file, [{ file, message: OUT_OF_TIME }]))
      break
    }
    for (const file of await runThread({ ...task, files: rest }, { ...options, limits }, leftMs)) {
      loaded.set(file.file, file)
    }
  }
  return task.files.flatMap((file) => loaded.get(file) ?? [])
}

const OUT_OF_TIME = 'it was not loaded: the files before it took all the time there is'
const MEMORY_MB = 256
const BOOT_LIMIT_MS = 30_000

const failed = (file: string, errors: readonly WorkspaceError[]): LoadedFile => ({ file, exports: [], errors })

/** Answers with all files up to the first one that ended the thread; at least one of them. */
function runThread(
  task: WorkerTask,
  { limits = LIMITS, onOutput }: LoadOptions,
  leftMs: number,
): Promise<LoadedFile[]> {
  const worker = new Worker(new URL('../definition-worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    stdout: true,
    stderr: true,
  })
  for (const stream of [worker.stdout, worker.stderr]) stream.on('data', (text) => onOutput?.(String(text)))
  const loaded: LoadedFile[] = []
  let current = task.files[0] as string

  return new Promise((resolve) => {
    let isOver = false
    const end = (errors: readonly WorkspaceError[]) => {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      if (errors.length > 0) loaded.push(failed(current, errors))
      void worker.terminate().then(() => resolve(loaded))
    }
    const limit = (ms: number, message: string) => setTimeout(() => end([{ file: current, message }]), ms)
    let timer = limit(BOOT_LIMIT_MS, 'the thread that loads the definitions did not start')

    worker.on('message', (report: WorkerReport) => {
      if (isOver) return
      if (report.type === 'end') return end([])
      clearTimeout(timer)
      current = report.file
      if (report.type === 'loaded') loaded.push({ file: report.file, exports: report.exports, errors: [] })
      if (report.type === 'failed') loaded.push(failed(report.file, report.errors))
      const ms = Math.min(limits.perFileMs, leftMs)
      timer = limit(ms, `it was not loaded within ${Math.round(ms) / 1000} s: is there a loop without an end in it?`)
    })
    worker.on('error', (error) => end(threadErrors(error, current, task.folder)))
    worker.on('exit', (code) => end([{ file: current, message: exitMessage(code) }]))
  })
}

function threadErrors(error: unknown, file: string, folder: string): WorkspaceError[] {
  const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  return isMemory ? [{ file, message: `it needs more than ${MEMORY_MB} MB of memory` }] : errorsOf(error, file, folder)
}

// What Node ends with when nothing is left that could settle an `await`.
const UNSETTLED = 13

function exitMessage(code: number): string {
  if (code === UNSETTLED) return 'it awaits something that never comes'
  return 'it ended the thread in which it was loaded: is there a process.exit() in it?'
}
