import { timingSafeEqual } from 'node:crypto'
import { hashToken } from '../sign-in/secret-token.ts'
import { type ActiveKey, type ApiKey, keyPrefix } from './api-key.ts'

/**
 * All working keys, in memory: a request with a key asks no database, and a secret is hashed once for each reading of the
 * list and not for each request. The list is read again every second, so a key that was revoked by another server stops
 * working within about that time; while the database is away, the last list stays in force and events are still taken.
 */
export interface KeyRing {
  /** The key with exactly this secret, unless it is revoked or has expired. */
  verify(secret: string): ApiKey | undefined
  /** Reads the list now: after a change made by this server. */
  refresh(): Promise<void>
  /** Stops the timers and notes the last uses. */
  close(): Promise<void>
}

interface KeyRingOptions {
  readonly load: () => Promise<readonly ActiveKey[]>
  /** Notes that these keys were used; called at most once a minute. */
  readonly touch: (ids: readonly string[], at: Date) => Promise<void>
  readonly now: () => number
  readonly onError: (error: unknown) => void
  readonly refreshMs?: number
  readonly touchMs?: number
}

export async function openKeyRing(options: KeyRingOptions): Promise<KeyRing> {
  const { load, touch, now, onError, refreshMs = 1000, touchMs = 60_000 } = options
  const used = new Set<string>()
  let byPrefix: ReadonlyMap<string, ActiveKey> = new Map()
  let bySecret = new Map<string, ActiveKey>()
  let [lastTurn, newestTurn] = [0, 0]

  const refresh = async () => {
    lastTurn += 1
    const turn = lastTurn
    const list = await load()
    // A slow reading that began before a change must not undo the one that was made after it.
    if (turn < newestTurn) return
    newestTurn = turn
    byPrefix = new Map(list.map((active) => [active.key.prefix, active]))
    bySecret = new Map()
  }
  const find = (secret: string): ActiveKey | undefined => {
    const prefix = keyPrefix(secret)
    const active = prefix === undefined ? undefined : byPrefix.get(prefix)
    if (active === undefined || !timingSafeEqual(hashToken(secret), active.secretHash)) return undefined
    bySecret.set(secret, active)
    return active
  }
  const noteUses = async () => {
    if (used.size === 0) return
    const ids = [...used]
    used.clear()
    await touch(ids, new Date(now()))
  }

  await refresh()
  const stopRefreshing = repeat(refresh, refreshMs, onError)
  const stopNoting = repeat(noteUses, touchMs, onError)

  return {
    verify(secret) {
      const active = bySecret.get(secret) ?? find(secret)
      if (active === undefined) return undefined
      if (active.key.expiresAt !== null && active.key.expiresAt.getTime() <= now()) return undefined
      used.add(active.key.id)
      return active.key
    },
    refresh,
    async close() {
      await Promise.all([stopRefreshing(), stopNoting()])
      await noteUses().catch(onError)
    },
  }
}

/** Runs again and again with a pause between, never twice at once. Stopping waits for the run under way. */
function repeat(run: () => Promise<void>, pauseMs: number, onError: (error: unknown) => void): () => Promise<void> {
  let stopped = false
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout

  const schedule = () => {
    timer = setTimeout(() => {
      running = run()
        .catch(onError)
        .then(() => {
          if (!stopped) schedule()
        })
    }, pauseMs)
    timer.unref()
  }

  schedule()
  return () => {
    stopped = true
    clearTimeout(timer)
    return running
  }
}
