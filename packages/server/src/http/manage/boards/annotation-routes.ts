import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { SLUG } from '../../../boards/addresses/slug.ts'
import type { Annotation } from '../../../boards/annotations/annotation-store.ts'
import type { Annotations } from '../../../boards/annotations/annotations.ts'
import { viewerOf } from './board-viewer.ts'

export interface AnnotationDeps {
  readonly annotations: Annotations
  readonly now: () => number
}

const FAR_MS = Date.UTC(10_000, 0)
const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((date) => Math.abs(date.getTime()) < FAR_MS, 'expected a year up to 9999')
const slug = z.string().regex(SLUG, 'expected the address of a board')
const tag = z.string().trim().min(1).max(100)
const fields = {
  at: instant.describe('When it happened, or began.'),
  until: instant.nullable().describe('Not included; null: it was a moment.'),
  title: z.string().trim().min(1).max(500),
  text: z.string().max(5000),
  tags: z.array(tag).max(20).describe('A board can be told to show those with some tags alone.'),
  board: slug.nullable().describe('The only board that shows it; null: all boards.'),
}

const AnnotationAnswer = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    until: z.iso.datetime().nullable(),
    title: z.string(),
    text: z.string(),
    tags: z.array(z.string()),
    board: z.string().nullable(),
    by: z.string().nullable().describe('Who entered it; null: somebody who is gone.'),
  })
  .meta({ id: 'Annotation' })

const NewAnnotationBody = z
  .strictObject({
    ...fields,
    at: fields.at.optional().describe('By default now.'),
    until: fields.until.default(null),
    text: fields.text.default(''),
    tags: fields.tags.default([]),
    board: fields.board.default(null),
  })
  .meta({ examples: [{ title: 'Deploy 1.4', tags: ['deploy'] }] })
const ChangeBody = z.strictObject(fields).partial()

const SearchQuery = z.object({
  from: instant.optional(),
  to: instant.optional().describe('Not included.'),
  tags: z
    .string()
    .max(2000)
    .transform((text) => text.split(',').map((one) => one.trim()))
    .pipe(z.array(tag).max(20))
    .optional()
    .describe('With commas between; any of them.'),
  board: slug.optional().describe('Those for all boards, and those for this one.'),
})
const byId = z.object({ id: z.uuid() })
const tags = ['Dashboards']

export function annotationRoutes({ annotations, now }: AnnotationDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/v1/annotations',
      {
        config: { access: 'read' },
        schema: {
          summary: 'List what happened when',
          description: 'What has to do with any moment of the range, in the order of time; the latest 1,000 of it.',
          tags,
          querystring: SearchQuery,
          response: { 200: z.object({ annotations: z.array(AnnotationAnswer) }) },
        },
      },
      async ({ query, principal }) => ({
        annotations: (await annotations.list(query, viewerOf(principal))).map(annotationAnswer),
      }),
    )

    app.post(
      '/api/v1/annotations',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Say that something happened',
          description: 'Such as a deploy, from the script that makes it: with an API key whose scope is admin.',
          tags,
          body: NewAnnotationBody,
          response: { 201: AnnotationAnswer },
        },
      },
      async ({ body: { at = new Date(now()), ...rest }, principal }, reply) =>
        reply.code(201).send(annotationAnswer(await annotations.make({ at, ...rest }, viewerOf(principal)))),
    )

    app.patch(
      '/api/v1/annotations/:id',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Change an annotation',
          tags,
          params: byId,
          body: ChangeBody,
          response: { 200: AnnotationAnswer },
        },
      },
      async ({ params: { id }, body, principal }) =>
        annotationAnswer(await annotations.change(id, defined(body), viewerOf(principal))),
    )

    app.delete(
      '/api/v1/annotations/:id',
      {
        config: { access: 'edit' },
        schema: { summary: 'Delete an annotation', tags, params: byId, response: { 204: z.undefined() } },
      },
      async ({ params: { id }, principal }, reply) => {
        await annotations.remove(id, viewerOf(principal))
        return reply.code(204).send(undefined)
      },
    )
  }
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }

/** What is not said stays as it is. */
function defined<T extends object>(change: T): Defined<T> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Defined<T>
}

function annotationAnswer({ at, until, tags, ...rest }: Annotation): z.output<typeof AnnotationAnswer> {
  return { ...rest, at: at.toISOString(), until: until?.toISOString() ?? null, tags: [...tags] }
}
