import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { QueryFilter } from '@almanac/core/query/filter.ts'
import { checkSegment } from '@almanac/core/segments/check-segment.ts'
import type { Segment } from '@almanac/core/segments/segment.ts'
import { segmentFilters } from '@almanac/core/segments/segment-filters.ts'
import type { Pool } from 'pg'
import { keepReading } from '../background/kept-reading.ts'
import { deleteSegment, listSegments, putSegment, type StoredSegment, segmentsVersion } from './segment-store.ts'

export interface Segments {
  /** By name. */
  list(): Promise<readonly StoredSegment[]>
  /** Throws `invalid_request` with everything that keeps the segment from being used. */
  save(segment: Segment, by: string): Promise<{ readonly segment: StoredSegment; readonly isNew: boolean }>
  remove(name: string): Promise<void>
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
  return {
    list: () => listSegments(pool),
    async save(segment, by) {
      refuseUnusable(segment, definitions())
      const saved = await putSegment(pool, segment, by)
      // The change is made, whether or not it can be read right now.
      await kept.refresh().catch(onError)
      return saved
    },
    async remove(name) {
      if (!(await deleteSegment(pool, name))) throw new AppError('not_found', `There is no segment ${name}`)
      await kept.refresh().catch(onError)
    },
    async filters(names, cube) {
      if (names.some((name) => !kept.value().has(name))) await kept.refresh().catch(onError)
      return segmentFilters(names, kept.value(), cube)
    },
    close: kept.close,
  }
}

function refuseUnusable(segment: Segment, cubes: readonly CubeDefinition[]): void {
  const issues = checkSegment(segment, cubes)
  if (issues.length === 0) return
  const count = issues.length === 1 ? 'a problem' : `${issues.length} problems`
  const hint = 'GET /api/v1/cubes lists the dimensions of each cube.'
  throw new AppError('invalid_request', `The segment ${segment.name} has ${count}`, { issues, hint })
}
