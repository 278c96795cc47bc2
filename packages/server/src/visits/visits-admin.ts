import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'
import type { Visitors } from '../collect/visitors/visitor.ts'
import type { UnlinkRequest, VisitsAnswer, VisitsDeps } from '../http/manage/data/visits-routes.ts'
import { removeLink } from '../identity/link-store.ts'
import { countPending } from './keep-visits.ts'
import { askForRebuild, listRebuilds } from './rebuilds.ts'

export interface VisitsAdminDeps {
  readonly pool: Pool
  readonly clickhouse: ClickHouseClient
  readonly visitors: Visitors
}

/** What the routes of visits and persons do. */
export function createVisitsAdmin({ pool, clickhouse, visitors }: VisitsAdminDeps): VisitsDeps['visits'] {
  const visitorOf = (who: { userId: string } | { anonymousId: string }) =>
    visitors.visitorOf({ ...who, source: '', atMs: 0 }).visitor ?? ''

  async function rebuild(source: string | undefined): Promise<VisitsAnswer['rebuilds']> {
    const sources = source === undefined ? await sourcesWithEvents(clickhouse) : [source]
    return Promise.all(sources.map((each) => askForRebuild(pool, clickhouse, each)))
  }

  async function unlink({ user, device, alias = '' }: UnlinkRequest): Promise<boolean> {
    const to = visitorOf({ userId: user })
    if (device !== undefined) return removeLink(pool, visitorOf({ anonymousId: device }), to)
    // An alias gives up an id of which nobody says whether it was a user's or a device's.
    const ofUser = await removeLink(pool, visitorOf({ userId: alias }), to)
    const ofDevice = await removeLink(pool, visitorOf({ anonymousId: alias }), to)
    return ofUser || ofDevice
  }

  return {
    status: async () => ({ pending: await countPending(pool), rebuilds: await listRebuilds(pool) }),
    rebuild,
    unlink,
  }
}

async function sourcesWithEvents(clickhouse: ClickHouseClient): Promise<string[]> {
  const result = await clickhouse.query({
    query: 'SELECT source FROM events GROUP BY source UNION DISTINCT SELECT source FROM visits GROUP BY source',
    format: 'JSONEachRow',
  })
  return (await result.json<{ source: string }>()).map(({ source }) => source)
}
