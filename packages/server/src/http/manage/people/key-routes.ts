import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type ApiKey, ENVIRONMENTS, KEY_SCOPES } from '../../../accounts/keys/api-key.ts'
import type { NewKey } from '../../../accounts/keys/key-store.ts'

export interface KeyDeps {
  readonly listKeys: () => Promise<readonly ApiKey[]>
  readonly createKey: (key: NewKey, createdBy: string | undefined) => Promise<{ key: ApiKey; secret: string }>
  readonly revokeKey: (id: string) => Promise<void>
}

const instant = z.iso.datetime().nullable()
const KeyAnswer = z.object({
  id: z.string(),
  prefix: z.string().describe('The public part of the key, after alm_.'),
  name: z.string(),
  scopes: z.array(z.enum(KEY_SCOPES)),
  source: z.string().nullable(),
  environment: z.enum(ENVIRONMENTS).nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: instant,
  lastUsedAt: instant.describe('To the minute.'),
  revokedAt: instant,
})
const NewKeyRequest = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    scopes: z.array(z.enum(KEY_SCOPES)).min(1),
    source: z.string().max(63).optional().describe('What an ingest key writes to.'),
    environment: z
      .enum(ENVIRONMENTS)
      .optional()
      .describe('Left out: each event says it, production being the default.'),
    expiresAt: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(({ scopes, source }) => !scopes.includes('ingest') || source !== undefined, {
    path: ['source'],
    message: 'expected the source that a key with the scope ingest writes to',
  })
  .meta({ examples: [{ name: 'website', scopes: ['ingest'], source: 'website' }] })

export function keyRoutes({ listKeys, createKey, revokeKey }: KeyDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/v1/keys',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'List the API keys',
          description: 'Revoked ones too. The secrets are not kept and cannot be shown.',
          tags: ['Sources and keys'],
          response: { 200: z.object({ keys: z.array(KeyAnswer) }) },
        },
      },
      async () => ({ keys: (await listKeys()).map(keyAnswer) }),
    )

    app.post(
      '/api/v1/keys',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Make an API key',
          description: 'The secret is in this answer and nowhere else.',
          tags: ['Sources and keys'],
          body: NewKeyRequest,
          response: { 201: z.object({ key: KeyAnswer, secret: z.string() }) },
        },
      },
      async ({ body: { expiresAt, ...body }, principal }, reply) => {
        const createdBy = principal?.kind === 'user' ? principal.user.id : undefined
        const expiry = expiresAt === undefined ? undefined : new Date(expiresAt)
        const { key, secret } = await createKey({ ...body, expiresAt: expiry }, createdBy)
        return reply.code(201).send({ key: keyAnswer(key), secret })
      },
    )

    app.delete(
      '/api/v1/keys/:id',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Revoke an API key',
          description: 'It stops working within about a second and stays in the list.',
          tags: ['Sources and keys'],
          params: z.object({ id: z.uuid() }),
          response: { 204: z.undefined() },
        },
      },
      async ({ params: { id } }, reply) => {
        await revokeKey(id)
        return reply.code(204).send(undefined)
      },
    )
  }
}

function keyAnswer({ id, prefix, name, scopes, source, environment, ...times }: ApiKey): z.output<typeof KeyAnswer> {
  return {
    id,
    prefix,
    name,
    scopes: [...scopes],
    source,
    environment,
    createdAt: times.createdAt.toISOString(),
    expiresAt: times.expiresAt?.toISOString() ?? null,
    lastUsedAt: times.lastUsedAt?.toISOString() ?? null,
    revokedAt: times.revokedAt?.toISOString() ?? null,
  }
}
