import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CollectedEvent, RejectedLine } from '../../../collect/events/collected-event.ts'
import type { ImportRules } from '../../../http/collect/import-routes.ts'
import type { ImportState } from '../import-api.ts'

/** What goes wrong with a chunk. After `appended` it is in the log, but nobody learns of it. */
export type Fault = 'overloaded' | 'dropped' | 'appended and dropped' | 'failed'

export interface FakeImportServer {
  readonly url: string
  readonly token: string
  /** By id: what is stored, once. */
  readonly events: ReadonlyMap<string, CollectedEvent>
  readonly rejected: readonly RejectedLine['rejected'][]
  readonly imports: readonly FakeImport[]
  readonly chunks: readonly { readonly lines: number; readonly bytes: number }[]
  /** Is asked for each chunk, counted from 0. */
  fault: (chunk: number) => Fault | undefined
  /** How many times a state is asked for until ingest has caught up. */
  ingestLag: number
  /** Ingest puts an event into quarantine instead of storing it. */
  refuses: (event: CollectedEvent) => boolean
  /** Of every source. */
  rules: Partial<ImportRules>
  /** Lines that ingest loses, which a real one never does. */
  loses: number
  close(): Promise<void>
}

interface FakeImport extends ImportState {
  readonly key: string
  readonly finishedAt: string | null
  readonly options: Record<string, unknown>
}
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** The routes for imports of the real server, with a Map for a database. */
export async function startFakeImportServer(): Promise<FakeImportServer> {
  const events = new Map<string, CollectedEvent>()
  const rejected: RejectedLine['rejected'][] = []
  const imports: Mutable<FakeImport>[] = []
  const chunks: { lines: number; bytes: number }[] = []
  let asked = 0

  function open(body: Record<string, unknown> & { options: Record<string, unknown> }) {
    const key = JSON.stringify([body.source, body.format, body.fingerprint, body.options])
    const known = imports.find((one) => one.key === key && one.finishedAt === null)
    if (known) return known
    const zeros = {
      acknowledgedBytes: 0,
      acknowledgedLines: 0,
      stored: 0,
      duplicates: 0,
      quarantined: 0,
      pendingBytes: 0,
    }
    const opened = { id: randomUUID(), key, options: body.options, finishedAt: null, ...zeros }
    imports.push(opened)
    return opened
  }

  function append(one: Mutable<FakeImport>, body: string): void {
    const lines = body.split('\n')
    chunks.push({ lines: lines.length, bytes: Buffer.byteLength(body) })
    for (const line of lines) {
      if (fake.loses > 0) {
        fake.loses--
        continue
      }
      const parsed: CollectedEvent | RejectedLine = JSON.parse(line)
      if ('rejected' in parsed) rejected.push(parsed.rejected)
      if ('rejected' in parsed || fake.refuses(parsed)) one.quarantined++
      else if (events.has(parsed.id)) one.duplicates++
      else {
        events.set(parsed.id, parsed)
        one.stored++
      }
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://localhost')
    const body = await textOf(request)
    const answer = (status: number, value: unknown, headers = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
    if (request.headers.authorization !== `Bearer ${fake.token}`) {
      return void answer(401, { error: { code: 'unauthorized', message: 'This key is not known' } })
    }
    const [, , , kind, id, action] = url.pathname.split('/')
    if (kind === 'quarantine') {
      return void answer(200, { rows: [{ line: 2, reason: 'refused by the database' }], total: 1 })
    }
    if (id === undefined) {
      if (JSON.parse(body).source === 'unknown') {
        const hint = 'Make it with: almanac sources create unknown'
        return void answer(404, { error: { code: 'not_found', message: 'There is no source unknown', hint } })
      }
      const identityKey = Buffer.alloc(32, 7).toString('base64')
      const rules: ImportRules = { privacy: 'full', blockedAddresses: [], blockedPaths: [], ...fake.rules }
      return void answer(200, { import: open(JSON.parse(body)), identityKey, rules })
    }
    const one = imports.find((known) => known.id === id)
    if (!one) return void answer(404, { error: { code: 'not_found', message: `There is no import ${id}` } })
    if (action === 'salts') {
      const salts = JSON.parse(body).days.map((day: string) => [day, Buffer.from(day).toString('base64')])
      return void answer(200, { salts: Object.fromEntries(salts) })
    }
    if (action === 'finish') {
      one.finishedAt = new Date(0).toISOString()
      asked = 0
    }
    if (action !== 'lines') {
      return void answer(200, { import: { ...one, pendingBytes: Math.max(0, fake.ingestLag - asked++) } })
    }

    const fault = fake.fault(chunkCount++)
    if (fault === 'overloaded') {
      const error = { code: 'overloaded', message: 'Ingest is too far behind' }
      return void answer(503, { error }, { 'retry-after': '0' })
    }
    if (fault === 'failed') return void answer(500, { error: { code: 'internal', message: 'Something went wrong' } })
    if (fault === 'dropped') return void request.socket.destroy()
    const end = {
      acknowledgedBytes: Number(url.searchParams.get('bytesEnd')),
      acknowledgedLines: Number(url.searchParams.get('linesEnd')),
    }
    if (end.acknowledgedBytes <= one.acknowledgedBytes) {
      return void answer(200, { acknowledgedBytes: one.acknowledgedBytes, acknowledgedLines: one.acknowledgedLines })
    }
    append(one, body)
    if (fault === 'appended and dropped') return void request.socket.destroy()
    Object.assign(one, end)
    answer(200, end)
  }

  let chunkCount = 0
  const server = createServer((request, response) => {
    handle(request, response).catch((error) => response.destroy(error))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const fake: FakeImportServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: 'local-token',
    events,
    rejected,
    imports,
    chunks,
    fault: () => undefined,
    ingestLag: 0,
    refuses: () => false,
    rules: {},
    loses: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return fake
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
