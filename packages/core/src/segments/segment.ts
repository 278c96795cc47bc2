import { z } from 'zod'
import { QueryFilter } from '../query/filter.ts'

/**
 * A filter that was saved by name, for queries to use: `mobile visitors`, `customers of the spring campaign`. It belongs to
 * one cube, or to all that have the dimensions it asks about.
 */

export const SegmentName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'expected 1 to 63 of the characters a-z, 0-9, - and _, such as mobile-visitors')

const text = (maxLength: number) => z.string().trim().max(maxLength)

/** What a person writes of a segment; the name stands beside it. */
export const SegmentBody = z.strictObject({
  label: text(200).optional().describe('For people; left out, the name.'),
  description: text(2000).default(''),
  cube: z.string().max(100).nullable().default(null).describe('Null: every cube that has the dimensions.'),
  filter: QueryFilter,
})

export interface Segment {
  readonly name: string
  readonly label: string
  readonly description: string
  readonly cube: string | null
  readonly filter: QueryFilter
}
