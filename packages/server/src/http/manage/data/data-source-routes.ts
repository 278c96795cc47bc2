import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { DataSource, DataSources } from '../../../data-sources/data-sources.ts'
import { principalName } from '../../access/principal-name.ts'

export interface DataSourceDeps {
  readonly dataSources: DataSources
}

const name = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,39}$/,
    'expected a name of lower case letters, digits, - and _, such as paying-customers',
  )
const Parameters = z.record(
  z.string().regex(/^[A-Za-z_]\w{0,99}$/, 'expected a name of letters, digits and _'),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
)
const withoutNul = (text: string) => !text.includes('\0')
const DataSourceBody = z
  .strictObject({
    label: z.string().trim().max(200).refine(withoutNul, 'expected a text without NUL').default(''),
    sql: z.string().trim().min(1).max(100_000).refine(withoutNul, 'expected a statement without NUL'),
    parameters: Parameters.default({}).describe('Values by name, where a board has none of that name.'),
  })
  .meta({
    examples: [
      {
        label: 'Paying customers',
        sql: `SELECT dateTrunc({grain:String}, occurred_at, {timezone:String}) AS time, uniq(user_id) AS customers
FROM events WHERE name = 'payment' AND occurred_at >= {from:DateTime} AND occurred_at < {to:DateTime}
GROUP BY time ORDER BY time`,
      },
    ],
  })
const DataSourceAnswer = z.object({
  name: z.string(),
  label: z.string(),
  sql: z.string(),
  parameters: Parameters,
  updatedBy: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})

const TAGS = ['Dashboards']
const byName = z.object({ name })

export function dataSourceRoutes({ dataSources }: DataSourceDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/v1/data-sources',
      {
        config: { access: 'read' },
        schema: {
          summary: 'List the saved statements',
          description: 'Statements of ClickHouse that widgets use by name.',
          tags: TAGS,
          response: { 200: z.object({ dataSources: z.array(DataSourceAnswer) }) },
        },
      },
      async () => ({ dataSources: (await dataSources.list()).map(dataSourceAnswer) }),
    )

    app.put(
      '/api/v1/data-sources/:name',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Save a statement by name',
          description: 'Makes it or replaces it, at once for every widget that names it.',
          tags: TAGS,
          params: byName,
          body: DataSourceBody,
          response: {
            200: z.object({ dataSource: DataSourceAnswer }),
            201: z.object({ dataSource: DataSourceAnswer }),
          },
        },
      },
      async ({ params: { name }, body, principal }, reply) => {
        const label = body.label || name
        const { source, isNew } = await dataSources.save({ ...body, name, label }, principalName(principal))
        return reply.code(isNew ? 201 : 200).send({ dataSource: dataSourceAnswer(source) })
      },
    )

    app.delete(
      '/api/v1/data-sources/:name',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Remove a saved statement',
          description: 'Widgets that still name it say so.',
          tags: TAGS,
          params: byName,
          response: { 204: z.undefined() },
        },
      },
      async ({ params: { name } }, reply) => {
        await dataSources.remove(name)
        return reply.code(204).send(undefined)
      },
    )
  }
}

function dataSourceAnswer({ createdAt, updatedAt, ...source }: DataSource): z.output<typeof DataSourceAnswer> {
  const parameters = source.parameters as z.output<typeof Parameters>
  return { ...source, parameters, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() }
}
