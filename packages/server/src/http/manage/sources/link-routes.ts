import { trackingUrl } from '@almanac/core/links/tracking-url.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ENVIRONMENTS } from '../../../accounts/keys/api-key.ts'
import { CHOSEN_CODE } from '../../../attribution/link-code.ts'
import type { LinkFigures } from '../../../attribution/link-figures.ts'
import { targetProblem, writtenTarget } from '../../../attribution/redirect-address.ts'
import type { TrackingLink } from '../../../attribution/tracking-link.ts'
import type { TrackingLinks } from '../../../attribution/tracking-links.ts'
import { publicBase } from '../../public-base.ts'

export interface LinkDeps {
  readonly links: TrackingLinks
  /** Where people reach the server, when that is not the Host header's name. */
  readonly publicUrl?: string | undefined
}

const text = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength)
    .transform((value) => value.toWellFormed().replaceAll('\0', '\ufffd'))
const level = text(200)
const code = z.string().regex(CHOSEN_CODE, 'expected 3 to 50 letters, digits, - and _, such as spring-sale')
const target = z
  .string()
  .max(2000)
  .transform(writtenTarget)
  .superRefine((value, context) => {
    const problem = targetProblem(value)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
  })
  .describe('Where the link leads, with placeholders such as {click_id}, {campaign} or the name of any parameter.')

const RESERVED = new Set(['click_id', 'network_click_id', 'link', 'network', 'campaign', 'adgroup', 'creative'])
const parameters = z
  .record(
    z.string().regex(/^[A-Za-z][\w.-]{0,99}$/, 'expected a name of letters, digits, ., - and _, such as publisher_id'),
    text(500),
  )
  .superRefine((values, context) => {
    const names = Object.keys(values)
    if (names.length > 50) context.addIssue({ code: 'custom', message: `expected at most 50, got ${names.length}` })
    for (const name of names.filter((name) => RESERVED.has(name))) {
      context.addIssue({ code: 'custom', path: [name], message: 'this name has a meaning of its own; choose another' })
    }
  })
  .describe("Properties of every click. A value such as {site_id} is left to the ad network's own placeholder.")

const fields = { label: text(200), target, network: level, campaign: level, adgroup: level, creative: level }
const NewLinkRequest = z
  .strictObject({
    code: code.optional().describe('The end of its address; left out, one is made.'),
    source: z.string().max(63).describe('What its clicks belong to, and where its installs are looked for.'),
    environment: z.enum(ENVIRONMENTS).default('production'),
    ...fields,
    label: fields.label.default('').describe('For people.'),
    network: level.default(''),
    campaign: level.default(''),
    adgroup: level.default(''),
    creative: level.default(''),
    parameters: parameters.default({}),
  })
  .meta({
    examples: [
      {
        source: 'game',
        target: 'https://play.google.com/store/apps/details?id=com.example.game',
        network: 'Newsletter',
        campaign: 'Spring',
      },
    ],
  })
const LinkChangeRequest = z
  .strictObject({ ...fields, parameters, archived: z.boolean().describe('False brings an archived link back.') })
  .partial()

const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .transform((text) => Date.parse(text))
  .describe('An instant, or the day in UTC that begins then.')
const LinksRequest = z.object({
  source: z.string().max(63).optional(),
  from: moment.optional().describe('Of clicks and installs; included. Left out: from the first.'),
  to: moment.optional().describe('Not included. Left out: to the last.'),
  archived: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true')
    .describe('Archived links too.'),
})

const count = z.int().min(0)
const LinkAnswer = z.object({
  code: z.string(),
  url: z.string().describe('The address to give away.'),
  target: z.string(),
  source: z.string(),
  environment: z.enum(ENVIRONMENTS),
  label: z.string(),
  network: z.string(),
  campaign: z.string(),
  adgroup: z.string(),
  creative: z.string(),
  parameters: z.record(z.string(), z.string()),
  createdAt: z.iso.datetime(),
  archivedAt: z.iso.datetime().nullable(),
  clicks: count.describe('Bots and prefetching browsers left out.'),
  uniqueClicks: count.describe('By address and user agent of a day.'),
  installs: count.describe('By the click id that they bring back within seven days, else by the names of the channel.'),
})

const TAGS = ['Tracking links']
const linkOf = z.object({ link: LinkAnswer })
const byCode = z.object({ code: z.string().max(50) })

export function linkRoutes({ links, publicUrl }: LinkDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const answerOf = (request: FastifyRequest, link: TrackingLink, figures: LinkFigures = NO_FIGURES) =>
      linkAnswer(publicBase(publicUrl, request), link, figures)

    app.get(
      '/api/v1/links',
      {
        config: { access: 'read' },
        schema: {
          summary: 'List the tracking links with their clicks and installs',
          tags: TAGS,
          querystring: LinksRequest,
          response: { 200: z.object({ links: z.array(LinkAnswer) }) },
        },
      },
      async (request) => {
        const { source, from, to, archived } = request.query
        const [all, figures] = await Promise.all([
          links.list(source),
          links.figures(source, { fromMs: from, toMs: to }),
        ])
        const shown = all.filter(({ archivedAt }) => archived || archivedAt === null)
        return { links: shown.map((link) => answerOf(request, link, figures.get(link.code))) }
      },
    )

    app.post(
      '/api/v1/links',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Make a tracking link',
          description: 'An address that counts whoever follows it and sends them on, `/l/<code>`.',
          tags: TAGS,
          body: NewLinkRequest,
          response: { 201: linkOf },
        },
      },
      async (request, reply) => reply.code(201).send({ link: answerOf(request, await links.create(request.body)) }),
    )

    app.patch(
      '/api/v1/links/:code',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Change a tracking link',
          description: 'Whoever follows it from now on; clicks that were counted stay as they are.',
          tags: TAGS,
          params: byCode,
          body: LinkChangeRequest,
          response: { 200: linkOf },
        },
      },
      async (request) => {
        const link = await links.update(request.params.code, definedOnly(request.body))
        const figures = await links.figures(link.source, {})
        return { link: answerOf(request, link, figures.get(link.code)) }
      },
    )

    app.delete(
      '/api/v1/links/:code',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Archive a tracking link',
          description:
            'Its address leads nowhere from then on. Its figures stay, and its code is not given away again.',
          tags: TAGS,
          params: byCode,
          response: { 204: z.undefined() },
        },
      },
      async (request, reply) => {
        await links.update(request.params.code, { archived: true })
        return reply.code(204).send(undefined)
      },
    )
  }
}

/** Of a link that was made just now. */
const NO_FIGURES: LinkFigures = { clicks: 0, uniqueClicks: 0, installs: 0 }

function linkAnswer(baseUrl: string, link: TrackingLink, figures: LinkFigures): z.output<typeof LinkAnswer> {
  return {
    ...link,
    ...figures,
    url: trackingUrl(baseUrl, link),
    createdAt: link.createdAt.toISOString(),
    archivedAt: link.archivedAt?.toISOString() ?? null,
  }
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }

function definedOnly<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>
}
