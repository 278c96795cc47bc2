import { GRAINS } from '@almanac/core/time/grain.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type GrafanaDeps, grafanaMetrics, grafanaTagKeys, grafanaTarget } from '../../feeds/grafana-answers.ts'
import { labelValues } from '../../prometheus/prom-api.ts'
import { clientGone } from '../client-gone.ts'
import type { PrometheusDeps } from './prometheus-routes.ts'

export interface GrafanaRouteDeps extends PrometheusDeps {
  readonly grafana: GrafanaDeps
}

const Payload = z
  .object({
    dimensions: z
      .union([z.array(z.string()), z.string().transform((text) => (text === '' ? [] : text.split(','))), z.null()])
      .optional()
      .transform((names) => names ?? []),
    grain: z.enum([...GRAINS, 'auto', '']).optional(),
    top: z.coerce.number().int().min(0).max(1000).optional(),
    timezone: z.string().max(100).optional(),
  })
  .transform(({ dimensions, grain, top, timezone }) => ({
    dimensions,
    ...(grain && grain !== 'auto' && { grain }),
    ...(top && { top }),
    ...(timezone && { timezone }),
  }))

const Filters = z.array(z.object({ key: z.string(), operator: z.string(), value: z.string() })).max(50)
const QueryRequest = z.object({
  range: z.object({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) }),
  intervalMs: z.number().positive().default(3_600_000),
  targets: z
    .array(
      z.object({
        refId: z.string().optional(),
        target: z.string().default(''),
        type: z.string().optional(),
        hide: z.boolean().optional(),
        payload: z.preprocess((value) => (value === '' ? {} : (value ?? {})), Payload),
      }),
    )
    .max(50),
  adhocFilters: Filters.default([]),
})

const MetricsRequest = z.object({ metric: z.string().optional() }).nullish()
const OptionsRequest = z.object({ metric: z.string().optional(), name: z.string().optional() })
const SearchRequest = z.object({ target: z.string().optional() }).nullish()
const TagValuesRequest = z.object({ key: z.string() })
const AnyAnswer = z.array(z.unknown())

/** For Grafana's JSON data source, whose plug-ins all speak this. */
export function grafanaRoutes({ grafana, prometheus }: GrafanaRouteDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'read' } as const
    const tags = ['Queries']
    const response = { 200: AnyAnswer }

    app.get(
      '/grafana/',
      {
        config,
        schema: {
          summary: 'Grafana: test of the connection',
          tags,
          response: { 200: z.object({ status: z.string() }) },
        },
      },
      async () => ({ status: 'ok' }),
    )

    const metrics = (wanted: string | undefined) =>
      grafanaMetrics(grafana).filter(({ value }) => !wanted || value === wanted)
    app.post(
      '/grafana/metrics',
      { config, schema: { summary: 'Grafana: metrics and their options', tags, body: MetricsRequest, response } },
      async ({ body }) => metrics(body?.metric),
    )
    app.post(
      '/grafana/metric-payload-options',
      { config, schema: { summary: 'Grafana: values of an option', tags, body: OptionsRequest, response } },
      async ({ body }) => {
        const payloads = metrics(body.metric)[0]?.payloads ?? []
        const found = payloads.find((payload) => 'name' in payload && payload.name === body.name)
        return found && 'options' in found && Array.isArray(found.options) ? found.options : []
      },
    )
    app.post(
      '/grafana/search',
      { config, schema: { summary: 'Grafana: metrics, for older plug-ins', tags, body: SearchRequest, response } },
      async ({ body }) =>
        grafanaMetrics(grafana)
          .map(({ value }) => value)
          .filter((value) => value.includes(body?.target ?? '')),
    )
    app.post(
      '/grafana/query',
      {
        config,
        schema: { summary: 'Grafana: series and tables', tags, body: QueryRequest, response },
        serializerCompiler: () => JSON.stringify,
      },
      async ({ body: { range, intervalMs, targets, adhocFilters } }, reply) => {
        const signal = clientGone(reply)
        const request = { ...range, intervalMs, filters: adhocFilters }
        const asked = targets.filter(({ target, hide }) => target !== '' && hide !== true)
        const answers = await Promise.all(asked.map((target) => grafanaTarget(target, request, grafana, signal)))
        return answers.flat()
      },
    )
    app.post(
      '/grafana/annotations',
      { config, schema: { summary: 'Grafana: annotations, of which there are none yet', tags, response } },
      async () => [],
    )
    app.post(
      '/grafana/tag-keys',
      { config, schema: { summary: 'Grafana: dimensions to filter on', tags, response } },
      async () => grafanaTagKeys(grafana).map((text) => ({ type: 'string', text })),
    )
    app.post(
      '/grafana/tag-values',
      { config, schema: { summary: 'Grafana: values of a dimension', tags, body: TagValuesRequest, response } },
      async ({ body: { key } }, reply) => {
        const { data } = await labelValues(key, { matches: [] }, prometheus, clientGone(reply))
        return (data as string[]).map((text) => ({ text }))
      },
    )
  }
}
