import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { QueryFilter } from '@almanac/core/query/filter.ts'
import { checkSegment } from '@almanac/core/segments/check-segment.ts'
import type { Segment } from '@almanac/core/segments/segment.ts'
import { segmentFilters } from '@almanac/core/segments/segment-filters.ts'
import type { Pool } from 'pg'
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
  let byName: ReadonlyMap<string, Segment> = new Map()
  let seen = ''
  const readAgain = async () => {
    const version = await segmentsVersion(pool)
    if (version === seen) return
    byName = new Map((await listSegments(pool)).map((segment) => [segment.name, segment]))
    // Of before the reading: a change in between is read again.
    seen = version
  }
  let lastReading = Promise.resolve()
  /** One after the other, so that an older list never takes the place of a newer one. */
  const refresh = () => {
    lastReading = lastReading.catch(() => undefined).then(readAgain)
    return lastReading
  }
  await refresh()
  const timer = setInterval(() => refresh().catch(onError), refreshMs)
  timer.unref()

  return {
    list: () => listSegments(pool),
    async save(segment, by) {
      refuseUnusable(segment, definitions())
      const saved = await putSegment(pool, segment, by)
      // The change is made, whether or not it can be read right now.
      await refresh().catch(onError)
      return saved
    },
    async remove(name) {
      if (!(await deleteSegment(pool, name))) throw new AppError('not_found', `There is no segment ${name}`)
      await refresh().catch(onError)
    },
    async filters(names, cube) {
      if (names.some((name) => !byName.has(name))) await refresh().catch(onError)
      return segmentFilters(names, byName, cube)
    },
    async close() {
      clearInterval(timer)
      await lastReading.catch(() => undefined)
    },
  }
}

function refuseUnusable(segment: Segment, cubes: readonly CubeDefinition[]): void {
  const issues = checkSegment(segment, cubes)
  if (issues.length === 0) return
  const count = issues.length === 1 ? 'a problem' : `${issues.length} problems`
  const hint = 'GET /api/v1/cubes lists the dimensions of each cube.'
  throw new AppError('invalid_request', `The segment ${segment.name} has ${count}`, { issues, hint })
}
