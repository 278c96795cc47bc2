import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'
import { keepReading } from '../background/kept-reading.ts'
import { type FiguresRange, type LinkFigures, linkFigures } from './link-figures.ts'
import { createLink, type LinkChange, linksVersion, listLinks, type NewTrackingLink, updateLink } from './link-store.ts'
import type { TrackingLink } from './tracking-link.ts'

export interface TrackingLinks {
  /** From memory, so that following a link asks no database; archived ones are not found. */
  find(code: string): TrackingLink | undefined
  /** Archived ones too, newest first; of one source, or of all. */
  list(source?: string): Promise<readonly TrackingLink[]>
  create(link: NewTrackingLink): Promise<TrackingLink>
  update(code: string, change: LinkChange): Promise<TrackingLink>
  /** By code, of the links that `list` gives. */
  figures(source: string | undefined, range: FiguresRange): Promise<ReadonlyMap<string, LinkFigures>>
  close(): Promise<void>
}

interface TrackingLinksDeps {
  readonly pool: Pool
  readonly clickhouse: ClickHouseClient
  readonly onError: (error: unknown) => void
}

const REFRESH_MS = 2000

/** Looks every two seconds whether another server changed the links. While the database is away, the last known ones work. */
export async function openTrackingLinks({ pool, clickhouse, onError }: TrackingLinksDeps): Promise<TrackingLinks> {
  const kept = await keepReading({
    version: () => linksVersion(pool),
    read: async (): Promise<ReadonlyMap<string, TrackingLink>> =>
      new Map((await listLinks(pool)).flatMap((link) => (link.archivedAt ? [] : [[link.code, link]]))),
    onError,
    refreshMs: REFRESH_MS,
  })
  const refreshed = async (link: TrackingLink) => {
    // The change is made, whether or not it can be read right now.
    await kept.refresh().catch(onError)
    return link
  }
  return {
    find: (code) => kept.value().get(code),
    list: (source) => listLinks(pool, source),
    create: async (link) => refreshed(await createLink(pool, link)),
    update: async (code, change) => refreshed(await updateLink(pool, code, change)),
    figures: async (source, range) => linkFigures(clickhouse, await listLinks(pool, source), range),
    close: kept.close,
  }
}
