import { Variable, WidgetData } from '@almanac/core/boards/board.ts'
import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import { QueryFilter } from '@almanac/core/query/filter.ts'
import { Comparison, Moment } from '@almanac/core/query/query.ts'
import { GRAINS } from '@almanac/core/time/grain.ts'
import { z } from 'zod'

/** What the reader has chosen for the whole board, as it comes with a request. */
export const Scope = z
  .strictObject({
    from: Moment,
    to: Moment,
    grain: z.enum(GRAINS),
    timezone: z.string().max(100),
    firstDayOfWeek: z.int().min(1).max(7),
    compare: z.array(Comparison).max(4).default([]),
    filters: z.array(QueryFilter).max(20).default([]),
    variables: z.record(z.string().max(40), z.array(z.string().max(500)).max(1000)).default({}),
  })
  .meta({
    id: 'BoardScope',
    description: 'What the reader has chosen for the whole board.',
  }) satisfies z.ZodType<BoardScope>

/** A widget's data, all of which is drawn as one. */
export const WidgetQuestion = z.strictObject({
  data: z.array(WidgetData).min(1).max(5),
  /** Of the board; the scope gives them values. */
  variables: z.array(Variable).max(20).default([]),
})
export type WidgetQuestion = z.output<typeof WidgetQuestion>
