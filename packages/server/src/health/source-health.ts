import type { Pool } from 'pg'
import type { Environment } from '../accounts/keys/api-key.ts'
import type { SourceTally } from '../ingest/batches/source-tallies.ts'
import { createHealthCounts, type HealthKind } from './health-counts.ts'
import { healthFigures, healthSpans, type SourceHealthFigures } from './health-figures.ts'
import { healthReason } from './health-reason.ts'
import { forgetOldHealth, readHealthRows, writeHealth } from './health-store.ts'

/**
 * How each source is doing: what came, what was taken, and why the rest was not. Counting costs a look into a map; every
 * few seconds the counts go to PostgreSQL, where those of several servers add up and survive a restart. A server that is
 * killed takes the last seconds of its counts with it: they are for looking after sources, and no figure is made of them.
 */
export interface SourceHealth {
  note(source: string, environment: Environment, kind: HealthKind, count: number, reason?: string): void
  /** `timezone` says when today began. */
  read(source: HealthSubject): Promise<SourceHealthFigures>
  /** Writes down what is counted. */
  close(): Promise<void>
}

export interface HealthSubject {
  readonly source: string
  readonly timezone: string
  /** Absent: both together. */
  readonly environment?: Environment | undefined
}

interface SourceHealthOptions {
  readonly pool: Pool
  readonly now: () => number
  readonly onError: (error: unknown) => void
  readonly flushMs?: number
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

export function openSourceHealth({ pool, now, onError, flushMs = 10_000 }: SourceHealthOptions): SourceHealth {
  const counts = createHealthCounts()
  let lastEvents = new Map<string, number>()
  let forgottenAtMs = Number.NEGATIVE_INFINITY
  let flushing: Promise<void> = Promise.resolve()

  const flushNow = async () => {
    const [rows, newest] = [counts.drain(), lastEvents]
    lastEvents = new Map()
    if (rows.length === 0) return
    try {
      await writeHealth(pool, rows, newest)
    } catch (error) {
      for (const row of rows) counts.add(row)
      lastEvents = new Map([...newest, ...lastEvents])
      throw error
    }
  }
  /** One after the other, so that one that failed has put its counts back before the next looks. */
  const flush = () => {
    flushing = flushing.catch(() => undefined).then(flushNow)
    return flushing
  }
  const keepUp = async () => {
    await flush()
    if (now() - forgottenAtMs < HOUR_MS) return
    await forgetOldHealth(pool, now())
    forgottenAtMs = now()
  }
  const timer = setInterval(() => keepUp().catch(onError), flushMs)
  timer.unref()

  return {
    note(source, environment, kind, count, reason = '') {
      if (count === 0) return
      const nowMs = now()
      const minuteMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS
      counts.add({ source, environment, minuteMs, kind, reason: reason && healthReason(reason), count })
      if (kind === 'accepted') lastEvents.set(source, nowMs)
    },
    async read({ source, timezone, environment }) {
      await flush()
      const spans = healthSpans(now(), timezone)
      return healthFigures(await readHealthRows(pool, source, environment, spans), spans)
    },
    async close() {
      clearInterval(timer)
      await flush().catch(onError)
    },
  }
}

/** What ingest found in a batch. What it stored was counted on arrival, unless it came with an import. */
export function noteIngested(health: Pick<SourceHealth, 'note'>, sources: readonly SourceTally[]): void {
  for (const { source, environment, imported, duplicates, quarantined } of sources) {
    health.note(source, environment, 'accepted', imported)
    health.note(source, environment, 'duplicate', duplicates)
    for (const { reason, count } of quarantined) health.note(source, environment, 'rejected', count, reason)
  }
}
