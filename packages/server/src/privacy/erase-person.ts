import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'
import { type RedactionChange, redactLog } from '../log/redact/redact.ts'
import {
  areLinksFollowed,
  areOldRowsDeleted,
  areVisitsMade,
  lastTouch,
  latestLinkVersion,
  putAwayCubes,
  touchAfter,
  touchBefore,
  touchVisits,
  unlinkedVisitors,
} from './derived-data.ts'
import {
  deleteEvents,
  deleteIdentities,
  deleteNumbers,
  deleteQuarantined,
  deleteVisits,
  findTraces,
  laterStretches,
  type RowsOf,
} from './erase-rows.ts'
import type { Erasure, ErasureCounts, ErasureState } from './erasure-store.ts'
import { type PersonDeps, resolvePerson } from './person.ts'
import { findQuarantined, hashPerson } from './person-events.ts'
import { personLines } from './person-lines.ts'
import { areOldPartsGone, beginPurge, isRewritten, purgeTime } from './purge.ts'
import type { ErasureTarget, RedactedLines, TargetFiles } from './target-file.ts'

/**
 * Erases one person, step after step. What is erased was fixed when it was asked for: everything before a position of the
 * log. Every step can be repeated, so whatever dies at whatever instant, the next start goes on with the step that was
 * under way.
 *
 * - **waiting**: until ingest has read that part of the log. From then on nobody reads it, and it can be changed.
 * - **redacting**: the raw lines. They come first: tables can be made from the log again, never the other way round.
 * - **deleting**: the rows, and what they were counted in is marked to be computed again.
 * - **computing**: until visits are made without them, and what cubes had of them is gone.
 * - **purging**: until the bytes of the deleted rows are gone from the disk.
 */
export interface ErasePersonDeps extends PersonDeps {
  readonly pool: Pool
  readonly clickhouse: ClickHouseClient
  readonly logDirectory: string
  /** Everything before this position of the log is in the tables. */
  readonly ingested: () => number
  readonly files: TargetFiles
  readonly note: (state: ErasureState, counts?: Partial<ErasureCounts>) => Promise<void>
  /** How far the log was looked through, from 0 to 1. */
  readonly onProgress: (share: number) => void
  readonly pauseMs: number
}

export async function erasePerson(deps: ErasePersonDeps, erasure: Erasure, signal: AbortSignal): Promise<void> {
  const { id } = erasure
  const until = (isTrue: () => Promise<boolean> | boolean) => untilTrue(isTrue, deps.pauseMs, signal)
  const startAt = STEPS.indexOf(erasure.state as Step)
  for (const step of STEPS.slice(Math.max(0, startAt))) {
    signal.throwIfAborted()
    const target = await deps.files.read(id)
    if (!target) return deps.note('lost')
    await deps.note(step)
    await RUN[step]({ deps, erasure, target, signal, until })
  }
  await deps.note('done')
  await deps.files.remove(id)
}

const STEPS = ['waiting', 'redacting', 'deleting', 'computing', 'purging'] as const
type Step = (typeof STEPS)[number]

interface StepContext {
  readonly deps: ErasePersonDeps
  readonly erasure: Erasure
  readonly target: ErasureTarget
  readonly signal: AbortSignal
  readonly until: (isTrue: () => Promise<boolean> | boolean) => Promise<void>
}

const RUN: Record<Step, (context: StepContext) => Promise<void>> = {
  waiting: waitAndResolve,
  redacting: redactLines,
  deleting: deleteRows,
  computing: waitUntilComputed,
  purging: waitUntilPurged,
}

/** Who it is can only be said when all that was sent before has been read, a login among it. */
async function waitAndResolve({ deps, erasure, target, until }: StepContext): Promise<void> {
  const { pool, clickhouse, files } = deps
  await until(() => deps.ingested() >= erasure.logEnd)
  const version = await latestLinkVersion(pool)
  await until(() => areLinksFollowed(pool, version))
  const person = await resolvePerson(target.key, deps)
  const keys = [randomUInt64(), randomUInt64()] as const
  await files.write(erasure.id, { ...target, person, hashed: await hashPerson(clickhouse, person, keys) })
}

async function redactLines({ deps, erasure, target, signal }: StepContext): Promise<void> {
  const lines = personLines(personOf(target))
  let { redacted } = target
  await redactLog({
    directory: deps.logDirectory,
    upTo: erasure.logEnd,
    findInFrame: lines.find,
    findInDamage: lines.findInDamage,
    onProgress: (position) => deps.onProgress(position / erasure.logEnd),
    beforeChange: async (change) => {
      redacted = { before: countRedacted(redacted, change), last: change }
      await deps.files.write(erasure.id, { ...target, redacted })
    },
    signal,
  })
  await deps.note('redacting', { logLines: countRedacted(redacted) })
}

/** Those of all changes but this one. */
function countRedacted(redacted: RedactedLines | undefined, but?: RedactionChange): number {
  if (!redacted) return 0
  return redacted.before + (redacted.last.id === but?.id ? 0 : redacted.last.ranges)
}

async function deleteRows({ deps, erasure, target, signal }: StepContext): Promise<void> {
  const { pool, clickhouse } = deps
  const { id, logId, logEnd } = erasure
  const person = personOf(target)
  if (!target.hashed) throw new Error('the person has been resolved')
  const rows: RowsOf = { hashed: target.hashed, logId, logEnd }
  const traces = target.traces ?? (await findTraces(clickhouse, rows))
  await deps.files.write(id, { ...target, traces })
  const quarantined = await findQuarantined(clickhouse, person, personLines(person).isMentionedIn)
  await deps.note('deleting', {
    events: traces.events,
    ...(quarantined.length > 0 && { quarantined: quarantined.length }),
  })

  await touchBefore(pool, traces)
  await deleteEvents(clickhouse, rows, signal)
  await deleteQuarantined(clickhouse, quarantined, signal)
  await touchAfter(pool, person.visitors, traces)
}

async function waitUntilComputed({ deps, target, signal, until }: StepContext): Promise<void> {
  const { pool, clickhouse } = deps
  const { hours } = target.traces ?? { hours: [] }
  const [touch, link] = [await lastTouch(pool), await latestLinkVersion(pool)]
  await until(async () => (await areVisitsMade(pool, touch)) && (await areLinksFollowed(pool, link)))
  const { visitors } = personOf(target)
  await deleteVisits(clickhouse, visitors, signal)
  await touchVisits(pool, await laterStretches(clickhouse, visitors))
  await deleteIdentities(clickhouse, await unlinkedVisitors(pool, visitors), signal)
  const version = await putAwayCubes(pool, hours)
  await until(() => areOldRowsDeleted(pool, version))
  // Who has come back since is counted by the number.
  const returned = new Set((await laterStretches(clickhouse, visitors)).map(({ visitor }) => visitor))
  await deleteNumbers(
    clickhouse,
    visitors.filter((visitor) => !returned.has(visitor)),
    signal,
  )
}

async function waitUntilPurged({ deps: { clickhouse }, until }: StepContext): Promise<void> {
  await beginPurge(clickhouse)
  await until(() => isRewritten(clickhouse))
  const before = await purgeTime(clickhouse)
  await until(() => areOldPartsGone(clickhouse, before))
}

function personOf({ person }: ErasureTarget) {
  if (!person) throw new Error('the person has been resolved')
  return person
}

function randomUInt64(): string {
  return randomBytes(8).readBigUInt64BE().toString()
}

async function untilTrue(
  isTrue: () => Promise<boolean> | boolean,
  pauseMs: number,
  signal: AbortSignal,
): Promise<void> {
  while (!(await isTrue())) await delay(pauseMs, undefined, { signal })
}
