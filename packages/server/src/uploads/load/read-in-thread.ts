import { Worker } from 'node:worker_threads'
import { AppError } from '@almanac/core/errors.ts'
import type { UploadProposal } from '@almanac/core/uploads/upload-proposal.ts'
import type { LoadCounts } from '../store/upload-store.ts'
import type { WorkerMessage, WorkerResult, WorkerTask } from './upload-worker.ts'

const MEMORY_MB = 1536
const LONGEST_MS = 15 * 60_000

type ResultOf<Task extends WorkerTask> = Task extends { readonly kind: 'propose' } ? UploadProposal : LoadCounts

/** Reads a file in a thread of its own, which ends with the signal, and when it takes too long or too much memory. */
export function readInThread<Task extends WorkerTask>(task: Task, signal?: AbortSignal): Promise<ResultOf<Task>> {
  signal?.throwIfAborted()
  const worker = new Worker(new URL('./upload-worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  })
  return new Promise<WorkerResult>((resolve, reject) => {
    const timer = setTimeout(() => reject(tooLong()), LONGEST_MS)
    const onAbort = () => reject(signal?.reason)
    signal?.addEventListener('abort', onAbort)
    worker.once('message', (message: WorkerMessage) => {
      if ('result' in message) resolve(message.result)
      else if ('refusal' in message) {
        const { code, message: text, hint } = message.refusal
        reject(new AppError(code, text, { hint }))
      } else reject(new Error(`a file could not be read: ${message.bug}`))
    })
    worker.once('error', (error) => reject(threadError(error)))
    worker.once('exit', (code) => reject(new Error(`the thread that reads a file ended with code ${code}`)))
    const clear = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
    worker.once('exit', clear)
  }).finally(() => worker.terminate()) as Promise<ResultOf<Task>>
}

function tooLong(): AppError {
  return new AppError('too_large', `The file was not read within ${LONGEST_MS / 60_000} minutes`, {
    hint: 'Split it, or save it as CSV or Parquet.',
  })
}

function threadError(error: unknown): unknown {
  const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  if (!isMemory) return error
  return new AppError('too_large', `The file needs more than ${MEMORY_MB} MB of memory to be read`, {
    hint: 'Save it as CSV, which is read piece by piece.',
    cause: error,
  })
}
