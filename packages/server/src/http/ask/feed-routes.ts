import { GRAINS } from '@almanac/core/time/grain.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { FEED_FORMATS } from '../../feeds/feed-request.ts'
import { type FeedDeps, writeFeed } from '../../feeds/write-feed.ts'
import { clientGone } from '../requests/client-gone.ts'

export interface FeedRouteDeps {
  readonly feeds: FeedDeps
}

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

const names = z
  .string()
  .max(2000)
  .transform((text) => text.split(',').map((name) => name.trim()))
  .pipe(z.array(z.string().min(1)).max(50))
const several = z.union([z.string().transform((one) => [one]), z.array(z.string()).max(50)]).optional()

const FeedParameters = z.object({
  token: z
    .string()
    .optional()
    .describe('An API key with the scope read and no other, for programs that cannot send an Authorization header.'),
  from: z.string().optional().describe('A date or an instant; by default 30 days before the end.'),
  to: z.string().optional().describe('Not included; by default the end of today. Buckets are never cut off.'),
  timezone: z.string().optional().describe('IANA name; by default the zone of the cube.'),
  dimensions: names.optional().describe('With commas between: a row for each combination of their values.'),
  measures: names.optional().describe('By default all that have a right value at this grain by these dimensions.'),
  filter: several.describe('`country=DE,FR`, `status!=404`, `path~blog`; several all hold.'),
  segment: several.describe('The name of a saved segment.'),
})

/** Figures as a table for spreadsheets and BI tools. */
export function feedRoutes({ feeds }: FeedRouteDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/feed/:cube/:grain.:format',
      {
        config: { access: 'read', takesToken: true },
        schema: {
          summary: 'Figures as a table',
          description:
            'One row for each bucket and combination of dimensions, as CSV, JSON, Parquet or Excel. Names of columns stay as they ' +
            'are; what does not add up over the rows has the grain in its name.',
          tags: ['Queries'],
          params: z.object({ cube: z.string(), grain: z.enum(GRAINS), format: z.enum(FEED_FORMATS) }),
          querystring: FeedParameters,
          response: { 200: z.any(), 304: z.null() },
        },
      },
      async ({ params: { cube, grain, format }, query, headers }, reply) => {
        const { dimensions = [], filter: filters = [], segment: segments = [], measures, from, to, timezone } = query
        const request = { grain, from, to, timezone, dimensions, measures, filters, segments }
        const feed = await writeFeed(cube, request, format, feeds, clientGone(reply))
        const etag = `W/"${feed.hash}"`
        reply.header('etag', etag).header('cache-control', 'private, no-cache')
        if (knows(headers['if-none-match'], etag)) {
          await feed.remove()
          return reply.code(304).send(null)
        }
        reply.header('content-disposition', `inline; filename="${cube}-${grain}.${format}"`)
        if (format === 'parquet' || format === 'xlsx') reply.header('content-length', feed.sizeBytes)
        return reply.type(TYPES[format]).send(await feed.read())
      },
    )
  }
}

function knows(header: string | undefined, etag: string): boolean {
  return header?.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^(?!W\/)/, 'W/') === etag) ?? false
}
