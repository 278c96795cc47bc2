import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type ErasePersonDeps, erasePerson } from './erase-person.ts'
import { addErasure, type Erasure, listErasures, listUnfinished, noteErasure, noteProblem } from './erasure-store.ts'
import type { PersonKey } from './person.ts'

export interface ErasuresOptions extends Omit<ErasePersonDeps, 'note' | 'onProgress' | 'pauseMs'> {
  readonly log: { readonly id: string; readonly durableEnd: number }
  readonly identityKey: Uint8Array
  readonly logger: Pick<Logger, 'info' | 'warn'>
  readonly pauseMs?: number
}

export interface Erasures {
  /** Resolves when the demand is on disk: from then on it is fulfilled, whatever happens. */
  request(key: PersonKey, requestedBy: string): Promise<Erasure>
  list(): Promise<ErasureReport[]>
  /** The one under way goes on at the next start. */
  stop(): Promise<void>
}

export type ErasureReport = Erasure & {
  /** Of looking through the log, from 0 to 1, while that is under way. */
  readonly redactedShare: number | undefined
}

const PAUSE_MS = 500
const PAUSE_AFTER_TROUBLE_MS = 5000

/** Goes on with what an earlier server left undone, then does what is asked for, one erasure after the other. */
export function startErasures({ pauseMs = PAUSE_MS, ...options }: ErasuresOptions): Erasures {
  const { pool, files, log, identityKey, logger } = options
  const stopping = new AbortController()
  const { signal } = stopping
  const progress = { id: '', share: 0 }
  let wake = Promise.withResolvers<void>()

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const woken = wake.promise
      const isIdle = await runOnce().catch(async (error) => {
        if (!signal.aborted) logger.warn({ reason: error.message }, 'an erasure could not go on; it is tried again')
        return undefined
      })
      if (isIdle === true) await Promise.race([woken, aborted(signal)])
      if (isIdle === undefined) await delay(PAUSE_AFTER_TROUBLE_MS, undefined, { signal }).catch(() => undefined)
    }
  }

  /** Whether there was nothing to do. */
  async function runOnce(): Promise<boolean> {
    const [erasure] = await listUnfinished(pool, log.id)
    await removeOrphans()
    if (!erasure) return true
    const { id } = erasure
    Object.assign(progress, { id, share: 0 })
    await erasePerson(
      {
        ...options,
        pauseMs,
        note: (state, counts) => noteErasure(pool, id, state, counts),
        onProgress: (share) => {
          progress.share = share
        },
      },
      erasure,
      signal,
    ).catch(async (error: unknown) => {
      const problem = await withoutNames(id, error instanceof Error ? error.message : String(error))
      if (!signal.aborted) await noteProblem(pool, id, problem).catch(() => undefined)
      throw new Error(problem)
    })
    logger.info({ erasure: id }, 'the data of a person was erased')
    return false
  }

  /** Files of demands that were never recorded, or that were finished just before the end. */
  async function removeOrphans(): Promise<void> {
    const files = await options.files.list()
    if (files.length === 0) return
    const mayBeNew = new Set(requesting)
    const unfinished = new Set((await listUnfinished(pool, log.id)).map(({ id }) => id))
    for (const id of files) if (!unfinished.has(id) && !mayBeNew.has(id)) await options.files.remove(id)
  }
  const requesting = new Set<string>()

  /** What an engine says of a failure may repeat what it was asked. */
  async function withoutNames(id: string, text: string): Promise<string> {
    const key = (await files.read(id).catch(() => undefined))?.key
    const names: string[] = key === undefined ? [] : Object.values(key)
    return names.reduce((rest, name) => rest.replaceAll(name, '…'), text).slice(0, 1000)
  }

  const tidied = files.removeUnfinished()
  const running = tidied.catch(() => undefined).then(run)
  return {
    request: async (key, requestedBy) => {
      const id = randomUUID()
      requesting.add(id)
      try {
        await tidied
        // The file first: a record without it would be a demand that nobody can fulfil.
        await files.write(id, { key })
        const request = { id, key, requestedBy, logId: log.id, logEnd: log.durableEnd }
        return await addErasure(pool, identityKey, request)
      } finally {
        requesting.delete(id)
        wake.resolve()
        wake = Promise.withResolvers()
      }
    },
    list: async () => {
      const erasures = await listErasures(pool)
      return erasures.map((erasure) => {
        const isRedacting = erasure.state === 'redacting' && progress.id === erasure.id
        return { ...erasure, redactedShare: isRedacting ? progress.share : undefined }
      })
    },
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
