import { createHmac, randomBytes } from 'node:crypto'
import { AppError } from '@almanac/core/errors.ts'
import type { Pool } from 'pg'
import type { PersonKey } from './person.ts'

/** In order; `lost` when the file that says whose data it is has gone. */
export const ERASURE_STATES = ['waiting', 'redacting', 'deleting', 'computing', 'purging', 'done', 'lost'] as const
export type ErasureState = (typeof ERASURE_STATES)[number]

/** What is remembered of an erasure for good. It does not say whose data it was. */
export interface Erasure {
  readonly id: string
  readonly requestedBy: string
  readonly requestedAt: Date
  readonly state: ErasureState
  readonly logId: string
  readonly logEnd: number
  readonly logLines: number
  readonly events: number
  readonly quarantined: number
  readonly problem: string | null
  readonly finishedAt: Date | null
}

export type ErasureCounts = Pick<Erasure, 'logLines' | 'events' | 'quarantined'>

export interface NewErasure {
  readonly id: string
  readonly key: PersonKey
  readonly requestedBy: string
  readonly logId: string
  readonly logEnd: number
}

export async function addErasure(pool: Pool, identityKey: Uint8Array, erasure: NewErasure): Promise<Erasure> {
  const { id, key, requestedBy, logId, logEnd } = erasure
  const salt = randomBytes(16)
  const { rows } = await pool.query<ErasureRow>(
    `INSERT INTO erasures (id, requested_by, salt, person_hash, log_id, log_end) VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`,
    [id, requestedBy, salt, personHash(identityKey, salt, key), logId, logEnd],
  )
  return erasureOf(rows[0] as ErasureRow)
}

/** Newest first. */
export async function listErasures(pool: Pool, limit = 200): Promise<Erasure[]> {
  const { rows } = await pool.query<ErasureRow>(
    `SELECT ${COLUMNS} FROM erasures ORDER BY requested_at DESC, id LIMIT $1`,
    [limit],
  )
  return rows.map(erasureOf)
}

/** Of this log, oldest first. */
export async function listUnfinished(pool: Pool, logId: string): Promise<Erasure[]> {
  const { rows } = await pool.query<ErasureRow>(
    `SELECT ${COLUMNS} FROM erasures WHERE finished_at IS NULL AND log_id = $1 ORDER BY requested_at, id`,
    [logId],
  )
  return rows.map(erasureOf)
}

/** A state with an end is noted with its time. What was counted before stays where nothing new is said. */
export async function noteErasure(
  pool: Pool,
  id: string,
  state: ErasureState,
  counts: Partial<ErasureCounts> = {},
): Promise<void> {
  await pool.query(
    `UPDATE erasures SET state = $2, problem = NULL, log_lines = coalesce($3, log_lines), events = coalesce($4, events),
       quarantined = coalesce($5, quarantined), finished_at = CASE WHEN $2 IN ('done', 'lost') THEN now() END
     WHERE id = $1`,
    [id, state, counts.logLines, counts.events, counts.quarantined],
  )
}

export async function noteProblem(pool: Pool, id: string, problem: string): Promise<void> {
  await pool.query('UPDATE erasures SET problem = $2 WHERE id = $1', [id, problem])
}

/** Without the installation's key, not even who guesses the id can tell whether it is this one. */
export function personHash(identityKey: Uint8Array, salt: Uint8Array, key: PersonKey): Buffer {
  const [[kind, value] = []] = Object.entries(key)
  if (kind === undefined || value === undefined) throw new AppError('invalid_request', 'Expected an id of a person')
  return createHmac('sha256', identityKey).update(salt).update(`${kind}\0${value}`).digest()
}

const COLUMNS =
  'id, requested_by, requested_at, state, log_id, log_end, log_lines, events, quarantined, problem, finished_at'

interface ErasureRow {
  readonly id: string
  readonly requested_by: string
  readonly requested_at: Date
  readonly state: ErasureState
  readonly log_id: string
  readonly log_end: string
  readonly log_lines: string
  readonly events: string
  readonly quarantined: string
  readonly problem: string | null
  readonly finished_at: Date | null
}

function erasureOf(row: ErasureRow): Erasure {
  return {
    id: row.id,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    state: row.state,
    logId: row.log_id,
    logEnd: Number(row.log_end),
    logLines: Number(row.log_lines),
    events: Number(row.events),
    quarantined: Number(row.quarantined),
    problem: row.problem,
    finishedAt: row.finished_at,
  }
}
