import { described } from '../cubes/define/schema-issues.ts'
import { AppError } from '../errors.ts'
import { readSegment, type SegmentDefinition, type SegmentInput } from './read-segment.ts'

/** The module `almanac/segments` of a workspace. */

export type { SegmentInput } from './read-segment.ts'

/** Checks the segment and fills in what was left out. Throws one `invalid_config` with everything that is wrong. */
export function defineSegment(input: SegmentInput): SegmentDefinition {
  const read = readSegment(input)
  if ('segment' in read) return read.segment
  const { issues } = read
  const list = issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
  const count = issues.length === 1 ? 'a mistake' : `${issues.length} mistakes`
  const name = described(input?.name ?? input?.label)
  throw new AppError('invalid_config', `the segment ${name} has ${count}: ${list}`, { issues })
}
