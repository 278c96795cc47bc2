import { GRAINS } from '@almanac/core/time/grain.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  ANNOTATIONS_METRIC,
  ANNOTATIONS_TARGET,
  annotationEvents,
  annotationTable,
  tagsIn,
} from '../../feeds/grafana-annotations.ts'
import { type GrafanaDeps, grafanaMetrics, grafanaTagKeys, grafanaTarget } from '../../feeds/grafana-answers.ts'
import { labelValues } from '../../prometheus/prom-api.ts'
import type { Principal } from '../access/access.ts'
import type { AnnotationDeps } from '../manage/boards/annotation-routes.ts'
import { viewerOf } from '../manage/boards/board-viewer.ts'
import { clientGone } from '../requests/client-gone.ts'
import type { PrometheusDeps } from './prometheus-routes.ts'

export interface GrafanaRouteDeps extends PrometheusDeps, Pick<AnnotationDeps, 'annotations'> {
  readonly grafana: GrafanaDeps
}

const tagsText = z.string().max(2000).transform(tagsIn)
const Payload = z
  .object({
    dimensions: z
      .union([z.array(z.string()), z.string().transform((text) => (text === '' ? [] : text.split(','))), z.null()])
      .optional()
      .transform((names) => names ?? []),
    grain: z.enum([...GRAINS, 'auto', '']).optional(),
    top: z.coerce.number().int().min(0).max(1000).optional(),
    timezone: z.string().max(100).optional(),
    tags: tagsText.optional(),
  })
  .transform(({ dimensions, grain, top, timezone, tags = [] }) => ({
    dimensions,
    tags,
    ...(grain && grain !== 'auto' && { grain }),
    ...(top && { top }),
    ...(timezone && { timezone }),
  }))

const instant = z.iso.datetime({ offset: true })
const Range = z.object({ from: instant, to: instant })
const Filters = z.array(z.object({ key: z.string(), operator: z.string(), value: z.string() })).max(50)
const QueryRequest = z.object({
  range: Range,
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

const AnnotationsRequest = z
  .object({
    range: Range,
    annotation: z
      .looseObject({ query: z.string().max(2000).nullish() })
      .optional()
      .describe('Comes back with each of them.'),
  })
  .meta({
    examples: [
      {
        range: { from: '2026-03-01T00:00:00.000Z', to: '2026-03-08T00:00:00.000Z' },
        annotation: { name: 'Deploys', enable: true, query: '#deploy' },
      },
    ],
  })

const MetricsRequest = z.object({ metric: z.string().optional() }).nullish()
const OptionsRequest = z.object({ metric: z.string().optional(), name: z.string().optional() })
const SearchRequest = z.object({ target: z.string().optional() }).nullish()
const TagValuesRequest = z.object({ key: z.string() })
const AnyAnswer = z.array(z.unknown())

/** For Grafana's JSON data source, whose plug-ins all speak this. */
export function grafanaRoutes({ grafana, prometheus, annotations }: GrafanaRouteDeps): FastifyPluginAsyncZod {
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

    const allMetrics = () => [...grafanaMetrics(grafana), ANNOTATIONS_METRIC]
    const metrics = (wanted: string | undefined) => allMetrics().filter(({ value }) => !wanted || value === wanted)
    const annotationsIn = ({ from, to }: z.output<typeof Range>, tags: string[], principal: Principal | undefined) =>
      annotations.list({ from: new Date(from), to: new Date(to), tags }, viewerOf(principal))
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
        allMetrics()
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
      async ({ body: { range, intervalMs, targets, adhocFilters }, principal }, reply) => {
        const signal = clientGone(reply)
        const request = { ...range, intervalMs, filters: adhocFilters }
        const asked = targets.filter(({ target, hide }) => target !== '' && hide !== true)
        const answers = await Promise.all(
          asked.map(async (target) =>
            target.target === ANNOTATIONS_TARGET
              ? [annotationTable(await annotationsIn(range, target.payload.tags, principal))]
              : grafanaTarget(target, request, grafana, signal),
          ),
        )
        return answers.flat()
      },
    )
    app.post(
      '/grafana/annotations',
      {
        config,
        schema: {
          summary: 'Grafana: annotations, for older plug-ins',
          description: 'What has to do with the range, of the tags in `annotation.query` (any of them) or of all.',
          tags,
          body: AnnotationsRequest,
          response,
        },
      },
      async (request) => {
        const { range, annotation } = request.body
        const found = await annotationsIn(range, tagsIn(annotation?.query ?? ''), request.principal)
        return annotationEvents(found, annotation)
      },
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
