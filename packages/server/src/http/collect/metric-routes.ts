import { AppError, type Issue } from '@almanac/core/errors.ts'
import { Moment } from '@almanac/core/query/query.ts'
import { isTimeZone, parseMoment } from '@almanac/core/time/moment.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ENVIRONMENTS } from '../../accounts/keys/api-key.ts'
import { METRIC_GRAINS, MetricName, MetricRow, MetricSource, MOST_METRIC_ROWS } from '../../metrics/metric-row.ts'
import type { MetricStore } from '../../metrics/metric-store.ts'
import { type MetricDefaults, readMetricRows, type SentRow } from '../../metrics/read-metric-rows.ts'
import { csvRows, ndjsonRows } from '../../metrics/sent-rows.ts'
import type { Principal } from '../access/access.ts'

/** Figures that other systems have computed: sent, listed, removed. Asked for in the cube `metrics`, or one of one's own. */
export interface MetricDeps {
  readonly metricStore: MetricStore
}

const MAX_BODY_BYTES = 8 * 1024 * 1024

const timezone = z
  .string()
  .refine(isTimeZone, 'expected a time zone such as Europe/Berlin')
  .default('UTC')
  .describe('Whose days and hours the dates are.')

const SaveParameters = z.strictObject({
  metric: MetricName.optional().describe('Of rows that do not name one.'),
  grain: z.enum(METRIC_GRAINS).optional(),
  source: MetricSource.optional(),
  environment: z.enum(ENVIRONMENTS).optional(),
  timezone,
  partial: z.stringbool().default(false).describe('Stores the right rows although others are wrong.'),
})

const SaveAnswer = z.object({
  stored: z.number().describe('Figures that are on disk now.'),
  rejected: z
    .array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() }))
    .describe('With partial=true, what was wrong with the others.'),
})

const Summary = z.object({
  metric: z.string(),
  grains: z.array(z.enum(METRIC_GRAINS)),
  sources: z.array(z.string()),
  environments: z.array(z.string()),
  dimensions: z.array(z.string()),
  figures: z.number(),
  first: z.string().describe('Start of the first hour or day.'),
  last: z.string().describe('Start of the last one.'),
})

const RemoveParameters = z.strictObject({
  metric: MetricName,
  from: Moment,
  to: Moment.describe('Not included.'),
  source: MetricSource.optional(),
  environment: z.enum(ENVIRONMENTS).optional(),
  timezone,
})

const EXAMPLE: z.input<typeof MetricRow>[] = [
  { metric: 'video_views', date: '2026-01-05', value: 1250, dimensions: { channel: 'youtube' } },
  { metric: 'followers', date: '2026-01-05', hour: 9, value: 310, dimensions: { account: 'caskalytics' } },
]
const TAGS = ['Metrics']

export function metricRoutes({ metricStore }: MetricDeps): FastifyPluginAsyncZod {
  return async (app) => {
    for (const type of ['application/x-ndjson', 'text/csv']) {
      app.addContentTypeParser(type, { parseAs: 'string' }, (_request, body, done) => done(null, body))
    }

    app.post(
      '/api/v1/metrics',
      {
        config: {
          access: 'ingest',
          documented: {
            body: z
              .array(MetricRow)
              .max(MOST_METRIC_ROWS)
              .meta({ examples: [EXAMPLE] }),
          },
        },
        bodyLimit: MAX_BODY_BYTES,
        schema: {
          summary: 'Bring figures of metrics',
          description:
            'Inserts or updates: a figure for the same metric, time and dimensions replaces the one before. As a list in JSON, ' +
            'lines of JSON, or CSV with the names of the fields in its first line; other columns are dimensions. While any row is ' +
            'wrong, nothing is stored. Answers when all is on disk.',
          tags: TAGS,
          consumes: ['application/json', 'application/x-ndjson', 'text/csv'],
          querystring: SaveParameters,
          response: { 200: SaveAnswer },
        },
      },
      async ({ body, query: { partial, ...defaults }, headers, principal }) => {
        const rows = sentRows(body, headers['content-type'])
        const { values, issues } = readMetricRows(rows, { ...defaults, only: ownOf(principal) })
        if (issues.length > 0 && (!partial || values.length === 0)) throw wrongRows(issues)
        await metricStore.save(values)
        return { stored: values.length, rejected: issues.map(({ path, message }) => ({ path: [...path], message })) }
      },
    )

    app.get(
      '/api/v1/metrics',
      {
        config: { access: 'read' },
        schema: { summary: 'List the metrics', tags: TAGS, response: { 200: z.object({ metrics: z.array(Summary) }) } },
      },
      async () => ({
        metrics: (await metricStore.list()).map(({ grains, sources, environments, dimensions, ...rest }) => ({
          ...rest,
          grains: [...grains],
          sources: [...sources],
          environments: [...environments],
          dimensions: [...dimensions],
        })),
      }),
    )

    app.delete(
      '/api/v1/metrics',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Remove figures of a metric',
          description: 'Those whose hour or day begins in the range; it is half-open.',
          tags: TAGS,
          querystring: RemoveParameters,
          response: { 200: z.object({ removed: z.number() }) },
        },
      },
      async ({ query: { from, to, timezone, ...which } }) => {
        const seconds = (text: string) => Math.ceil(parseMoment(text, timezone).epochMilliseconds / 1000)
        const range = { from: seconds(from), to: seconds(to) }
        if (range.from >= range.to)
          throw new AppError('invalid_request', `Expected from to be before to, got ${from} and ${to}`)
        return { removed: await metricStore.remove({ ...which, ...range }) }
      },
    )
  }
}

function sentRows(body: unknown, contentType = ''): SentRow[] {
  const rows = typeof body === 'string' ? textRows(body, contentType) : listedRows(body)
  if (rows.length === 0) throw new AppError('invalid_request', 'Expected at least one row')
  if (rows.length <= MOST_METRIC_ROWS) return rows
  throw new AppError('too_large', `Expected at most ${MOST_METRIC_ROWS} rows, got ${rows.length}`, {
    hint: 'Send them in several requests; "almanac metrics load" does so by itself.',
  })
}

const textRows = (body: string, contentType: string) =>
  /^text\/csv/i.test(contentType) ? csvRows(body) : ndjsonRows(body)

function listedRows(body: unknown): SentRow[] {
  if (Array.isArray(body)) return body.map((row, place) => ({ place, row }))
  throw new AppError('invalid_request', 'Expected a list of rows', {
    hint: 'For instance: [{"metric":"followers","date":"2026-01-05","value":310}]',
  })
}

/** A key of a source, or of an environment, writes nowhere else; one that may do everything writes everywhere. */
function ownOf(principal: Principal | undefined): MetricDefaults['only'] {
  if (principal?.kind !== 'key' || principal.key.scopes.includes('admin')) return undefined
  const { source, environment } = principal.key
  return { source: source ?? undefined, environment: environment ?? undefined }
}

const MOST_ISSUES = 1000

function wrongRows(issues: readonly Issue[]): AppError {
  const count = issues.length === 1 ? 'a problem' : `${issues.length} problems`
  return new AppError('invalid_request', `The rows have ${count}; nothing was stored`, {
    issues: issues.slice(0, MOST_ISSUES),
  })
}
