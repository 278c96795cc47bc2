import { AppError } from '@almanac/core/errors.ts'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { ENVIRONMENTS } from '../accounts/api-key.ts'
import type { CollectedEvent, RejectedLine } from '../collect/collected-event.ts'
import type { ForeignContext, ForeignEvent } from '../collect/foreign-event.ts'
import { MAX_ITEMS } from '../collect/protocols/item-limit.ts'
import type { Delivery, Outcome, Protocol, ProtocolRequest, ProtocolRoute } from '../collect/protocols/protocol.ts'
import { isGzip, MAX_EVENT_BODY_BYTES, tooManyEvents, unzipEventBody } from './event-body.ts'
import { encodeFrame } from './frame.ts'

/**
 * The ways in for other systems' trackers. A protocol only understands; finding the source, writing to the log and
 * mirroring the origin for browsers is the same for all and happens here.
 */
export interface ProtocolDeps {
  readonly protocols: readonly Protocol[]
  /** Which source a client's project is; a write key of ours, or a name that was given to a source. */
  readonly resolveCredential: (protocol: string, credential: string) => ResolvedCredential | undefined
  readonly collectForeign: (
    event: ForeignEvent,
    context: Omit<ForeignContext, 'visitors'>,
  ) => CollectedEvent | undefined
  readonly append: (frame: string | Buffer) => Promise<number>
  readonly now: () => number
}

export interface ResolvedCredential {
  readonly source: string
  readonly environment: 'production' | 'sandbox'
  readonly keyId?: string | undefined
}

interface Candidate {
  readonly protocol: Protocol
  readonly route: ProtocolRoute
}

export function protocolRoutes(deps: ProtocolDeps): FastifyPluginAsync {
  return async (app) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    for (const [key, candidates] of candidatesByRoute(deps.protocols)) {
      const [method = '', path = ''] = key.split(' ')
      register(app, method as 'GET' | 'POST', path, (request, reply) => deliver(deps, candidates, request, reply))
    }
    for (const path of new Set([...candidatesByRoute(deps.protocols).keys()].map((key) => key.split(' ')[1] ?? ''))) {
      app.options(path, { config: { access: 'anyone' } }, async (request, reply) =>
        reply.headers(corsHeaders(request)).code(204).send(),
      )
    }
  }
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

function register(app: FastifyInstance, method: 'GET' | 'POST' | 'PUT', url: string, handler: Handler): void {
  app.route({
    method,
    url,
    // Who may write is the credential's to say, and each protocol has its own place for it.
    config: { access: 'anyone' },
    bodyLimit: MAX_EVENT_BODY_BYTES,
    exposeHeadRoute: false,
    childLoggerFactory: (logger) => logger,
    handler,
  })
}

/** By method and path, with a slash at the end and without, plain and under the protocol's own name. */
function candidatesByRoute(protocols: readonly Protocol[]): Map<string, Candidate[]> {
  const routes = new Map<string, Candidate[]>()
  for (const protocol of protocols) {
    for (const route of protocol.routes) {
      for (const method of route.methods) {
        for (const path of [
          route.path,
          `${route.path}/`,
          `/${protocol.name}${route.path}`,
          `/${protocol.name}${route.path}/`,
        ]) {
          const key = `${method} ${path}`
          routes.set(key, [...(routes.get(key) ?? []), { protocol, route }])
        }
      }
    }
  }
  return routes
}

async function deliver(
  deps: ProtocolDeps,
  candidates: readonly Candidate[],
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const receivedAtMs = Math.floor(deps.now())
  const asked = await protocolRequest(request, receivedAtMs)
  const isUnderOwnName = (name: string) => asked.path.startsWith(`/${name}/`)
  const found =
    candidates.find(({ protocol }) => isUnderOwnName(protocol.name)) ??
    candidates.find(({ route }) => route.isMine?.(asked) ?? true)
  if (!found) throw new AppError('invalid_request', `No tracker's request looks like this one to ${asked.path}`)
  const { protocol, route } = found
  const path = isUnderOwnName(protocol.name) ? asked.path.slice(protocol.name.length + 1) : asked.path
  const understood = route.understand({ ...asked, path })
  const items = understood.deliveries.reduce(
    (sum, { events, rejected = [] }) => sum + events.length + rejected.length,
    0,
  )
  if (items > MAX_ITEMS) throw tooManyEvents(items)

  const outcomes = await Promise.all(
    understood.deliveries.map((delivery) => store(deps, protocol, delivery, request, receivedAtMs)),
  )
  const answer = understood.answer(together(outcomes))
  return reply
    .code(answer.status)
    .headers({ ...corsHeaders(request), ...answer.headers })
    .send(answer.body ?? '')
}

async function protocolRequest(request: FastifyRequest, receivedAtMs: number): Promise<ProtocolRequest> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const [path = '', query = ''] = splitOnce(request.url, '?')
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value[0] : value,
  ])
  return {
    method: request.method,
    path: path.length > 1 ? path.replace(/\/$/, '') : path,
    params: (request.params ?? {}) as Record<string, string>,
    query: new URLSearchParams(query),
    headers: Object.fromEntries(headers),
    body: isGzip(body) ? await unzipEventBody(body) : body,
    receivedAtMs,
  }
}

function splitOnce(value: string, separator: string): [string, string] {
  const at = value.indexOf(separator)
  return at < 0 ? [value, ''] : [value.slice(0, at), value.slice(at + 1)]
}

async function store(
  deps: ProtocolDeps,
  protocol: Protocol,
  { credential, verify, events, rejected = [] }: Delivery,
  request: FastifyRequest,
  receivedAtMs: number,
): Promise<Outcome> {
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
    const line = collectOne(deps, event, { source: target.source, environment }, request, receivedAtMs)
    if (!('rejected' in line)) accepted++
    lines[environment].push(JSON.stringify(line))
  }
  for (const { reason, raw } of rejected) lines[target.environment].push(JSON.stringify(rejection(reason, raw)))

  const { source, keyId } = target
  const header = { v: 1, source, receivedAt: receivedAtMs, ...(keyId !== undefined && { keyId }) } as const
  const frames = ENVIRONMENTS.filter((environment) => lines[environment].length > 0)
  await Promise.all(
    frames.map((environment) => deps.append(encodeFrame({ ...header, environment }, lines[environment]))),
  )
  return { accepted, rejected: events.length + rejected.length - accepted }
}

function collectOne(
  deps: ProtocolDeps,
  event: ForeignEvent,
  target: Pick<ForeignContext, 'source' | 'environment'>,
  request: FastifyRequest,
  receivedAtMs: number,
): CollectedEvent | RejectedLine {
  const context = { ...target, receivedAtMs, address: request.ip, userAgent: request.headers['user-agent'] }
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

/** Trackers run on other sites than ours, and some send cookies: the origin is mirrored, as the systems they come from do. */
function corsHeaders({ headers }: FastifyRequest): Record<string, string> {
  const { origin } = headers
  if (origin === undefined) return {}
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET, POST, PUT, OPTIONS',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
    'access-control-max-age': '86400',
    vary: 'Origin',
  }
}
