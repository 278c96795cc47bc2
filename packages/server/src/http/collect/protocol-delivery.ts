import type { IncomingHttpHeaders } from 'node:http'
import { AppError } from '@almanac/core/errors.ts'
import { ENVIRONMENTS, type Environment } from '../../accounts/keys/api-key.ts'
import type { RingSource } from '../../accounts/sources/source-ring.ts'
import type { CollectedEvent, RejectedLine } from '../../collect/events/collected-event.ts'
import type { ForeignContext, ForeignEvent } from '../../collect/events/foreign-event.ts'
import type { DroppedEvent } from '../../collect/events/native-events.ts'
import { maskAddresses } from '../../collect/log-formats/mask-addresses.ts'
import { storableRaw } from '../../collect/policy/privacy.ts'
import { MAX_ITEMS } from '../../collect/protocols/item-limit.ts'
import type {
  Delivery,
  Outcome,
  Protocol,
  ProtocolAnswer,
  ProtocolRequest,
  ProtocolRoute,
} from '../../collect/protocols/protocol.ts'
import { isAdmitted } from '../requests/admission.ts'
import { requestContext } from '../requests/request-context.ts'
import { type CollectDeps, frameKind, frameSite } from './collect-deps.ts'
import { tooManyEvents } from './events/event-body.ts'
import { encodeFrame } from './frame.ts'

/**
 * From a tracker's request to what goes to the log and what is answered. A protocol only understands; whose the events are
 * and what is made of them is the same for all and decided here.
 */
export interface DeliveryDeps extends Omit<CollectDeps, 'append'> {
  /** Which source a client's project is; a write key of ours, or a name that was given to a source. */
  readonly resolveCredential: (protocol: string, credential: string) => ResolvedCredential | undefined
  /** The event by the rules of its source. */
  readonly collectForeign: CollectForeign
}

export type CollectForeign = (
  event: ForeignEvent,
  context: Omit<ForeignContext, 'visitors'>,
) => CollectedEvent | DroppedEvent | undefined

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
  /** To be noted for the sources' health when the frames are on disk. */
  readonly accepted: readonly AcceptedEvents[]
}

interface AcceptedEvents {
  readonly source: string
  readonly environment: Environment
  readonly count: number
}

/** Of a source that another server made a moment ago: reading the sources anew helps. */
export const UNKNOWN_SOURCE = new Error('the source is not known here')

/**
 * Throws, before anything is written, when no protocol recognises the request, when it holds too much, when a source gets more
 * than it allows, and `UNKNOWN_SOURCE`.
 */
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
  const accepted: AcceptedEvents[] = []
  const context = requestContext(incoming.address, incoming.headers, receivedAtMs)
  const collecting = { deps, protocol, incoming, context, frames, accepted }
  const outcomes = understood.deliveries.map((delivery) => collectDelivery(collecting, delivery))
  return { frames, accepted, answer: understood.answer(together(outcomes)) }
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

interface Collecting {
  readonly deps: DeliveryDeps
  readonly protocol: Protocol
  readonly incoming: IncomingRequest
  readonly context: ReturnType<typeof requestContext>
  readonly frames: string[]
  readonly accepted: AcceptedEvents[]
}

/** Adds the frames of one delivery. */
function collectDelivery(collecting: Collecting, delivery: Delivery): Outcome {
  const { deps, protocol, incoming, context, frames, accepted } = collecting
  const { credential, verify, events, rejected = [] } = delivery
  const refuse = (refused: NonNullable<Outcome['refused']>): Outcome => ({
    accepted: 0,
    rejected: events.length + rejected.length,
    refused,
  })
  if (credential === undefined || credential === '') return refuse('no_credential')
  const target = deps.resolveCredential(protocol.name, credential)
  if (!target) return refuse('unknown_credential')
  if (verify && (target.keyId === undefined || !verify(credential))) return refuse('wrong_signature')
  const source = deps.sourceOf(target.source)
  if (!source) throw UNKNOWN_SOURCE
  const { address, headers } = incoming
  const { environment } = target
  const asking = { address, headers, eventCount: events.length, environment, protocol: protocol.name }
  if (!isAdmitted(deps, source, asking)) return { accepted: events.length, rejected: 0 }

  // A client may mark its own test traffic as such; what comes with a sandbox credential is never production.
  const environmentOf = (event: ForeignEvent) =>
    target.environment === 'sandbox' ? 'sandbox' : (event.environment ?? 'production')
  const lines: Record<Environment, (CollectedEvent | RejectedLine)[]> = { production: [], sandbox: [] }
  let notUnderstood = rejected.length
  for (const event of events) {
    const environment = environmentOf(event)
    const line = collectOne(collecting, event, source, environment)
    if ('drop' in line) deps.noteHealth(source.name, environment, 'filtered', 1, line.drop)
    else lines[environment].push(line)
    if ('rejected' in line) notUnderstood++
    show(collecting, source, line)
  }
  for (const { reason, raw } of rejected) {
    const line = rejection(reason, storableRaw(source.policy, raw))
    lines[target.environment].push(line)
    show(collecting, source, line)
  }

  const header = {
    v: 1,
    source: source.name,
    receivedAt: context.receivedAtMs,
    keyId: target.keyId,
    kind: frameKind(source),
    site: frameSite(source),
  } as const
  for (const environment of ENVIRONMENTS) {
    const ofEnvironment = lines[environment]
    if (ofEnvironment.length === 0) continue
    frames.push(
      encodeFrame(
        { ...header, environment },
        ofEnvironment.map((line) => JSON.stringify(line)),
      ),
    )
    // What was rejected is counted when ingest puts it into quarantine.
    const count = ofEnvironment.reduce((sum, line) => ('rejected' in line ? sum : sum + 1), 0)
    accepted.push({ source: source.name, environment, count })
  }
  return { accepted: events.length + rejected.length - notUnderstood, rejected: notUnderstood }
}

function collectOne(
  { deps, context }: Collecting,
  event: ForeignEvent,
  { name, policy }: RingSource,
  environment: Environment,
): CollectedEvent | RejectedLine | DroppedEvent {
  const collected = deps.collectForeign(event, { ...context, source: name, environment })
  if (collected !== undefined) return collected
  const raw = storableRaw(policy, JSON.stringify({ ...event, address: undefined }))
  return rejection('expected an event with a name and a time after 1990', raw)
}

/** The whole request is what came: a batch is shown with each of its events. */
function show(
  { deps, protocol, incoming, context }: Collecting,
  { name }: RingSource,
  line: CollectedEvent | RejectedLine | DroppedEvent,
): void {
  if (!deps.debugHub.isWatched(name)) return
  const { method, path, query, body } = incoming
  const raw = `${method} ${path}${query === '' ? '' : `?${query}`}\n\n${body.toString()}`
  const understood =
    'rejected' in line ? { reason: line.rejected.reason } : 'drop' in line ? { reason: `filtered: ${line.drop}` } : line
  deps.debugHub.show(name, { receivedAt: context.receivedAtMs, protocol: protocol.name, raw, understood })
}

/** As it came, but for the addresses in it: nobody knows where in such a text the visitor's stands. */
function rejection(reason: string, raw: string): RejectedLine {
  return { rejected: { reason, raw: maskAddresses(raw.slice(0, 65_536)), sizeBytes: Buffer.byteLength(raw) } }
}

function together(outcomes: readonly Outcome[]): Outcome {
  const refused = outcomes.find(({ refused }) => refused !== undefined)?.refused
  const sum = (key: 'accepted' | 'rejected') => outcomes.reduce((total, outcome) => total + outcome[key], 0)
  return { accepted: sum('accepted'), rejected: sum('rejected'), ...(refused !== undefined && { refused }) }
}
