import { AppError } from '@almanac/core/errors.ts'
import type { Segment } from '@almanac/core/segments/segment.ts'
import type { StoredSegment } from '../segment-store.ts'
import type { Segments } from '../segments.ts'

/** Segments that nobody stores, and nobody checks. */
export function memorySegments(
  segments: readonly StoredSegment[] = [],
  ofFiles: readonly Segment[] = [],
): Pick<Segments, 'list' | 'save' | 'remove'> {
  const byName = new Map(segments.map((segment) => [segment.name, segment]))
  return {
    list: async () => [
      ...[...byName.values()].map((segment) => ({ origin: 'made' as const, ...segment })),
      ...ofFiles.map((segment) => ({ origin: 'workspace' as const, ...segment })),
    ],
    async save(segment, by) {
      const isNew = !byName.has(segment.name)
      const stored = testSegment({ ...segment, createdBy: by })
      byName.set(segment.name, stored)
      return { segment: stored, isNew }
    },
    async remove(name) {
      if (!byName.delete(name)) throw new AppError('not_found', `There is no segment ${name}`)
    },
  }
}

export function testSegment(fields: Partial<StoredSegment> = {}): StoredSegment {
  return {
    name: 'firefox',
    label: 'Firefox',
    description: '',
    cube: null,
    filter: { dimension: 'browser', op: 'in', values: ['Firefox'] },
    createdBy: 'local',
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...fields,
  }
}
