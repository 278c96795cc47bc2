import { Readable } from 'node:stream'
import { Moment } from '@almanac/core/query/query.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { CubeStatus } from '../../../cubes/cube-status.ts'
import type { CubesAdmin } from '../../../cubes/cubes-admin.ts'
import { clientGone } from '../../requests/client-gone.ts'

export interface CubeDeps {
  readonly cubesAdmin: CubesAdmin
}

const TAGS = ['Cubes']
const Counts = z.object({ total: z.number(), touched: z.number().describe('Waiting to be computed anew.') })
const CubesStatusAnswer = z.object({
  cubes: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      table: z.string(),
      state: z
        .enum(['making', 'building', 'serving', 'failed', 'retired', 'dropping'])
        .describe('While a changed definition is building, the one before serves beside it.'),
      reason: z.string().nullable().describe('What the engine said of a definition that it refused.'),
      isPaused: z.boolean(),
      buckets: z.object({ hours: Counts, days: Counts, months: Counts }),
      lastComputedAt: z.iso.datetime().nullable(),
      hoursPerMinute: z.number(),
      rowsPerSecond: z.number().nullable().describe('Raw rows of the last run.'),
      secondsLeft: z.number().nullable().describe('At the pace of the last minute.'),
      rows: z.number(),
      bytes: z.number(),
      rawBytes: z.number().describe('Of the tables that the cube is computed from.'),
    }),
  ),
})
export type CubesStatusAnswer = z.output<typeof CubesStatusAnswer>

const params = z.object({ name: z.string().max(100) })
const Range = z.strictObject({
  from: Moment.optional().describe('Left out: from the first hour on.'),
  to: Moment.optional().describe('Not included. Left out: to the last hour.'),
})

export function cubeRoutes({ cubesAdmin }: CubeDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/v1/cubes/status',
      {
        config: { access: 'read' },
        schema: { summary: 'How far the cubes are computed', tags: TAGS, response: { 200: CubesStatusAnswer } },
      },
      async () => ({ cubes: (await cubesAdmin.status()).map(statusAnswer) }),
    )

    app.post(
      '/api/v1/cubes/:name/rebuild',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Compute a cube anew',
          description: 'It is done in the background and goes on after a restart. Figures stay right meanwhile.',
          tags: TAGS,
          params,
          body: Range,
          response: { 202: z.object({ hours: z.number().describe('So many will be computed anew.') }) },
        },
      },
      async ({ params: { name }, body }, reply) =>
        reply.code(202).send({ hours: await cubesAdmin.rebuild(name, body) }),
    )

    app.post(
      '/api/v1/cubes/:name/verify',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Compare a cube with the raw rows',
          description:
            'Makes every bucket once more and lists those that differ, as lines of JSON: one for each month, and "end" with the ' +
            'sums. Without that one the cube was not looked at as a whole. Whoever leaves stops it.',
          tags: TAGS,
          params,
          body: Range.extend({ repair: z.boolean().default(false).describe('Compute those that differ anew.') }),
          response: {
            200: { description: 'Lines of JSON', content: { 'application/x-ndjson': { schema: z.string() } } },
          },
        },
      },
      async ({ params: { name }, body }, reply) => {
        const lines = cubesAdmin.verify(name, body, clientGone(reply))
        // The first one before the answer begins, so that a cube that there is not is an error like any other.
        const first = await lines.next()
        const text = async function* () {
          if (first.done) return
          yield `${JSON.stringify(first.value)}\n`
          for await (const line of lines) yield `${JSON.stringify(line)}\n`
        }
        return reply.type('application/x-ndjson').send(Readable.from(text(), { objectMode: true }) as never)
      },
    )

    for (const [action, isPaused, summary] of [
      ['pause', true, 'Stop computing a cube for now'],
      ['resume', false, 'Go on with computing a cube'],
    ] as const) {
      app.post(
        `/api/v1/cubes/:name/${action}`,
        {
          config: { access: 'admin' },
          schema: {
            summary,
            description: 'What was touched is read from the raw rows in any case, so figures stay right.',
            tags: TAGS,
            params,
            response: { 204: z.null() },
          },
        },
        async ({ params: { name } }, reply) => {
          await cubesAdmin.setPaused(name, isPaused)
          return reply.code(204).send(null)
        },
      )
    }
  }
}

function statusAnswer(status: CubeStatus): CubesStatusAnswer['cubes'][number] {
  const { reason, lastComputedAt, rowsPerSecond, secondsLeft } = status
  return {
    ...status,
    reason: reason ?? null,
    lastComputedAt: lastComputedAt ?? null,
    rowsPerSecond: rowsPerSecond ?? null,
    secondsLeft: secondsLeft ?? null,
  }
}
