import type { Pool, PoolClient } from 'pg'
import type { IdentityLink } from './resolve.ts'

/** Links in PostgreSQL, and which visitors have to be looked at again because theirs have changed. */

/** Storing a link again changes nothing, nor does one at a later time than the one that is known. */
export async function storeLinks(client: PoolClient, links: readonly IdentityLink[]): Promise<void> {
  if (links.length === 0) return
  // Always in the same order, or two servers that store the same links could wait for each other for ever.
  await client.query(
    `WITH changed AS (
       INSERT INTO identity_links (from_visitor, to_visitor, since)
       SELECT from_visitor, to_visitor, to_timestamp(min(since_ms) / 1000)
       FROM unnest($1::numeric[], $2::numeric[], $3::float8[]) AS t(from_visitor, to_visitor, since_ms)
       GROUP BY from_visitor, to_visitor ORDER BY from_visitor, to_visitor
       ON CONFLICT (from_visitor, to_visitor) DO UPDATE SET since = excluded.since
         WHERE excluded.since < identity_links.since
       RETURNING from_visitor
     )
     INSERT INTO identity_changes (visitor) SELECT DISTINCT from_visitor FROM changed ORDER BY from_visitor
     ON CONFLICT (visitor) DO UPDATE SET version = nextval('identity_versions')`,
    [links.map(({ from }) => from), links.map(({ to }) => to), links.map(({ since }) => since)],
  )
}

/** Takes a link away for good: the next event that says the same does not bring it back. False when there is none. */
export async function removeLink(pool: Pool, from: string, to: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `WITH removed AS (
       UPDATE identity_links SET removed_at = now()
       WHERE from_visitor = $1 AND to_visitor = $2 AND removed_at IS NULL RETURNING from_visitor
     )
     INSERT INTO identity_changes (visitor) SELECT from_visitor FROM removed
     ON CONFLICT (visitor) DO UPDATE SET version = nextval('identity_versions')`,
    [from, to],
  )
  return (rowCount ?? 0) > 0
}

export interface ChangedVisitor {
  readonly visitor: string
  readonly version: string
}

export async function changedVisitors(pool: Pool, limit: number): Promise<ChangedVisitor[]> {
  const { rows } = await pool.query<ChangedVisitor>(
    'SELECT visitor::text, version::text FROM identity_changes ORDER BY identity_changes.version LIMIT $1',
    [limit],
  )
  return rows
}

/** All visitors whose way may lead over one of these, and the links on the ways of them all. */
export interface LinksAround {
  readonly visitors: readonly string[]
  readonly links: readonly IdentityLink[]
}

const EARLIEST = `SELECT to_visitor, since FROM identity_links
  WHERE from_visitor = %.visitor AND to_visitor <> from_visitor AND removed_at IS NULL
  ORDER BY since, to_visitor LIMIT 1`

export async function linksAround(pool: Pool, changed: readonly string[]): Promise<LinksAround> {
  const { rows } = await pool.query<{ visitor: string; isAround: boolean; to: string | null; since: string | null }>(
    `WITH RECURSIVE around(visitor) AS (
       SELECT unnest($1::numeric[])
       UNION
       SELECT l.from_visitor FROM around JOIN identity_links l ON l.to_visitor = around.visitor AND l.removed_at IS NULL
     ), way(visitor) AS (
       SELECT visitor FROM around
       UNION
       SELECT next.to_visitor FROM way CROSS JOIN LATERAL (${EARLIEST.replace('%', 'way')}) AS next
     )
     SELECT way.visitor::text, around.visitor IS NOT NULL AS "isAround", next.to_visitor::text AS "to",
       round(extract(epoch FROM next.since) * 1000)::text AS since
     FROM way LEFT JOIN around USING (visitor) LEFT JOIN LATERAL (${EARLIEST.replace('%', 'way')}) AS next ON true`,
    [changed],
  )
  return {
    visitors: rows.filter(({ isAround }) => isAround).map(({ visitor }) => visitor),
    links: rows.flatMap(({ visitor, to, since }) => (to === null ? [] : [{ from: visitor, to, since: Number(since) }])),
  }
}

/** The persons that were told last, of those visitors that are not their own person. */
export async function knownPersons(pool: Pool, visitors: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ visitor: string; person: string }>(
    'SELECT visitor::text, person::text FROM identities WHERE visitor = ANY($1::numeric[])',
    [visitors],
  )
  return new Map(rows.map(({ visitor, person }) => [visitor, person]))
}
