import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { buildTestApp, type TestApp } from '../test-app.ts'

const Operation = z.looseObject({
  summary: z.string().min(5),
  tags: z.array(z.string()).length(1),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z
    .array(z.looseObject({ name: z.string(), in: z.enum(['path', 'query']), schema: z.looseObject({}) }))
    .optional(),
  responses: z.record(
    z.string().regex(/^(\d{3}|default)$/),
    z.looseObject({
      description: z.string(),
      content: z.record(z.string(), z.looseObject({ schema: z.unknown() })).optional(),
    }),
  ),
})
const Document = z.looseObject({
  openapi: z.literal('3.1.0'),
  info: z.looseObject({ title: z.literal('Almanac'), version: z.string(), description: z.string() }),
  paths: z.record(
    z.string().startsWith('/'),
    z
      .record(z.enum(['get', 'post', 'put', 'patch', 'delete']), Operation)
      .or(z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), Operation)),
  ),
  components: z.looseObject({
    schemas: z.record(z.string(), z.unknown()),
    securitySchemes: z.record(z.string(), z.unknown()),
  }),
  tags: z.array(z.object({ name: z.string(), description: z.string() })),
})

let tested: TestApp
let document: z.output<typeof Document>
beforeAll(async () => {
  tested = await buildTestApp()
  document = Document.parse((await tested.app.inject('/api/v1/openapi.json')).json())
})
afterAll(() => tested.app.close())

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

test('every route but those of web pages and scripts is in the document', () => {
  const routes =
    tested.app.printRoutes({ commonPrefix: false, includeMeta: false }).match(/\((GET|POST|PUT|PATCH|DELETE)/g) ?? []

  expect(operations().map(({ path, method }) => `${method} ${path}`)).toContain('post /v1/events')
  // The web pages are one GET route, and the browser scripts another. Of wildcards, the table prints only one.
  expect(operations()).toHaveLength(routes.length + sharedPaths() - 2)
})

test('each reference leads to something that is there', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]

  expect(references.length).toBeGreaterThan(20)
  for (const [, name = ''] of references) expect(document.components.schemas).toHaveProperty(name)
})

test('the parameters in a path are declared', () => {
  for (const { path, operation } of operations()) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const declared = operation.parameters?.filter((parameter) => parameter.in === 'path').map(({ name }) => name) ?? []
    expect(declared, path).toEqual(inPath)
  }
})

test('each operation says how it fails and which tag it belongs to', () => {
  const tags = document.tags.map(({ name }) => name)
  for (const { path, operation } of operations()) {
    expect(JSON.stringify(operation.responses.default), path).toContain('#/components/schemas/Error')
    expect(tags).toContain(operation.tags[0])
  }
})

test('what needs a credential says so', () => {
  const security = (path: string, method: 'get' | 'post') => document.paths[path]?.[method]?.security

  expect(security('/healthz', 'get')).toEqual([])
  expect(security('/v1/events', 'post')).toEqual([{ apiKey: [] }])
  expect(security('/api/v1/query', 'post')).toEqual([{ apiKey: [] }, { session: [] }])
  expect(Object.keys(document.components.securitySchemes)).toEqual(['apiKey', 'session'])
})

/** The table prints the methods of one path in one line. */
function sharedPaths(): number {
  const lines = tested.app.printRoutes({ commonPrefix: false }).split('\n')
  return lines.reduce(
    (sum, line) => sum + Math.max(0, (line.match(/\b(GET|POST|PUT|PATCH|DELETE)\b/g)?.length ?? 0) - 1),
    0,
  )
}
