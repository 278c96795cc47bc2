import { QueryAnswer } from '@almanac/core/query/query.ts'
import { GRAINS } from '@almanac/core/time/grain.ts'
import { z } from 'zod'

/** `Frame` of `core/charts/frame.ts`, for the API document. */
export const FrameAnswer = z
  .object({
    columns: QueryAnswer.shape.columns,
    rows: QueryAnswer.shape.rows.describe('By the names of the columns. Times are RFC 3339 with an offset.'),
    totals: QueryAnswer.shape.totals,
    timezone: z.string(),
    firstDayOfWeek: z.number(),
    grain: z.enum(GRAINS).optional(),
    openFrom: z.string().optional().describe('Start of the first bucket that can still grow.'),
    from: z.string().optional(),
    to: z.string().optional(),
    comparisons: z.array(z.object({ name: z.string(), from: z.string(), to: z.string() })),
    asOf: z.string().optional().describe('When the data was read.'),
    isTruncated: z.boolean().describe('There were more rows than the limit.'),
  })
  .meta({ id: 'Frame', description: 'A table with described columns, which charts are drawn from.' })
