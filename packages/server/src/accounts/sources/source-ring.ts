import { isDeepStrictEqual } from 'node:util'
import type { SourceKind, SourceSettings } from '@almanac/core/sources/source-settings.ts'
import { compilePolicy, type SourcePolicy } from '../../collect/policy/source-policy.ts'
import type { Source } from './sources.ts'

/** A source as the way of an event needs it. */
export interface RingSource {
  readonly name: string
  readonly kind: SourceKind
  readonly settings: SourceSettings
  readonly policy: SourcePolicy
}

/**
 * All sources in memory with their policies, read again every two seconds: an event asks no database how it is to be
 * treated. While the database is away, the last settings stay in force. A source that another server made within these
 * seconds is not in here yet: who misses one calls `refresh` before treating its events as those of no source.
 */
export interface SourceRing {
  get(name: string): RingSource | undefined
  refresh(): Promise<void>
  close(): void
}

interface SourceRingOptions {
  readonly load: () => Promise<readonly Source[]>
  readonly onError: (error: unknown) => void
  readonly refreshMs?: number
}

export async function openSourceRing({ load, onError, refreshMs = 2000 }: SourceRingOptions): Promise<SourceRing> {
  let byName = new Map<string, RingSource>()
  let [lastTurn, newestTurn] = [0, 0]

  const refresh = async () => {
    lastTurn += 1
    const turn = lastTurn
    const list = await load()
    // A slow reading that began before a change must not undo the one that was made after it.
    if (turn < newestTurn) return
    newestTurn = turn
    byName = new Map(list.map((source) => [source.name, compiled(source)]))
  }
  /** What is as before is kept: a policy knows how much of its rate is used up, and settings are compared by their identity. */
  const compiled = ({ name, kind, settings }: Source) => {
    const before = byName.get(name)
    const isSame = before !== undefined && isDeepStrictEqual(before.settings, settings)
    return isSame ? { ...before, kind } : { name, kind, settings, policy: compilePolicy(settings) }
  }

  await refresh()
  const timer = setInterval(() => refresh().catch(onError), refreshMs)
  timer.unref()
  return {
    get: (name) => byName.get(name),
    refresh,
    close: () => clearInterval(timer),
  }
}
