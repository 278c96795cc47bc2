import { Readable } from 'node:stream'
import { AppError } from '@almanac/core/errors.ts'
import { LOAD_MODES } from '@almanac/core/uploads/upload-load.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Principal } from '../../access/access.ts'
import { principalName } from '../../access/principal-name.ts'
import {
  FileAnswer,
  fileAnswer,
  LoadAnswer,
  loadAnswer,
  ProposalAnswer,
  UploadAnswer,
  uploadAnswer,
} from './upload-answers.ts'
import {
  firstProposal,
  mode,
  proposalAnswer,
  timezone,
  UPLOAD_TAGS,
  type UploadDeps,
  UploadName,
} from './upload-routes.ts'

/** Files as the body of a request, which goes to disk as it comes. Its type is found in it, so the header says nothing. */

const ANY_BODY = z
  .string()
  .meta({ format: 'binary' })
  .describe('The file: CSV, JSON, Excel or Parquet, also packed with gzip.')

export function uploadFileRoutes({ uploads, uploadRefreshes: refreshes }: UploadDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

    app.post(
      '/api/v1/uploads',
      {
        config: { access: 'edit', documented: { body: ANY_BODY } },
        schema: {
          summary: 'Bring a file',
          description:
            'Keeps the file as it is. Of a new name, or without a mode, nothing else happens: the answer has a proposal how to read it, ' +
            'to be confirmed with PUT /api/v1/uploads/{name}/definition. With a mode it is loaded by the definition that there is.',
          tags: UPLOAD_TAGS,
          querystring: z.strictObject({
            name: UploadName.describe('Of the cube and the table.'),
            label: z.string().trim().min(1).max(100).optional(),
            fileName: z.string().min(1).max(200).default('file'),
            mode: mode.optional(),
            timezone,
          }),
          response: {
            201: z.object({
              upload: UploadAnswer,
              file: FileAnswer,
              proposal: ProposalAnswer.optional(),
              load: LoadAnswer.optional(),
            }),
          },
        },
      },
      async ({ query: { name, label = name, fileName, mode, timezone }, body, principal }, reply) => {
        const by = principalName(principal)
        const { upload, file } = await uploads.receive({
          name,
          label,
          fileName,
          origin: 'file',
          body: bytesOf(body),
          by,
        })
        const isLoaded = upload.definition !== null && mode !== undefined
        const result = isLoaded
          ? { load: loadAnswer(await uploads.load(name, { file: file.id, mode, by })) }
          : { proposal: proposalAnswer((await firstProposal(uploads, name, { file: file.id, timezone })).proposal) }
        const answer = uploadAnswer(await uploads.find(name), await refreshes.find(name))
        return reply.code(201).send({ upload: answer, file: fileAnswer(file), ...result })
      },
    )

    app.post(
      '/api/v1/uploads/:name/rows',
      {
        config: { access: 'ingest', documented: { body: ANY_BODY } },
        schema: {
          summary: 'Push rows to an upload',
          description:
            'JSON (a list of objects, or one in each line) or CSV with a header; keys are the names of columns, or what the files call ' +
            'them. Appends, or inserts and updates where the upload has keys. A key with the scope ingest writes to the upload that has ' +
            "its source's name.",
          tags: UPLOAD_TAGS,
          params: z.object({ name: UploadName }),
          querystring: z.strictObject({
            mode: z.enum(LOAD_MODES).optional().describe('By default upsert where the upload has keys, else append.'),
          }),
          response: { 200: z.object({ load: LoadAnswer }) },
        },
      },
      async ({ params: { name }, query, body, principal }) => {
        refuseOtherSources(name, principal)
        const { definition, label } = await uploads.find(name)
        const mode = query.mode ?? (definition && definition.keys.length > 0 ? 'upsert' : 'append')
        const by = principalName(principal)
        const { file } = await uploads.receive({
          name,
          label,
          fileName: 'rows',
          origin: 'rows',
          body: bytesOf(body),
          by,
        })
        return { load: loadAnswer(await uploads.load(name, { file: file.id, mode, by })) }
      },
    )
  }
}

function bytesOf(body: unknown): AsyncIterable<Uint8Array> {
  if (body instanceof Readable) return body
  throw new AppError('invalid_request', 'Expected a file as the body of the request', {
    hint: 'For instance: curl --data-binary @sales.csv -H "Content-Type: text/csv" …',
  })
}

/** Keys of websites are no secret: they stand in pages, and write to nothing but their own. */
function refuseOtherSources(name: string, principal: Principal | undefined): void {
  if (principal?.kind !== 'key' || principal.key.scopes.includes('admin')) return
  if (principal.key.source?.replaceAll('-', '_') === name) return
  throw new AppError(
    'forbidden',
    `The key ${principal.key.name} is of the source ${principal.key.source}, and writes to no upload ${name}`,
    {
      hint: `Use a key with the scope admin, or one of a source with the name ${name}.`,
    },
  )
}
