import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { ShareLink } from '../../../sharing/share-link.ts'
import type { ShareLinks } from '../../../sharing/share-links.ts'
import { publicBase } from '../../public-base.ts'
import { BoardSlug } from './board-routes.ts'
import { viewerOf } from './board-viewer.ts'

export interface ShareLinkDeps {
  readonly shareLinks: ShareLinks
  readonly publicUrl?: string | undefined
}

const ShareLinkAnswer = z
  .object({
    id: z.string(),
    label: z.string(),
    hasPassword: z.boolean(),
    allow: z.array(z.string()).describe('What its reader may choose: range, grain, compare, names of variables.'),
    timezone: z.string(),
    createdBy: z.string().nullable().describe('Null: somebody who is gone.'),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    lastUsedAt: z.iso.datetime().nullable().describe('To about a minute.'),
  })
  .meta({ id: 'ShareLink' })
const NewShareLinkRequest = z
  .strictObject({
    label: z
      .string()
      .trim()
      .max(200)
      .refine((text) => !text.includes('\0'), 'expected a text without NUL')
      .default('')
      .describe('For whom it is.'),
    password: z.string().min(6, 'expected a password of at least 6 characters').max(1024).optional(),
    expiresAt: z.iso.datetime({ offset: true }).optional(),
    allow: z
      .array(z.string().max(40))
      .max(30)
      .default([])
      .describe('What its reader may choose: range, grain, compare, names of variables. All else is as on the board.'),
    timezone: z.string().max(100).default('UTC').describe('Of days, where neither the board nor the reader says it.'),
  })
  .meta({ examples: [{ label: 'For our investors', allow: ['range'], expiresAt: '2027-01-01T00:00:00Z' }] })

const TAGS = ['Dashboards']
const bySlug = z.object({ slug: BoardSlug })

export function shareLinkRoutes({ shareLinks, publicUrl }: ShareLinkDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/v1/boards/:slug/links',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'List the links of a board',
          description: 'Also those whose time is over. Their tokens are not kept and cannot be shown.',
          tags: TAGS,
          params: bySlug,
          response: { 200: z.object({ links: z.array(ShareLinkAnswer) }) },
        },
      },
      async ({ params: { slug }, principal }) => ({
        links: (await shareLinks.list(slug, viewerOf(principal))).map(shareLinkAnswer),
      }),
    )

    app.post(
      '/api/v1/boards/:slug/links',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Share a board by a link',
          description:
            'Whoever has the address sees the board without an account. The token is in this answer and nowhere else.',
          tags: TAGS,
          params: bySlug,
          body: NewShareLinkRequest,
          response: {
            201: z.object({
              link: ShareLinkAnswer,
              token: z.string(),
              path: z.string().describe('Of its page.'),
              embedPath: z.string().describe('Of its page for frames inside of other pages.'),
              url: z.string().describe('The whole address of its page, to be sent.'),
            }),
          },
        },
      },
      async (request, reply) => {
        const { allow, expiresAt, ...body } = request.body
        const { link, token } = await shareLinks.make(
          request.params.slug,
          {
            ...body,
            allowed: [...new Set(allow)],
            expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt),
          },
          viewerOf(request.principal),
        )
        const path = `/public/${token}`
        const url = publicBase(publicUrl, request) + path
        return reply.code(201).send({ link: shareLinkAnswer(link), token, path, embedPath: `/embed/${token}`, url })
      },
    )

    app.delete(
      '/api/v1/boards/:slug/links/:id',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'End a link',
          description: 'At once, also where it is open.',
          tags: TAGS,
          params: bySlug.extend({ id: z.uuid() }),
          response: { 204: z.undefined() },
        },
      },
      async ({ params: { slug, id }, principal }, reply) => {
        await shareLinks.remove(slug, id, viewerOf(principal))
        return reply.code(204).send(undefined)
      },
    )
  }
}

function shareLinkAnswer({ allowed, ...link }: ShareLink): z.output<typeof ShareLinkAnswer> {
  return {
    id: link.id,
    label: link.label,
    hasPassword: link.hasPassword,
    allow: [...allowed],
    timezone: link.timezone,
    createdBy: link.createdBy,
    createdAt: link.createdAt.toISOString(),
    expiresAt: link.expiresAt?.toISOString() ?? null,
    lastUsedAt: link.lastUsedAt?.toISOString() ?? null,
  }
}
