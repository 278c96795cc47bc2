import type { IncomingHttpHeaders } from 'node:http'
import { AppError } from '@almanac/core/errors.ts'
import { ENVIRONMENTS } from '../accounts/api-key.ts'
import type { CollectedEvent, RejectedLine } from '../collect/collected-event.ts'
import type { ForeignContext, ForeignEvent } from '../collect/foreign-event.ts'
import { MAX_ITEMS } from '../collect/protocols/item-limit.ts'
import type {
  Delivery,
  Outcome,
  Protocol,
  ProtocolAnswer,
  ProtocolRequest,
  ProtocolRoute,
} from '../collect/protocols/protocol.ts'
import { tooManyEvents } from './event-body.ts'
import { encodeFrame } from './frame.ts'

/**
 * From a tracker's request to what goes to the log and what is answered. A protocol only understands; whose the events are
 * and what is made of them is the same for all and decided here.
 */
export interface DeliveryDeps {
  /** Which source a client's project is; a write key of ours, or a name that was given to a source. */
  readonly resolveCredential: (protocol: string, credential: string) => ResolvedCredential | undefined
  readonly collectForeign: (
    event: ForeignEvent,
    context: Omit<ForeignContext, 'visitors'>,
  ) => CollectedEvent | undefined
  readonly now: () => number
}

export interface ResolvedCredential {
  readonly source: string
  readonly environment: 'production' | 'sandbox'
  readonly keyId?: string | undefined
}

export interface Candidate {
  readonly protocol: Protocol
  readonly route: ProtocolRoute
}

/** A request as it came, but for the body, which is unpacked. */
export interface IncomingRequest {
  readonly method: string
  /** Without the query, which begins after the question mark. */
  readonly path: string
  readonly query: string
  readonly params: Readonly<Record<string, string>>
  readonly headers: IncomingHttpHeaders
  /** IP address of the client. */
  readonly address: string | undefined
  readonly body: Buffer
}

/** The answer holds once all frames are on disk. */
export interface PreparedDelivery {
  readonly frames: readonly string[]
  readonly answer: ProtocolAnswer
}

/** Throws when no protocol recognises the request, or when it holds too much. */
export function prepareDelivery(
  deps: DeliveryDeps,
  candidates: readonly Candidate[],
  incoming: IncomingRequest,
): PreparedDelivery {
  const receivedAtMs = Math.floor(deps.now())
  const asked = protocolRequest(incoming, receivedAtMs)
  const isUnderOwnName = (name: string) => asked.path.startsWith(`/${name}/`)
  const found =
    candidates.find(({ protocol }) => isUnderOwnName(protocol.name)) ??
    candidates.find(({ route }) => route.isMine?.(asked) ?? true)
  if (!found) throw new AppError('invalid_request', `No tracker's request looks like this one to ${asked.path}`)
  const { protocol, route } = found
  const path = isUnderOwnName(protocol.name) ? asked.path.slice(protocol.name.length + 1) : asked.path
  const understood = route.understand(path === asked.path ? asked : { ...asked, path })
  const items = understood.deliveries.reduce(
    (sum, { events, rejected = [] }) => sum + events.length + rejected.length,
    0,
  )
  if (items > MAX_ITEMS) throw tooManyEvents(items)

  const frames: string[] = []
  const outcomes = understood.deliveries.map((delivery) =>
    frame(deps, protocol, delivery, incoming, receivedAtMs, frames),
  )
  return { frames, answer: understood.answer(together(outcomes)) }
}

function protocolRequest(
  { method, path, query, params, headers, body }: IncomingRequest,
  receivedAtMs: number,
): ProtocolRequest {
  return {
    method,
    path: path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path,
    params,
    query: new URLSearchParams(query),
    // Node joins what is sent twice; only set-cookie is a list, and no client sends that.
    headers: headers as Record<string, string | undefined>,
    body,
    receivedAtMs,
  }
}

/** Adds the frames of one delivery. */
function frame(
  deps: DeliveryDeps,
  protocol: Protocol,
  { credential, verify, events, rejected = [] }: Delivery,
  incoming: IncomingRequest,
  receivedAtMs: number,
  frames: string[],
): Outcome {
  const refuse = (refused: NonNullable<Outcome['refused']>): Outcome => ({
    accepted: 0,
    rejected: events.length + rejected.length,
    refused,
  })
  if (credential === undefined || credential === '') return refuse('no_credential')
  const target = deps.resolveCredential(protocol.name, credential)
  if (!target) return refuse('unknown_credential')
  if (verify && (target.keyId === undefined || !verify(credential))) return refuse('wrong_signature')

  // A client may mark its own test traffic as such; what comes with a sandbox credential is never production.
  const environmentOf = (event: ForeignEvent) =>
    target.environment === 'sandbox' ? 'sandbox' : (event.environment ?? 'production')
  const lines = { production: [] as string[], sandbox: [] as string[] }
  let accepted = 0
  for (const event of events) {
    const environment = environmentOf(event)
    const line = collectOne(deps, event, { source: target.source, environment }, incoming, receivedAtMs)
    if (!('rejected' in line)) accepted++
    lines[environment].push(JSON.stringify(line))
  }
  for (const { reason, raw } of rejected) lines[target.environment].push(JSON.stringify(rejection(reason, raw)))

  const { source, keyId } = target
  const header = { v: 1, source, receivedAt: receivedAtMs, ...(keyId !== undefined && { keyId }) } as const
  for (const environment of ENVIRONMENTS) {
    if (lines[environment].length > 0) frames.push(encodeFrame({ ...header, environment }, lines[environment]))
  }
  return { accepted, rejected: events.length + rejected.length - accepted }
}

function collectOne(
  deps: DeliveryDeps,
  event: ForeignEvent,
  target: Pick<ForeignContext, 'source' | 'environment'>,
  { address, headers }: IncomingRequest,
  receivedAtMs: number,
): CollectedEvent | RejectedLine {
  const context = { ...target, receivedAtMs, address, userAgent: headers['user-agent'] }
  const collected = deps.collectForeign(event, context)
  return (
    collected ??
    rejection('expected an event with a name and a time after 1990', JSON.stringify({ ...event, address: undefined }))
  )
}

function rejection(reason: string, raw: string): RejectedLine {
  return { rejected: { reason, raw: raw.slice(0, 65_536), sizeBytes: Buffer.byteLength(raw) } }
}

function together(outcomes: readonly Outcome[]): Outcome {
  const refused = outcomes.find(({ refused }) => refused !== undefined)?.refused
  const sum = (key: 'accepted' | 'rejected') => outcomes.reduce((total, outcome) => total + outcome[key], 0)
  return { accepted: sum('accepted'), rejected: sum('rejected'), ...(refused !== undefined && { refused }) }
}
