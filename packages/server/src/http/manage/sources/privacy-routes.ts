import { Readable } from 'node:stream'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { ErasureReport, Erasures } from '../../../privacy/erasure-loop.ts'
import { ERASURE_STATES, type Erasure } from '../../../privacy/erasure-store.ts'
import type { FoundPerson, People } from '../../../privacy/people.ts'
import type { PersonKey } from '../../../privacy/person.ts'
import { principalName } from '../../access/principal-name.ts'
import { clientGone } from '../../requests/client-gone.ts'

export interface PrivacyDeps {
  readonly people: People
  readonly erasures: Pick<Erasures, 'request' | 'list'>
}

const id = z.string().min(1).max(1000)
const PersonRequest = z
  .strictObject({
    userId: id.optional(),
    anonymousId: id.optional(),
    visitor: z
      .string()
      .refine((text) => /^[1-9]\d{0,19}$/.test(text) && BigInt(text) < 2n ** 64n, {
        message: 'expected a number from 1 to 2^64 - 1, as in the column visitor_id',
      })
      .optional(),
  })
  .refine((key) => Object.values(key).filter((value) => value !== undefined).length === 1, {
    message: 'expected exactly one of userId, anonymousId and visitor',
  })
  .meta({ examples: [{ userId: 'ada' }] })

const PersonAnswer = z.object({
  person: z.object({
    userId: z.string().optional(),
    anonymousId: z.string().optional(),
    visitors: z.array(z.string()).describe('All numbers that are known to be this person.'),
  }),
  events: z.number(),
  firstAt: z.iso.datetime().nullable(),
  lastAt: z.iso.datetime().nullable(),
  sources: z.array(z.object({ source: z.string(), environment: z.string(), events: z.number() })),
})

const ErasureAnswer = z.object({
  id: z.uuid(),
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  state: z.enum(ERASURE_STATES),
  redactedShare: z.number().nullable().describe('Of looking through the log, while that is under way.'),
  logLines: z.number(),
  events: z.number(),
  quarantined: z.number(),
  problem: z.string().nullable(),
  finishedAt: z.iso.datetime().nullable(),
})

const TAGS = ['Privacy'] as const
/** Ids are in bodies and never in addresses, which end up in the logs of whatever is in between. */
export function privacyRoutes({ people, erasures }: PrivacyDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/api/v1/people/find',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Find what is stored of a person',
          tags: TAGS,
          body: PersonRequest,
          response: { 200: PersonAnswer },
        },
      },
      async ({ body }) => personAnswer(await people.find(keyOf(body))),
    )

    app.post(
      '/api/v1/people/export',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Export everything that is stored of a person',
          description:
            'Lines of JSON, by their type: the person, each event with all columns, each raw line of the log, and "end" ' +
            'with how many there were: without it the export is not whole.',
          tags: TAGS,
          body: PersonRequest,
          response: {
            200: { description: 'Lines of JSON', content: { 'application/x-ndjson': { schema: z.string() } } },
          },
        },
      },
      async ({ body }, reply) => {
        const lines = people.export(keyOf(body), clientGone(reply))
        return reply.type('application/x-ndjson').send(Readable.from(lines, { objectMode: true }) as never)
      },
    )

    app.post(
      '/api/v1/people/erase',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Erase everything that is stored of a person',
          description: 'For good, raw data included. The answer is a promise: the work goes on through restarts.',
          tags: TAGS,
          body: PersonRequest,
          response: { 202: z.object({ erasure: ErasureAnswer }) },
        },
      },
      async ({ body, principal }, reply) => {
        const erasure = await erasures.request(keyOf(body), principalName(principal))
        return reply.code(202).send({ erasure: erasureAnswer({ ...erasure, redactedShare: undefined }) })
      },
    )

    app.get(
      '/api/v1/erasures',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'List the erasures and how far they are',
          tags: TAGS,
          response: { 200: z.object({ erasures: z.array(ErasureAnswer) }) },
        },
      },
      async () => ({ erasures: (await erasures.list()).map(erasureAnswer) }),
    )
  }
}

function keyOf({ userId, anonymousId, visitor }: z.output<typeof PersonRequest>): PersonKey {
  if (userId !== undefined) return { userId }
  if (anonymousId !== undefined) return { anonymousId }
  return { visitor: visitor ?? '' }
}

function personAnswer({ person, events, firstAt, lastAt, sources }: FoundPerson): z.output<typeof PersonAnswer> {
  const timeOf = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString())
  return {
    person: { ...person, visitors: [...person.visitors] },
    events,
    firstAt: timeOf(firstAt),
    lastAt: timeOf(lastAt),
    sources: [...sources],
  }
}

function erasureAnswer(erasure: Erasure & Pick<ErasureReport, 'redactedShare'>): z.output<typeof ErasureAnswer> {
  const { id, requestedBy, state, logLines, events, quarantined, problem } = erasure
  return {
    id,
    requestedBy,
    requestedAt: erasure.requestedAt.toISOString(),
    state,
    redactedShare: erasure.redactedShare ?? null,
    logLines,
    events,
    quarantined,
    problem,
    finishedAt: erasure.finishedAt?.toISOString() ?? null,
  }
}
