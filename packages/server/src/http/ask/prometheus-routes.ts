import { AppError, type ErrorCode } from '@almanac/core/errors.ts'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  BUILD_INFO,
  labels,
  labelValues,
  metadata,
  type PromAnswer,
  type PromDeps,
  type PromParameters,
  queryInstant,
  queryRange,
  series,
} from '../../prometheus/prom-api.ts'
import { postgresFailure } from '../postgres-failure.ts'
import { clientGone } from '../requests/client-gone.ts'
import { parseForm } from './form-body.ts'

export interface PrometheusDeps {
  readonly prometheus: PromDeps
}

const text = z.string().max(10_000).optional()
const Matches = z.union([z.string(), z.array(z.string()).max(50)]).optional()
const Parameters = z.object({
  query: text.describe('Such as `sum by (country) (web:hits{source="website"})`; metrics are called `cube:measure`.'),
  time: text,
  start: text.describe('Seconds since 1970 or RFC 3339.'),
  end: text,
  step: text.describe('Seconds, or a duration such as `1h`.'),
  limit: z.coerce.number().int().min(0).optional(),
  timezone: text.describe('Of days and longer buckets; without it the zone of the cube.'),
  metric: text,
  'match[]': Matches,
})
type Given = z.output<typeof Parameters>

const Answer = z.object({ status: z.literal('success'), data: z.unknown(), warnings: z.array(z.string()).optional() })

type Handle = (parameters: PromParameters, given: Given, signal: AbortSignal) => Promise<PromAnswer> | PromAnswer

/** Prometheus' HTTP API over the cubes: what Grafana's built-in data source asks for. */
export function prometheusRoutes({ prometheus }: PrometheusDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, parseForm)
    app.setErrorHandler(replyAsPrometheus)

    const add = (url: string, summary: string, handle: Handle, { post = true } = {}) => {
      const common = { summary, tags: ['Queries'], response: { 200: Answer } }
      const options = { config: { access: 'read' as const }, serializerCompiler: () => JSON.stringify }
      const answer = async (given: Given, reply: FastifyReply) => {
        const { data, warnings = [] } = await handle(parametersOf(given), given, clientGone(reply))
        return { status: 'success' as const, data, ...(warnings.length > 0 && { warnings: [...warnings] }) }
      }
      app.get(url, { ...options, schema: { ...common, querystring: Parameters } }, ({ query }, reply) =>
        answer(query, reply),
      )
      if (!post) return
      app.post(
        url,
        { ...options, schema: { ...common, querystring: Parameters, body: Parameters } },
        (request, reply) => answer({ ...request.query, ...request.body }, reply),
      )
    }

    const askRange: Handle = (parameters, _, signal) => queryRange(parameters, prometheus, signal)
    add('/api/v1/query_range', 'Ask in Prometheus’ language, over a range', askRange)
    add('/prometheus/api/v1/query_range', 'Prometheus: a range', askRange)
    add('/prometheus/api/v1/query', 'Prometheus: an instant', (parameters, _, signal) =>
      queryInstant(parameters, prometheus, signal),
    )
    add('/prometheus/api/v1/labels', 'Prometheus: names of labels', (parameters) => labels(parameters, prometheus))
    add('/prometheus/api/v1/series', 'Prometheus: series', (parameters, _, signal) =>
      series(parameters, prometheus, signal),
    )
    const readOnly = { post: false }
    add(
      '/prometheus/api/v1/metadata',
      'Prometheus: what metrics mean',
      (_, { metric }) => metadata(metric, prometheus),
      readOnly,
    )
    add('/prometheus/api/v1/status/buildinfo', 'Prometheus: which requests are answered', () => BUILD_INFO, readOnly)

    app.get(
      '/prometheus/api/v1/label/:name/values',
      {
        config: { access: 'read' },
        schema: {
          summary: 'Prometheus: values of a label',
          tags: ['Queries'],
          params: z.object({ name: z.string().max(200) }),
          querystring: Parameters,
          response: { 200: Answer },
        },
      },
      async ({ params, query }, reply) => {
        const { data } = await labelValues(params.name, parametersOf(query), prometheus, clientGone(reply))
        return { status: 'success' as const, data }
      },
    )
  }
}

function parametersOf({ 'match[]': matches, metric: _, ...parameters }: Given): PromParameters {
  return { ...parameters, matches: matches === undefined ? [] : typeof matches === 'string' ? [matches] : matches }
}

interface PromFailure {
  readonly status: number
  readonly errorType: string
}

const FAILURES: Partial<Record<ErrorCode, PromFailure>> = {
  unauthorized: { status: 401, errorType: 'unauthorized' },
  forbidden: { status: 403, errorType: 'forbidden' },
  too_many_requests: { status: 429, errorType: 'unavailable' },
  overloaded: { status: 503, errorType: 'unavailable' },
  engine_unavailable: { status: 503, errorType: 'unavailable' },
  query_timeout: { status: 503, errorType: 'timeout' },
  query_failed: { status: 422, errorType: 'execution' },
  too_large: { status: 422, errorType: 'execution' },
}
const BAD_DATA: PromFailure = { status: 400, errorType: 'bad_data' }

/** Errors in Prometheus' form, which its clients show; what nobody expected goes the way of all such errors. */
function replyAsPrometheus(
  raised: FastifyError | AppError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (reply.raw.destroyed) return reply.hijack()
  const error = postgresFailure(raised)
  if (!(error instanceof AppError)) {
    const status = 'statusCode' in raised ? (raised.statusCode ?? 500) : 500
    if (status >= 400 && status < 500) return sendFailure(reply, { ...BAD_DATA, status }, raised.message)
    request.log.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'request failed')
    const message = `something went wrong on our side; look for ${request.id} in the log of the server`
    return sendFailure(reply, { status: 500, errorType: 'internal' }, message)
  }
  const issues = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
  const said = error.code === 'invalid_request' && issues !== '' ? `${error.message}: ${issues}` : error.message
  return sendFailure(
    reply,
    FAILURES[error.code] ?? BAD_DATA,
    error.hint === undefined ? said : `${said}. ${error.hint}`,
  )
}

function sendFailure(reply: FastifyReply, { status, errorType }: PromFailure, error: string): FastifyReply {
  return reply.code(status).serializer(JSON.stringify).send({ status: 'error', errorType, error })
}
