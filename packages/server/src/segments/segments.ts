import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { QueryFilter } from '@almanac/core/query/filter.ts'
import { checkSegment } from '@almanac/core/segments/check-segment.ts'
import type { Segment } from '@almanac/core/segments/segment.ts'
import { segmentFilters } from '@almanac/core/segments/segment-filters.ts'
import type { Pool } from 'pg'
import { keepReading } from '../background/kept-reading.ts'
import { deleteSegment, listSegments, putSegment, type StoredSegment, segmentsVersion } from './segment-store.ts'

/** One that was made here, or one of a file of the workspace, which is changed there. */
export type ListedSegment = ({ readonly origin: 'made' } & StoredSegment) | ({ readonly origin: 'workspace' } & Segment)

export interface Segments {
  /** By name. A file's goes before the one of its name that was made here, which is back when the file is gone. */
  list(): Promise<readonly ListedSegment[]>
  /**
   * Throws `invalid_request` with everything that keeps the segment from being used, and `conflict` when the name is a file's, as
   * `remove` does.
   */
  save(segment: Segment, by: string): Promise<{ readonly segment: StoredSegment; readonly isNew: boolean }>
  remove(name: string): Promise<void>
  /** All segments of the workspace, in place of those that were there before. */
  replaceWorkspace(segments: readonly Segment[]): void
  /** From memory, see `segment-filters.ts`; one that another server has just made is looked for before it is refused. */
  filters(names: readonly string[], cube: CubeDefinition): Promise<QueryFilter[]>
  /** Resolves when it asks the database no more. */
  close(): Promise<void>
}

interface SegmentsDeps {
  readonly pool: Pool
  /** All cubes, as they are defined at this moment. */
  readonly definitions: () => readonly CubeDefinition[]
  readonly onError: (error: unknown) => void
  readonly refreshMs?: number
}

/** Looks every two seconds whether another server changed them. While the database is away, the last known ones work. */
export async function openSegments({ pool, definitions, onError, refreshMs = 2000 }: SegmentsDeps): Promise<Segments> {
  const kept = await keepReading({
    version: () => segmentsVersion(pool),
    read: async (): Promise<ReadonlyMap<string, Segment>> =>
      new Map((await listSegments(pool)).map((segment) => [segment.name, segment])),
    onError,
    refreshMs,
  })
  let ofFiles: ReadonlyMap<string, Segment> = new Map()
  return {
    async list() {
      const made = (await listSegments(pool)).filter(({ name }) => !ofFiles.has(name))
      const all = [
        ...made.map((segment) => ({ origin: 'made' as const, ...segment })),
        ...[...ofFiles.values()].map((segment) => ({ origin: 'workspace' as const, ...segment })),
      ]
      return all.toSorted((a, b) => (a.name < b.name ? -1 : 1))
    },
    replaceWorkspace(segments) {
      ofFiles = new Map(segments.map((segment) => [segment.name, segment]))
    },
    async save(segment, by) {
      refuseOfFile(segment.name, ofFiles)
      refuseUnusable(segment, definitions())
      const saved = await putSegment(pool, segment, by)
      // The change is made, whether or not it can be read right now.
      await kept.refresh().catch(onError)
      return saved
    },
    async remove(name) {
      refuseOfFile(name, ofFiles)
      if (!(await deleteSegment(pool, name))) throw new AppError('not_found', `There is no segment ${name}`)
      await kept.refresh().catch(onError)
    },
    async filters(names, cube) {
      const isUnknown = (name: string) => !ofFiles.has(name) && !kept.value().has(name)
      if (names.some(isUnknown)) await kept.refresh().catch(onError)
      const all = ofFiles.size === 0 ? kept.value() : new Map([...kept.value(), ...ofFiles])
      return segmentFilters(names, all, cube)
    },
    close: kept.close,
  }
}

function refuseOfFile(name: string, ofFiles: ReadonlyMap<string, Segment>): void {
  if (!ofFiles.has(name)) return
  throw new AppError('conflict', `The segment ${name} is defined by a file of the workspace`, {
    hint: 'Change it there, or choose another name.',
  })
}

function refuseUnusable(segment: Segment, cubes: readonly CubeDefinition[]): void {
  const issues = checkSegment(segment, cubes)
  if (issues.length === 0) return
  const count = issues.length === 1 ? 'a problem' : `${issues.length} problems`
  const hint = 'GET /api/v1/cubes lists the dimensions of each cube.'
  throw new AppError('invalid_request', `The segment ${segment.name} has ${count}`, { issues, hint })
}
