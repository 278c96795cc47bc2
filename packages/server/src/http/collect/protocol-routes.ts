import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Protocol } from '../../collect/protocols/protocol.ts'
import { type DirectHandler, type DirectRoutes, directAnswer } from './events/direct-requests.ts'
import { isGzip, MAX_EVENT_BODY_BYTES, unzipEventBody } from './events/event-body.ts'
import { corsHeaders } from './mirrored-origin.ts'
import {
  type Candidate,
  type DeliveryDeps,
  type IncomingRequest,
  type PreparedDelivery,
  prepareDelivery,
  UNKNOWN_SOURCE,
} from './protocol-delivery.ts'

/** The ways in for other systems' trackers: one address each, plain and under the protocol's own name. */
export interface ProtocolDeps extends DeliveryDeps {
  readonly protocols: readonly Protocol[]
  readonly append: (frame: string | Buffer) => Promise<number>
}

export function protocolRoutes(deps: ProtocolDeps, directRoutes: DirectRoutes): FastifyPluginAsync {
  return async (app) => {
    app.removeAllContentTypeParsers()
    // A page can read only what names it, and that goes for refusals too.
    app.addHook('onRequest', async ({ headers }, reply) => void reply.headers(corsHeaders(headers)))
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    const routes = candidatesByRoute(deps.protocols)
    for (const [key, candidates] of routes) {
      const [method = '', path = ''] = key.split(' ')
      register(app, method as 'GET' | 'POST', path, (request, reply) => deliver(deps, candidates, request, reply))
      if (method === 'POST' && !path.includes(':')) directRoutes.set(path, deliverDirectly(deps, candidates))
    }
    for (const path of new Set([...routes.keys()].map((key) => key.split(' ')[1] ?? ''))) {
      app.options(path, { config: { access: 'anyone' } }, async (_request, reply) => reply.code(204).send())
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
  const body = Buffer.isBuffer(request.body) ? request.body : NO_BYTES
  const [path = '', query = ''] = splitOnce(request.url, '?')
  const incoming = {
    method: request.method,
    path,
    query,
    params: (request.params ?? {}) as Record<string, string>,
    headers: request.headers,
    address: request.ip,
    body: isGzip(body) ? await unzipEventBody(body) : body,
  }
  let prepared = preparedOrUnknown(deps, candidates, incoming)
  if (!prepared) {
    await deps.refreshSources()
    prepared = prepareDelivery(deps, candidates, incoming)
  }
  const { frames, accepted, answer } = prepared
  await Promise.all(frames.map(deps.append))
  noteAccepted(deps, accepted)
  return reply
    .code(answer.status)
    .headers(answer.headers ?? {})
    .send(answer.body ?? '')
}

/** Undefined when a source is not in memory, which may be one that another server made a moment ago. */
function preparedOrUnknown(
  deps: ProtocolDeps,
  candidates: readonly Candidate[],
  incoming: IncomingRequest,
): PreparedDelivery | undefined {
  try {
    return prepareDelivery(deps, candidates, incoming)
  } catch (error) {
    if (error === UNKNOWN_SOURCE) return undefined
    throw error
  }
}

const NO_BYTES = Buffer.alloc(0)

function splitOnce(value: string, separator: string): [string, string] {
  const at = value.indexOf(separator)
  return at < 0 ? [value, ''] : [value.slice(0, at), value.slice(at + 1)]
}

function noteAccepted({ noteHealth }: ProtocolDeps, accepted: PreparedDelivery['accepted']): void {
  for (const { source, environment, count } of accepted) noteHealth(source, environment, 'accepted', count)
}

/** The same without the framework, for what comes most: see `direct-requests.ts`. */
function deliverDirectly(deps: ProtocolDeps, candidates: readonly Candidate[]): DirectHandler {
  return (request, respond) => {
    if (isGzip(request.body)) return false
    const prepared = preparedOrUnknown(deps, candidates, { ...request, params: NO_PARAMS })
    if (!prepared) return false
    const { frames, accepted, answer } = prepared
    const onDisk = frames.length === 1 ? deps.append(frames[0] ?? '') : Promise.all(frames.map(deps.append))
    onDisk.then(
      () => {
        noteAccepted(deps, accepted)
        const headers = { ...corsHeaders(request.headers), ...answer.headers }
        respond(directAnswer(answer.status, headers, answer.body ?? ''))
      },
      (error) => respond(error),
    )
    return true
  }
}

const NO_PARAMS = {}
