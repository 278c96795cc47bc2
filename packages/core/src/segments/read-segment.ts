import type { z } from 'zod'
import { expectation, issuesOf } from '../cubes/define/schema-issues.ts'
import type { Issue } from '../errors.ts'
import { SegmentBody, SegmentName } from './segment.ts'

/** A segment as a file of the workspace says it. */
const SegmentDefinition = SegmentBody.extend({
  name: SegmentName.optional().describe('Left out: the name of the file, or of the export.'),
})
export type SegmentInput = z.input<typeof SegmentDefinition>
export type SegmentDefinition = z.output<typeof SegmentDefinition>

/** The segment with what was left out filled in, or all that is wrong with its form, each with its path. */
export function readSegment(
  value: unknown,
): { readonly segment: SegmentDefinition } | { readonly issues: readonly Issue[] } {
  const parsed = SegmentDefinition.safeParse(value, { error: expectation })
  return parsed.success ? { segment: parsed.data } : { issues: issuesOf(parsed.error) }
}
