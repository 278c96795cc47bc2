import { NAME, NAME_TEXT } from '@almanac/core/cubes/names.ts'
import { AppError } from '@almanac/core/errors.ts'
import { isTimeZone } from '@almanac/core/time/moment.ts'
import { UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import { LOAD_MODES } from '@almanac/core/uploads/upload-load.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Refreshes } from '../../../uploads/refresh/refreshes.ts'
import type { ProposeRequest, Uploads } from '../../../uploads/uploads.ts'
import { principalName } from '../../access/principal-name.ts'
import {
  FileAnswer,
  fileAnswer,
  LoadAnswer,
  loadAnswer,
  ProposalAnswer,
  UploadAnswer,
  uploadAnswer,
  WholeUploadAnswer,
  wholeUploadAnswer,
} from './upload-answers.ts'

/** Tables out of files: proposed, confirmed, loaded again, fetched on a schedule, removed. The files come by `upload-file-routes.ts`. */
export interface UploadDeps {
  readonly uploads: Uploads
  readonly uploadRefreshes: Refreshes
}

export const UploadName = z.string().regex(NAME, `expected ${NAME_TEXT}`)
export const timezone = z
  .string()
  .refine(isTimeZone, 'expected a time zone such as Europe/Berlin')
  .default('UTC')
  .describe('Of times in the file that do not say theirs.')
export const mode = z
  .enum(LOAD_MODES)
  .describe('replace: these rows instead of those before; append: beside them; upsert: by the key columns.')

const headers = z.record(
  z
    .string()
    .regex(/^[A-Za-z0-9-]{1,100}$/, 'expected the name of a header')
    .refine(
      (name) => !/^(host|content-length|transfer-encoding|connection|upgrade|te|trailer)$/i.test(name),
      'expected a header that may be set',
    ),
  z
    .string()
    .max(8000)
    .regex(/^[\t\x20-\x7e]*$/, 'expected printable ASCII'),
)
const Refresh = z.strictObject({
  url: z.string().max(4000),
  everyMinutes: z
    .int()
    .min(1)
    .max(7 * 24 * 60)
    .default(30),
  headers: headers.optional().describe('Kept encrypted and never shown. Absent: as they were.'),
})
const FromUrl = Refresh.extend({ name: UploadName, label: z.string().trim().min(1).max(100).optional(), timezone })
const Definition = z.strictObject({
  definition: UploadDefinition,
  mode: mode.default('replace'),
  file: z.uuid().optional().describe('To be loaded by it. Absent: the files that the table is made of are read again.'),
})
const NewLoad = z.strictObject({ file: z.uuid(), mode: mode.optional() })

export const UPLOAD_TAGS = ['Uploads']
const byName = z.object({ name: UploadName })

export function uploadRoutes({ uploads, uploadRefreshes: refreshes }: UploadDeps): FastifyPluginAsyncZod {
  const whole = async (name: string) => wholeUploadAnswer(await uploads.find(name), await refreshes.find(name))

  return async (app) => {
    app.get(
      '/api/v1/uploads',
      {
        config: { access: 'read' },
        schema: {
          summary: 'List the uploads',
          tags: UPLOAD_TAGS,
          response: { 200: z.object({ uploads: z.array(UploadAnswer) }) },
        },
      },
      async () => {
        const [list, byName] = await Promise.all([uploads.list(), refreshes.list()])
        return { uploads: list.map((upload) => uploadAnswer(upload, byName.get(upload.name))) }
      },
    )

    app.post(
      '/api/v1/uploads/from-url',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Bring a file from an address',
          description:
            'Fetches it now, proposes how to read it, and fetches it again and again once that was confirmed.',
          tags: UPLOAD_TAGS,
          body: FromUrl,
          response: { 201: z.object({ upload: UploadAnswer, file: FileAnswer, proposal: ProposalAnswer }) },
        },
      },
      async ({ body: { timezone, label, ...body }, principal }, reply) => {
        if ((await uploads.list()).some(({ name, definition }) => name === body.name && definition)) {
          throw new AppError('conflict', `There is an upload ${body.name} already`, {
            hint: `Let its files come from there with PUT /api/v1/uploads/${body.name}/refresh.`,
          })
        }
        const file = await refreshes.fetchFirst({ ...body, label: label ?? body.name, by: principalName(principal) })
        const { proposal } = await firstProposal(uploads, body.name, { file: file.id, timezone })
        const upload = uploadAnswer(await uploads.find(body.name), await refreshes.find(body.name))
        return reply.code(201).send({ upload, file: fileAnswer(file), proposal: proposalAnswer(proposal) })
      },
    )

    app.get(
      '/api/v1/uploads/:name',
      {
        config: { access: 'read' },
        schema: {
          summary: 'Show an upload',
          description: 'With its definition, its files and what became of them.',
          tags: UPLOAD_TAGS,
          params: byName,
          response: { 200: z.object({ upload: WholeUploadAnswer }) },
        },
      },
      async ({ params: { name } }) => ({ upload: await whole(name) }),
    )

    app.get(
      '/api/v1/uploads/:name/proposal',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Propose how a file is read',
          tags: UPLOAD_TAGS,
          params: byName,
          querystring: z.strictObject({
            file: z.uuid().optional().describe('By default the newest.'),
            sheet: z.string().max(200).optional(),
            hasHeader: z.stringbool().optional(),
            timezone,
          }),
          response: { 200: z.object({ file: FileAnswer, proposal: ProposalAnswer }) },
        },
      },
      async ({ params: { name }, query }) => {
        const { file, proposal } = await uploads.propose(name, query)
        return { file: fileAnswer(file), proposal: proposalAnswer(proposal) }
      },
    )

    app.put(
      '/api/v1/uploads/:name/definition',
      {
        config: { access: 'edit' },
        bodyLimit: 4 * 1024 * 1024,
        schema: {
          summary: 'Say how the files of an upload are read',
          description: 'Makes the table and the cube. Readers see the old one until the new one is whole.',
          tags: UPLOAD_TAGS,
          params: byName,
          body: Definition,
          response: { 200: z.object({ upload: WholeUploadAnswer }) },
        },
      },
      async ({ params: { name }, body, principal }) => {
        await uploads.define(name, { ...body, by: principalName(principal) })
        return { upload: await whole(name) }
      },
    )

    app.post(
      '/api/v1/uploads/:name/loads',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Load a file that is there',
          tags: UPLOAD_TAGS,
          params: byName,
          body: NewLoad,
          response: { 201: z.object({ load: LoadAnswer }) },
        },
      },
      async ({ params: { name }, body, principal }, reply) => {
        const load = await uploads.load(name, { ...body, by: principalName(principal) })
        return reply.code(201).send({ load: loadAnswer(load) })
      },
    )

    app.put(
      '/api/v1/uploads/:name/refresh',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Fetch the file again and again',
          tags: UPLOAD_TAGS,
          params: byName,
          body: Refresh,
          response: { 200: z.object({ upload: WholeUploadAnswer }) },
        },
      },
      async ({ params: { name }, body }) => {
        await refreshes.follow(name, body)
        return { upload: await whole(name) }
      },
    )

    app.post(
      '/api/v1/uploads/:name/refresh',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Fetch the file now',
          tags: UPLOAD_TAGS,
          params: byName,
          response: { 200: z.object({ result: z.enum(['changed', 'same']), upload: WholeUploadAnswer }) },
        },
      },
      async ({ params: { name } }) => ({ result: await refreshes.refresh(name), upload: await whole(name) }),
    )

    app.delete(
      '/api/v1/uploads/:name/refresh',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Fetch the file no more',
          description: 'The rows stay.',
          tags: UPLOAD_TAGS,
          params: byName,
          response: { 204: z.undefined() },
        },
      },
      async ({ params: { name } }, reply) => {
        await refreshes.forget(name)
        return reply.code(204).send(undefined)
      },
    )

    app.delete(
      '/api/v1/uploads/:name',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Remove an upload',
          description: 'With its rows, its cube and its raw files. Widgets that still ask for it say so.',
          tags: UPLOAD_TAGS,
          params: byName,
          response: { 204: z.undefined() },
        },
      },
      async ({ params: { name } }, reply) => {
        await uploads.remove(name)
        return reply.code(204).send(undefined)
      },
    )
  }
}

/** Lists that may be written to are what the schema wants. */
export const proposalAnswer = (proposal: Awaited<ReturnType<Uploads['propose']>>['proposal']) =>
  proposal as unknown as z.output<typeof ProposalAnswer>

/** Of a file that cannot be read, nothing stays: there would be an upload that can never become a table. */
export async function firstProposal(uploads: Uploads, name: string, request: ProposeRequest) {
  try {
    return await uploads.propose(name, request)
  } catch (error) {
    const { definition, files } = await uploads.find(name)
    if (definition === null && files.length === 1) await uploads.remove(name)
    throw error
  }
}
