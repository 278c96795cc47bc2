import swagger from '@fastify/swagger'
import type { FastifyInstance, FastifySchema } from 'fastify'
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { ErrorAnswer } from '../error-reply.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** For the API document alone, of a route that validates by hand. */
    documented?: FastifySchema
  }
  interface FastifySchema {
    summary?: string
    description?: string
    tags?: readonly string[]
    hide?: boolean
  }
}

const DESCRIPTION = `Almanac's HTTP interface: what the web pages, the command line and your own programs use.

Authenticate with an API key (\`Authorization: Bearer alm_…\`) whose scope fits the route: \`ingest\` sends events,
\`read\` asks questions, \`admin\` does both and manages. The web pages use the session cookie instead.

Every error has the same form: a code that never changes its meaning, a sentence, a hint, and the request's id.`

/** Builds the document from the schemas of the routes that are added after this. Read it with `app.swagger()`. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  const transform = createJsonSchemaTransform({})
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Almanac',
        version,
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', bearerFormat: 'alm_<prefix>_<secret>', description: 'An API key.' },
          session: { type: 'apiKey', in: 'cookie', name: 'almanac_session', description: 'Somebody who is logged in.' },
        },
      },
      tags: TAGS,
    },
    transform: (document) => {
      const { access, documented } = document.route.config ?? {}
      const schema = { ...document.schema, ...documented }
      const isHidden = schema.hide === true || schema.summary === undefined
      return transform({
        ...document,
        schema: isHidden
          ? { hide: true }
          : { ...schema, security: securityOf(access), response: { ...responses(schema), default: ErrorAnswer } },
      } as Parameters<typeof transform>[0])
    },
    transformObject: createJsonSchemaTransformObject({}),
  })
}

const TAGS = [
  { name: 'Events', description: 'Sending events.' },
  { name: 'Queries', description: 'Asking questions.' },
  { name: 'Dashboards', description: 'Boards, what their widgets show, and who sees them.' },
  { name: 'Cubes', description: 'What is kept ready for queries: how far, whether it is right, and made anew.' },
  { name: 'Endpoints', description: 'Figures in a form of their own, as the workspace defines them.' },
  { name: 'Metrics', description: 'Figures that other systems have computed.' },
  { name: 'Uploads', description: 'Tables out of files, brought once or fetched again and again.' },
  { name: 'Imports', description: 'Reading files of events; the command line speaks these routes.' },
  { name: 'Sources and keys', description: 'Who may send and ask.' },
  { name: 'Tracking links', description: 'Addresses that count clicks and the installs they lead to.' },
  { name: 'Visits and persons', description: 'What visits are made of, and who is who.' },
  { name: 'Accounts', description: 'People and their sessions.' },
  { name: 'Privacy', description: "One person's data: found, exported, erased." },
  { name: 'Operation', description: 'How the server is doing.' },
]

function securityOf(access: string | undefined): object[] {
  if (access === 'anyone') return []
  if (access === 'session') return [{ session: [] }]
  return access === 'ingest' ? [{ apiKey: [] }] : [{ apiKey: [] }, { session: [] }]
}

function responses({ response }: FastifySchema): object {
  return typeof response === 'object' && response !== null ? response : {}
}
