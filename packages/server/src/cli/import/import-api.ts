import { AppError, ERROR_CODES, type ErrorCode } from '@almanac/core/errors.ts'
import type { ImportAnswer, ImportRules, NewImport } from '../../http/collect/import-routes.ts'
import type { Chunk } from './read/chunks.ts'
import { type RetryOptions, TryAgain, withRetries } from './retry.ts'

export interface ServerAddress {
  readonly url: string
  readonly token: string
  /** Where the server is now, should it have been started again in the meantime, with another port or token. */
  readonly refresh?: () => Promise<{ readonly url: string; readonly token: string } | undefined>
}

export type ImportState = Pick<
  ImportAnswer,
  'id' | 'acknowledgedBytes' | 'acknowledgedLines' | 'stored' | 'duplicates' | 'quarantined' | 'pendingBytes'
>

export interface OpenedImport {
  readonly state: ImportState
  readonly identityKey: Uint8Array
  /** Of the source. */
  readonly rules: ImportRules
}

export interface QuarantinedRow {
  readonly line: number | null
  readonly reason: string
}

/** The server's routes for imports as functions, which wait and try again while the server cannot take anything. */
export interface ImportApi {
  open(request: NewImport): Promise<OpenedImport>
  salts(importId: string, utcDays: readonly string[]): Promise<Map<string, Uint8Array>>
  /**
   * Resolves when the chunk is on disk. `mayBeTwice`: an answer was lost or was a failure after which nobody knows whether
   * the chunk is in the log, so it may be there twice. Ids take care of that; counts have to be told.
   */
  send(importId: string, chunk: Chunk): Promise<{ readonly mayBeTwice: boolean }>
  finish(importId: string): Promise<void>
  state(importId: string): Promise<ImportState>
  quarantined(importId: string, limit: number): Promise<QuarantinedRow[]>
}

interface OpenAnswer {
  readonly import: ImportState
  readonly identityKey: string
  readonly rules: ImportRules
}

export function createImportApi(server: ServerAddress, retry: RetryOptions): ImportApi {
  let address: { readonly url: string; readonly token: string } = server

  async function request(method: string, path: string, body: RequestBody | undefined, isRetry: boolean) {
    if (isRetry) address = (await server.refresh?.()) ?? address
    const init = {
      method,
      headers: { authorization: `Bearer ${address.token}`, ...(body && { 'content-type': body.type }) },
      ...(body && { body: body.text }),
      signal: AbortSignal.any([retry.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    }
    return answerOf(await fetch(new URL(path, address.url), init).catch(unreachable))
  }

  async function call<T>(method: string, path: string, body?: RequestBody): Promise<{ answer: T; tries: number }> {
    let tries = 0
    const answer = await withRetries((before) => {
      tries = before + 1
      return request(method, path, body, before > 0)
    }, retry)
    return { answer: answer as T, tries }
  }

  return {
    async open(newImport) {
      const { answer } = await call<OpenAnswer>('POST', IMPORTS, json(newImport))
      const { import: state, identityKey, rules } = answer
      return { state, identityKey: Buffer.from(identityKey, 'base64'), rules }
    },
    async salts(importId, days) {
      type Salts = { salts: Record<string, string> }
      const { answer } = await call<Salts>('POST', `${IMPORTS}/${importId}/salts`, json({ days }))
      return new Map(Object.entries(answer.salts).map(([day, salt]) => [day, Buffer.from(salt, 'base64')]))
    },
    async send(importId, { body, endOffset, endLine }) {
      const path = `${IMPORTS}/${importId}/lines?bytesEnd=${endOffset}&linesEnd=${endLine}`
      const { tries } = await call('POST', path, { type: 'application/x-ndjson', text: body })
      return { mayBeTwice: tries > 1 }
    },
    async finish(importId) {
      await call('POST', `${IMPORTS}/${importId}/finish`)
    },
    async state(importId) {
      return (await call<{ import: ImportState }>('GET', `${IMPORTS}/${importId}`)).answer.import
    },
    async quarantined(importId, limit) {
      const path = `/api/v1/quarantine?importId=${importId}&limit=${limit}`
      return (await call<{ rows: QuarantinedRow[] }>('GET', path)).answer.rows
    },
  }
}

const IMPORTS = '/api/v1/imports'
const ANSWER_WITHIN_MS = 120_000

interface RequestBody {
  readonly type: string
  readonly text: string
}

function json(value: unknown): RequestBody {
  return { type: 'application/json', text: JSON.stringify(value) }
}

function unreachable(error: Error): never {
  const cause = error.cause instanceof Error ? error.cause.message : error.message
  throw new TryAgain(`the server does not answer (${cause})`, { cause: error })
}

async function answerOf(response: Response): Promise<unknown> {
  const text = await response.text().catch(unreachable)
  const body = parsed(text)
  if (response.ok) {
    if (body === undefined) throw new AppError('unsupported', `${response.url} answers something else than Almanac`)
    return body
  }
  const { code, message, hint } = errorIn(body)
  const words = message ?? `the server answers ${response.status}`
  if (RETRIED.has(response.status)) throw new TryAgain(words, { afterMs: retryAfterMs(response) })
  throw new AppError(code ?? 'unsupported', words, { hint })
}

// 500 is not among them: what the server did not expect once it will not expect again.
const RETRIED = new Set([408, 429, 502, 503, 504])

function parsed(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    return undefined
  }
}

function errorIn(body: unknown): { code?: ErrorCode; message?: string; hint?: string } {
  const error = typeof body === 'object' && body !== null && 'error' in body ? (body.error as object) : {}
  const field = (name: string) => {
    const value = (error as Record<string, unknown>)[name]
    return typeof value === 'string' ? value : undefined
  }
  const code = ERROR_CODES.find((known) => known === field('code'))
  const message = field('message')
  const hint = field('hint')
  return { ...(code && { code }), ...(message && { message }), ...(hint && { hint }) }
}

function retryAfterMs(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined
}
