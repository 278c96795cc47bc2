/** An answer as it goes out. */
export interface CachedAnswer {
  readonly body: string
  readonly etag: string
}

/**
 * Answers that were just computed, and those that are being computed: who asks the same at the same moment waits for the same
 * one. An answer is kept so briefly that a change of the data shows within a second; the least recently asked go first when there
 * are too many.
 */
export interface AnswerCache {
  get(key: string, signal: AbortSignal, compute: (signal: AbortSignal) => Promise<CachedAnswer>): Promise<CachedAnswer>
  /** None of what was computed is given out again. */
  clear(): void
}

export interface AnswerCacheOptions {
  readonly now: () => number
  readonly keepMs?: number
  readonly mostBytes?: number
}

interface Entry {
  readonly answer: Promise<CachedAnswer>
  readonly controller: AbortController
  /** Who waits for it. */
  waiting: number
  /** `undefined` while it is computed. */
  keptUntil: number | undefined
  bytes: number
}

export function createAnswerCache({
  now,
  keepMs = 1000,
  mostBytes = 32 * 1024 * 1024,
}: AnswerCacheOptions): AnswerCache {
  const entries = new Map<string, Entry>()
  let bytes = 0

  function drop(key: string, entry: Entry): void {
    if (entries.get(key) !== entry) return
    entries.delete(key)
    bytes -= entry.bytes
  }

  function start(key: string, compute: (signal: AbortSignal) => Promise<CachedAnswer>): Entry {
    const controller = new AbortController()
    const entry: Entry = {
      controller,
      waiting: 0,
      keptUntil: undefined,
      bytes: 0,
      answer: compute(controller.signal).then(
        (answer) => {
          keep(key, entry, answer)
          return answer
        },
        (error) => {
          drop(key, entry)
          throw error
        },
      ),
    }
    entries.set(key, entry)
    return entry
  }

  function keep(key: string, entry: Entry, { body }: CachedAnswer): void {
    if (entries.get(key) !== entry) return
    entry.keptUntil = now() + keepMs
    entry.bytes = 2 * (body.length + key.length)
    bytes += entry.bytes
    for (const [oldKey, old] of entries) {
      const isOld = old.keptUntil !== undefined && (old.keptUntil <= now() || bytes > mostBytes)
      if (isOld) drop(oldKey, old)
    }
  }

  function found(key: string): Entry | undefined {
    const entry = entries.get(key)
    if (entry === undefined) return undefined
    if (entry.keptUntil === undefined || entry.keptUntil > now()) return entry
    drop(key, entry)
    return undefined
  }

  return {
    async get(key, signal, compute) {
      signal.throwIfAborted()
      const entry = found(key) ?? start(key, compute)
      // To the end of the map: it was used last.
      entries.delete(key)
      entries.set(key, entry)
      return await waitFor(entry, signal, () => drop(key, entry))
    },
    clear() {
      entries.clear()
      bytes = 0
    },
  }
}

/** Breaks the computation off once nobody waits for it any more; `onBroken` is told, so that nobody joins it then. */
async function waitFor(entry: Entry, signal: AbortSignal, onBroken: () => void): Promise<CachedAnswer> {
  const { promise: gone, reject } = Promise.withResolvers<never>()
  const leave = () => reject(signal.reason)
  signal.addEventListener('abort', leave, { once: true })
  entry.waiting += 1
  try {
    return await Promise.race([entry.answer, gone])
  } finally {
    signal.removeEventListener('abort', leave)
    entry.waiting -= 1
    if (entry.waiting === 0 && entry.keptUntil === undefined) {
      onBroken()
      entry.controller.abort(new Error('Nobody waits for this answer any more'))
    }
  }
}
