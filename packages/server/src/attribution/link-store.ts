import { AppError } from '@almanac/core/errors.ts'
import type { Pool } from 'pg'
import { newLinkCode } from './link-code.ts'
import type { TrackingLink } from './tracking-link.ts'

export type NewTrackingLink = Omit<TrackingLink, 'code' | 'createdAt' | 'archivedAt'> & {
  /** Left out: one is made. */
  readonly code?: string | undefined
}

/** What may be changed later; figures belong to the source and environment, so those stay. */
export interface LinkChange extends Partial<Pick<TrackingLink, (typeof CHANGEABLE)[number]>> {
  readonly archived?: boolean
}

const CHANGEABLE = ['label', 'target', 'network', 'campaign', 'adgroup', 'creative', 'parameters'] as const

const COLUMNS = `code, source, environment, label, target, network, campaign, adgroup, creative, parameters,
  created_at AS "createdAt", archived_at AS "archivedAt"`

/** Archived ones too, newest first. */
export async function listLinks(pool: Pool, source?: string): Promise<TrackingLink[]> {
  const { rows } = await pool.query<TrackingLink>(
    `SELECT ${COLUMNS} FROM tracking_links WHERE $1::text IS NULL OR source = $1 ORDER BY created_at DESC, code`,
    [source ?? null],
  )
  return rows
}

/** Another text after every change of any link. */
export async function linksVersion(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ version: string }>(
    `SELECT count(*) || ' ' || coalesce(sum(version), 0) AS version FROM tracking_links`,
  )
  return rows[0]?.version ?? ''
}

const MAX_ATTEMPTS = 5

export async function createLink(pool: Pool, link: NewTrackingLink): Promise<TrackingLink> {
  for (let attempt = 0; attempt < (link.code === undefined ? MAX_ATTEMPTS : 1); attempt++) {
    const created = await insertLink(pool, { ...link, code: link.code ?? newLinkCode() })
    if (created) return created
  }
  const { rowCount } = await pool.query('SELECT FROM sources WHERE name = $1', [link.source])
  if (rowCount === 0) throw new AppError('not_found', `There is no source ${link.source}`)
  throw new AppError('conflict', `There is, or was, a tracking link ${link.code ?? 'with each code that was made'}`, {
    hint: 'Choose another code, or leave it out and one is made.',
  })
}

async function insertLink(
  pool: Pool,
  link: NewTrackingLink & { readonly code: string },
): Promise<TrackingLink | undefined> {
  const { code, source, environment, label, target, network, campaign, adgroup, creative, parameters } = link
  const { rows } = await pool.query<TrackingLink>(
    `INSERT INTO tracking_links
       (code, source, environment, label, target, network, campaign, adgroup, creative, parameters)
     SELECT $1, name, $3, $4, $5, $6, $7, $8, $9, $10 FROM sources WHERE name = $2
     ON CONFLICT (code) DO NOTHING RETURNING ${COLUMNS}`,
    [code, source, environment, label, target, network, campaign, adgroup, creative, JSON.stringify(parameters)],
  )
  return rows[0]
}

/** Archiving twice is fine and keeps the first time. */
export async function updateLink(pool: Pool, code: string, { archived, ...change }: LinkChange): Promise<TrackingLink> {
  const values = CHANGEABLE.map((column) => {
    const value = change[column]
    return typeof value === 'object' ? JSON.stringify(value) : (value ?? null)
  })
  const assignments = CHANGEABLE.map((column, at) => `${column} = coalesce($${at + 3}, ${column})`)
  const { rows } = await pool.query<TrackingLink>(
    `UPDATE tracking_links SET ${assignments.join(', ')}, version = version + 1,
       archived_at = CASE WHEN $2::boolean IS NULL THEN archived_at WHEN $2 THEN coalesce(archived_at, now()) END
     WHERE code = $1 RETURNING ${COLUMNS}`,
    [code, archived ?? null, ...values],
  )
  if (rows[0] === undefined) throw new AppError('not_found', `There is no tracking link ${code}`)
  return rows[0]
}
