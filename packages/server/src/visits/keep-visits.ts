import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'
import { followLinks } from '../identity/follow-links.ts'
import { touchesOfBatches } from './batch-touches.ts'
import {
  forgetBatches,
  forgetTouches,
  type PendingBatch,
  pendingBatches,
  pendingTouches,
  type Touch,
} from './pending-visits.ts'
import { askForRebuild, listRebuilds, notePart, type Rebuild } from './rebuilds.ts'
import { noteRule, readRules, ruleOf, sourcesWithNewRules, type VisitRules } from './visit-rules.ts'
import { endStaleRuns, rebuildPart, updateVisits, type VisitDeps } from './write-visits.ts'

/**
 * Keeps `visits` what it is: a function of the stored events, of who is who and of the sources' rules. Whatever has changed is
 * noted in PostgreSQL and is forgotten when it is in the table, so that this can end at any instant and begin again.
 */
export interface KeepDeps {
  readonly pool: Pool
  readonly clickhouse: ClickHouseClient
  /** After visits in a span of time, in milliseconds, have changed. */
  readonly onVisits?: (fromMs: number, toMs: number) => void
}

export interface Patience {
  /** After a batch, so long is waited for the next one, */
  readonly quietSeconds: number
  /** but no batch waits longer than this. */
  readonly longestSeconds: number
}

const EVENTS_PER_TURN = 200_000
const TOUCHES_PER_TURN = 20_000

/** Returns whether there was anything to do. Of two servers, one works and the other finds nothing to do. */
export async function keepVisits(deps: KeepDeps, patience: Patience): Promise<boolean> {
  const client = await deps.pool.connect()
  let isInOrder = false
  try {
    const lock = await client.query(`SELECT pg_try_advisory_lock(hashtext('almanac visits')) AS taken`)
    const wasBusy = lock.rows[0].taken ? await oneTurn(deps, patience) : false
    if (lock.rows[0].taken) await client.query(`SELECT pg_advisory_unlock(hashtext('almanac visits'))`)
    isInOrder = true
    return wasBusy
  } finally {
    // Closing the connection frees the lock; one that failed may also have a statement under way.
    client.release(!isInOrder)
  }
}

/** One piece of work, of the kind that comes first: a touch is worth nothing before the links around it are followed. */
async function oneTurn(deps: KeepDeps, patience: Patience): Promise<boolean> {
  const { pool, clickhouse } = deps
  await endStaleRuns(visitDeps(deps))
  const rules = await readRules(pool)
  await askForNewRules(deps, rules)

  const [rebuild] = await listRebuilds(pool)
  if (rebuild) return continueRebuild(visitDeps(deps), rules, rebuild)
  if ((await followLinks({ pool, clickhouse })) > 0) return true

  const touches = await pendingTouches(pool, TOUCHES_PER_TURN)
  if (touches.length > 0) {
    await updateAll(deps, rules, touches)
    await forgetTouches(pool, touches)
    return true
  }
  const batches = await pendingBatches(pool, { ...patience, maxEvents: EVENTS_PER_TURN })
  if (batches.length > 0) await updateBatches(deps, rules, batches)
  return batches.length > 0
}

const visitDeps = ({ pool, clickhouse }: KeepDeps): VisitDeps => ({ pool, clickhouse })

async function askForNewRules({ pool, clickhouse }: KeepDeps, rules: VisitRules): Promise<void> {
  for (const source of await sourcesWithNewRules(pool, rules)) {
    await askForRebuild(pool, clickhouse, source)
    await noteRule(pool, source, ruleOf(rules, source))
  }
}

async function continueRebuild(deps: VisitDeps, rules: VisitRules, rebuild: Rebuild): Promise<true> {
  const { source, done, parts } = rebuild
  if (parts === 0) {
    await askForRebuild(deps.pool, deps.clickhouse, source)
    return true
  }
  await rebuildPart(deps, source, ruleOf(rules, source), done, parts)
  await notePart(deps.pool, rebuild)
  return true
}

async function updateBatches(deps: KeepDeps, rules: VisitRules, batches: readonly PendingBatch[]): Promise<void> {
  await updateAll(deps, rules, await touchesOfBatches(deps.clickhouse, batches))
  await forgetBatches(deps.pool, batches)
}

async function updateAll(deps: KeepDeps, rules: VisitRules, touches: readonly Touch[]): Promise<void> {
  for (const [source, ofSource] of Map.groupBy(touches, ({ source }) => source)) {
    await updateVisits(visitDeps(deps), source, ruleOf(rules, source), ofSource)
  }
  if (touches.length > 0) {
    const from = touches.reduce((least, { fromMs }) => Math.min(least, fromMs), Number.POSITIVE_INFINITY)
    deps.onVisits?.(
      from,
      touches.reduce((most, { toMs }) => Math.max(most, toMs), 0),
    )
  }
}

/** How much has happened that is not yet in the visits; 0 when they are up to date. */
export async function countPending(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(
    `SELECT (SELECT count(*) FROM visit_batches) + (SELECT count(*) FROM visit_touches)
       + (SELECT count(*) FROM identity_changes) + (SELECT coalesce(sum(greatest(parts - done, 1)), 0) FROM visit_rebuilds) AS count`,
  )
  return Number(rows[0]?.count)
}
