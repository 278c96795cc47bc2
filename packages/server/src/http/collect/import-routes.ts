import { AppError } from '@almanac/core/errors.ts'
import { HostNames, SourceSettings } from '@almanac/core/sources/source-settings.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { RingSource } from '../../accounts/sources/source-ring.ts'
import { type CollectDeps, findSource, frameKind, frameSite } from './collect-deps.ts'
import { encodeFrame } from './frame.ts'

/**
 * Reading a file is the command line's work; what it has understood comes here in chunks. A chunk is acknowledged when
 * it is on disk in the log, and says where in the file it ends, so that reading goes on there after an interruption.
 */

const IMPORT_FIELDS = {
  source: z.string().min(1).max(63),
  format: z.string().min(1).max(100),
  fileName: z.string().min(1).max(1000),
  fingerprint: z.string().min(1).max(200).describe('Finds the same file again, under any name.'),
  options: z
    .looseObject({ site: HostNames.optional().describe('Hosts of the site. The source remembers them.') })
    .default({}),
}

/** What the reader of the file has to know: it alone sees addresses. */
const Rules = SourceSettings.pick({ privacy: true, blockedAddresses: true, blockedPaths: true })
export type ImportRules = z.output<typeof Rules>
const NewImport = z.strictObject(IMPORT_FIELDS)
export type NewImport = z.output<typeof NewImport>

export const ImportAnswer = z.object({
  id: z.uuid(),
  ...IMPORT_FIELDS,
  acknowledgedBytes: z.number().describe('Of the uncompressed text: everything before it is safe.'),
  acknowledgedLines: z.number(),
  stored: z.number(),
  duplicates: z.number(),
  quarantined: z.number(),
  pendingBytes: z.number().describe('0 once everything acknowledged is in the tables, and the counts are final.'),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
})
export type ImportAnswer = z.output<typeof ImportAnswer>

const Progress = z.object({ acknowledgedBytes: z.number(), acknowledgedLines: z.number() })
export type ImportProgress = z.output<typeof Progress>

export interface ImportDeps extends Pick<CollectDeps, 'sourceOf' | 'refreshSources'> {
  /** The same source, fingerprint, format and options give the same import. */
  readonly openImport: (request: NewImport) => Promise<ImportAnswer>
  readonly findImport: (id: string) => Promise<ImportAnswer | undefined>
  /** Resolves with the position of the frame once it is on disk. */
  readonly append: (frame: string | Buffer) => Promise<number>
  /** Notes a chunk whose frame begins at `position`; never moves backwards. */
  readonly acknowledge: (id: string, progress: ImportProgress, position: number) => Promise<void>
  readonly finishImport: (id: string) => Promise<ImportAnswer>
  /** Adds to the hosts of the source's site. */
  readonly rememberSite: (source: string, hosts: readonly string[]) => Promise<void>
  /** Keyed hashes make ids and visitors of lines; base64. */
  readonly identityKey: () => Promise<string>
  readonly saltsFor: (days: readonly string[]) => Promise<Readonly<Record<string, string>>>
  readonly now: () => number
}

const LINES = z.string().describe('A CollectedEvent or a RejectedLine in each line.')
const MAX_CHUNK_BYTES = 8 * 1024 * 1024
const byId = z.object({ id: z.uuid() })
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'expected a day such as 2015-05-17')
const bytesOrLines = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

export function importRoutes(deps: ImportDeps): FastifyPluginAsyncZod {
  const inTurn = turns()

  return async (app) => {
    app.addContentTypeParser('application/x-ndjson', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

    app.post(
      '/api/v1/imports',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Begin an import, or go on with it',
          tags: ['Imports'],
          body: NewImport,
          response: {
            200: z.object({ import: ImportAnswer, identityKey: z.string(), rules: Rules }),
          },
        },
      },
      async ({ body }) => {
        const opened = await deps.openImport(body)
        if (body.options.site) await deps.rememberSite(body.source, body.options.site)
        const settings = (await findSource(deps, body.source))?.settings ?? SourceSettings.parse({})
        const { privacy, blockedAddresses, blockedPaths } = settings
        const rules = { privacy, blockedAddresses, blockedPaths }
        return { import: opened, identityKey: await deps.identityKey(), rules }
      },
    )

    app.get(
      '/api/v1/imports/:id',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'How far an import is',
          tags: ['Imports'],
          params: byId,
          response: { 200: z.object({ import: ImportAnswer }) },
        },
      },
      async ({ params: { id } }) => ({ import: await requireImport(deps, id) }),
    )

    app.post(
      '/api/v1/imports/:id/salts',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Salts of the daily visitor hash',
          description: 'Made on first use and destroyed after two days, which makes the hash one-way.',
          tags: ['Imports'],
          params: byId,
          body: z.strictObject({ days: z.array(day).min(1).max(1000) }),
          response: { 200: z.object({ salts: z.record(z.string(), z.string()) }) },
        },
      },
      async ({ params: { id }, body: { days } }) => {
        await requireImport(deps, id)
        return { salts: { ...(await deps.saltsFor(days)) } }
      },
    )

    app.post(
      '/api/v1/imports/:id/lines',
      {
        config: { access: 'admin', documented: { body: LINES } },
        bodyLimit: MAX_CHUNK_BYTES,
        schema: {
          summary: 'Send a chunk of an import',
          description: 'Lines of JSON, at most 8 MiB. Sent twice, it is stored once: bytesEnd tells them apart.',
          tags: ['Imports'],
          consumes: ['application/x-ndjson'],
          params: byId,
          querystring: z.object({ bytesEnd: bytesOrLines, linesEnd: bytesOrLines }),
          response: { 200: Progress },
        },
      },
      async ({ params: { id }, query: { bytesEnd, linesEnd }, body }) => {
        if (!Buffer.isBuffer(body)) throw new AppError('invalid_request', 'Expected lines of JSON as the body')
        return inTurn(id, () => takeChunk(deps, id, body, { acknowledgedBytes: bytesEnd, acknowledgedLines: linesEnd }))
      },
    )

    app.post(
      '/api/v1/imports/:id/finish',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Say that the file was read to its end',
          tags: ['Imports'],
          params: byId,
          response: { 200: z.object({ import: ImportAnswer }) },
        },
      },
      async ({ params: { id } }) => {
        await requireImport(deps, id)
        return { import: await deps.finishImport(id) }
      },
    )
  }
}

async function takeChunk(deps: ImportDeps, id: string, body: Buffer, end: ImportProgress): Promise<ImportProgress> {
  const { source, options, acknowledgedBytes, acknowledgedLines } = await requireImport(deps, id)
  // The answer to it was lost on the way, so it was sent again.
  if (end.acknowledgedBytes <= acknowledgedBytes) return { acknowledgedBytes, acknowledgedLines }

  const environment = options.environment === 'sandbox' ? 'sandbox' : 'production'
  const ring = await findSource(deps, source)
  const ofSource = ring && { kind: frameKind(ring), site: options.site ?? importSite(ring) }
  const receivedAt = Math.floor(deps.now())
  const header = { v: 1, source, environment, receivedAt, importId: id, ...ofSource } as const
  refuseOtherThanLines(body)
  const position = await deps.append(Buffer.concat([Buffer.from(encodeFrame(header, [''])), body]))
  await deps.acknowledge(id, end, position)
  return end
}

/** Logs seldom name the host of a page; then it is one of those whose pages may send events. */
function importSite(source: RingSource): readonly string[] | undefined {
  const { allowedOrigins } = source.settings
  return frameSite(source) ?? (allowedOrigins.length > 0 ? allowedOrigins : undefined)
}

/**
 * The chunk as it came: ingest parses each line anyway, and keeps one that is not an event in quarantine. Only what could
 * not even be told apart from something else is refused, as a whole.
 */
function refuseOtherThanLines(body: Buffer): void {
  let line = 1
  for (let start = 0; start < body.length; line++) {
    if (body[start] !== OPEN_BRACE && body[start] !== NEWLINE) {
      throw new AppError('invalid_request', `Line ${line} of the chunk is not a JSON object`)
    }
    const end = body.indexOf(NEWLINE, start)
    if (end < 0) return
    start = end + 1
  }
}

const OPEN_BRACE = 0x7b
const NEWLINE = 0x0a

async function requireImport({ findImport }: ImportDeps, id: string): Promise<ImportAnswer> {
  const found = await findImport(id)
  if (found === undefined) throw new AppError('not_found', `There is no import ${id}`)
  return found
}

/** Runs what has the same name one after the other: a chunk and its repetition must not both be new. */
function turns(): <T>(name: string, run: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>()
  return (name, run) => {
    const before = last.get(name) ?? Promise.resolve()
    const mine = before.then(run, run)
    const settled = mine
      .catch(() => {})
      .then(() => {
        if (last.get(name) === settled) last.delete(name)
      })
    last.set(name, settled)
    return mine
  }
}
