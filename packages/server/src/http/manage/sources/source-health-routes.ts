import { AppError } from '@almanac/core/errors.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ENVIRONMENTS } from '../../../accounts/keys/api-key.ts'
import type { Source } from '../../../accounts/sources/sources.ts'
import type { SourceHealthFigures } from '../../../health/health-figures.ts'
import type { HealthSubject } from '../../../health/source-health.ts'
import { SECURITY_HEADERS } from '../../requests/security-headers.ts'
import type { DebugHub } from './debug-hub.ts'

export interface SourceHealthDeps {
  readonly findSource: (name: string) => Promise<Source>
  readonly readSourceHealth: (subject: HealthSubject) => Promise<SourceHealthFigures>
  readonly debugHub: DebugHub
}

const reasons = z.array(z.object({ reason: z.string(), count: z.int() }))
const totals = z.object({
  accepted: z.int(),
  duplicates: z.int().describe('Accepted and known already: sent again, and counted once.'),
  rejected: reasons.describe('Answered as wrong, over the limit, or kept in quarantine.'),
  filtered: reasons.describe('Answered as taken and dropped, because the settings of the source say so.'),
})
export const SourceHealthAnswer = z.object({
  eventsPerSecond: z.number().describe('Accepted ones, over the last one to two minutes.'),
  lastEventAt: z.iso.datetime().nullable(),
  lastHour: totals,
  today: totals.describe("Since midnight in the source's time zone."),
})
export type SourceHealthAnswer = z.output<typeof SourceHealthAnswer>

const byName = z.object({ name: z.string().max(63) })

export function sourceHealthRoutes({
  findSource,
  readSourceHealth,
  debugHub,
}: SourceHealthDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.addHook('preClose', async () => debugHub.close())

    app.get(
      '/api/v1/sources/:name/health',
      {
        config: { access: 'read' },
        schema: {
          summary: 'How a source is doing',
          tags: ['Sources and keys'],
          params: byName,
          querystring: z.object({ environment: z.enum(ENVIRONMENTS).optional().describe('Both, unless it is said.') }),
          response: { 200: SourceHealthAnswer },
        },
      },
      async ({ params: { name }, query: { environment } }) => {
        const { settings } = await findSource(name)
        return healthAnswer(await readSourceHealth({ source: name, timezone: settings.timezone, environment }))
      },
    )

    app.get(
      '/api/v1/sources/:name/events/live',
      {
        config: { access: 'edit' },
        exposeHeadRoute: false,
        schema: {
          summary: 'See what a source sends, as it arrives',
          description:
            'Server-sent events: "hello" first, then an "event" for each event or rejected item, at most twenty a second: ' +
            '{"receivedAt":"…","protocol":"segment","raw":"…","understood":{…}}, where understood is the event as it is kept, ' +
            'or {"reason":"…"}. "skipped" says how many were left out: {"count":7}. In raw, IP addresses are masked and keys shortened.',
          tags: ['Sources and keys'],
          params: byName,
          response: {
            200: { description: 'A stream of events', content: { 'text/event-stream': { schema: z.string() } } },
          },
        },
      },
      async ({ params: { name } }, reply) => {
        await findSource(name)
        const isConnected = debugHub.connect(name, reply.raw, SECURITY_HEADERS)
        if (!isConnected) throw new AppError('overloaded', 'Too many pages watch events arrive')
        reply.hijack()
      },
    )
  }
}

function healthAnswer({ eventsPerSecond, lastEventAt, lastHour, today }: SourceHealthFigures): SourceHealthAnswer {
  return {
    eventsPerSecond,
    lastEventAt: lastEventAt?.toISOString() ?? null,
    lastHour: totalsAnswer(lastHour),
    today: totalsAnswer(today),
  }
}

function totalsAnswer({
  accepted,
  duplicates,
  rejected,
  filtered,
}: SourceHealthFigures['today']): z.output<typeof totals> {
  return { accepted, duplicates, rejected: [...rejected], filtered: [...filtered] }
}
