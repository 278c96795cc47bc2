import type { RingSource } from '../../accounts/sources/source-ring.ts'
import type { FrameHeader } from '../../collect/events/collected-event.ts'
import type { SourceHealth } from '../../health/source-health.ts'
import type { DebugHub } from '../manage/sources/debug-hub.ts'

/** What all ways in for events have in common. */
export interface CollectDeps {
  /** From memory; undefined also for a source that was made by another server a moment ago. */
  readonly sourceOf: (name: string) => RingSource | undefined
  /** Reads the sources anew. */
  readonly refreshSources: () => Promise<void>
  /** Resolves once the frame is on disk. */
  readonly append: (frame: string | Buffer) => Promise<number>
  readonly now: () => number
  readonly noteHealth: SourceHealth['note']
  readonly debugHub: Pick<DebugHub, 'isWatched' | 'show'>
}

/** As `sourceOf`, for when there is time to look. */
export async function findSource(
  { sourceOf, refreshSources }: Pick<CollectDeps, 'sourceOf' | 'refreshSources'>,
  name: string,
): Promise<RingSource | undefined> {
  if (sourceOf(name) === undefined) await refreshSources()
  return sourceOf(name)
}

/** Of what servers and apps send: see `FrameHeader`. */
export function frameKind({ kind }: RingSource): FrameHeader['kind'] {
  return kind === 'server' || kind === 'app' ? 'server' : undefined
}

/** The hosts of the site: see `FrameHeader`. */
export function frameSite({ settings: { siteHosts } }: RingSource): FrameHeader['site'] {
  return siteHosts.length > 0 ? siteHosts : undefined
}
