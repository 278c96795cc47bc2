import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'

/**
 * The straight way for the requests that come by the ten thousand a second: small POSTs to a known address, with a plain
 * body. They pass the framework by, which would take a fifth of their time. Whatever a handler does not want to judge (a
 * batch, a wrong key, a body in pieces) goes on to the framework's route of the same address with the body that was read, so
 * everything unusual has one implementation, and one place to be understood.
 */
export interface DirectRequest {
  readonly method: 'POST'
  /** Without the query. */
  readonly path: string
  /** Without the question mark; empty when there is none. */
  readonly query: string
  readonly headers: IncomingHttpHeaders
  /** IP address of the client. */
  readonly address: string | undefined
  /** Not empty, at most `MAX_DIRECT_BYTES`. */
  readonly body: Buffer
}

export interface DirectAnswer {
  readonly status: number
  /** Name, value, name, value …, the length among them. */
  readonly headers: readonly string[]
  readonly body: string | Buffer
}

/** The headers as the framework would send them. */
export function directAnswer(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): DirectAnswer {
  const flat = Object.entries(headers).flat()
  if (status === 204) return { status, headers: flat, body: '' }
  const names = Object.keys(headers).map((name) => name.toLowerCase())
  if (!names.includes('content-type')) {
    flat.push('content-type', typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/octet-stream')
  }
  return { status, headers: [...flat, 'content-length', String(Buffer.byteLength(body))], body }
}

/**
 * Returns false, before anything was stored, when the framework is to have the request; true when `respond` is going to be
 * called, once, with the answer or with what went wrong. What it throws is answered as what the framework's route throws.
 */
export type DirectHandler = (request: DirectRequest, respond: (answer: DirectAnswer | Error) => void) => boolean

/** The routes by their exact path. */
export type DirectRoutes = Map<string, DirectHandler>

export const MAX_DIRECT_BYTES = 64 * 1024

interface DirectServerOptions {
  readonly routes: DirectRoutes
  readonly trustProxy: boolean
  /** Milliseconds within which a request has to be here. */
  readonly requestTimeoutMs: number
  readonly keepAliveTimeoutMs: number
}

type NodeHandler = (request: IncomingMessage, response: ServerResponse) => void

/** For Fastify's `serverFactory`. */
export function directServer(options: DirectServerOptions, framework: NodeHandler): Server {
  const { routes, trustProxy, requestTimeoutMs, keepAliveTimeoutMs } = options
  // A client that sends its request a byte at a time has as long as the request's timeout.
  const server = createServer({ requestTimeout: requestTimeoutMs, keepAliveTimeout: keepAliveTimeoutMs }, onRequest)

  function onRequest(request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? '/'
    const queryAt = url.indexOf('?')
    const path = queryAt < 0 ? url : url.slice(0, queryAt)
    const handler = request.method === 'POST' && server.listening ? routes.get(path) : undefined
    if (!handler || !isSmallAndPlain(request.headers)) {
      framework(request, response)
      return
    }
    let body: Buffer | undefined
    request.on('data', (chunk: Buffer) => {
      body = body === undefined ? chunk : Buffer.concat([body, chunk])
    })
    request.on('end', () => {
      const query = queryAt < 0 ? '' : url.slice(queryAt + 1)
      const { headers } = request
      const address = addressOf(request, trustProxy)
      const read = body ?? NO_BYTES
      const handOver = () => {
        bodies.set(request, read)
        framework(request, response)
      }
      const isTaken = tryDirectly(handler, { method: 'POST', path, query, headers, address, body: read }, (answer) => {
        if (answer instanceof Error) {
          failures.set(request, answer)
          handOver()
        } else send(response, answer)
      })
      if (!isTaken) handOver()
    })
  }
  return server
}

const NO_BYTES = Buffer.alloc(0)
const bodies = new WeakMap<IncomingMessage, Buffer>()
const failures = new WeakMap<IncomingMessage, Error>()

function isSmallAndPlain(headers: IncomingHttpHeaders): boolean {
  const length = headers['content-length']
  // Without a length the body comes in pieces, and may have any.
  return length !== undefined && Number(length) <= MAX_DIRECT_BYTES && headers.expect === undefined
}

/** As Fastify finds it: from a proxy that is trusted, the first address in its list is the client's. */
function addressOf({ socket, headers }: IncomingMessage, trustProxy: boolean): string | undefined {
  const forwarded = trustProxy ? headers['x-forwarded-for'] : undefined
  if (forwarded === undefined) return socket.remoteAddress
  return (Array.isArray(forwarded) ? forwarded.join(',') : forwarded).split(',')[0]?.trim() || socket.remoteAddress
}

function tryDirectly(
  handler: DirectHandler,
  request: DirectRequest,
  respond: (answer: DirectAnswer | Error) => void,
): boolean {
  if (request.body.length === 0) return false
  try {
    return handler(request, respond)
  } catch (error) {
    respond(error instanceof Error ? error : new Error(String(error)))
    return true
  }
}

function send(response: ServerResponse, { status, headers, body }: DirectAnswer): void {
  response.writeHead(status, headers as string[])
  response.end(body)
}

/**
 * Gives the framework the bodies that were read already, and lets a request fail that could not be stored: it must not be
 * stored by a second attempt, as the first may turn up after all.
 */
export function takeHandedOver(app: FastifyInstance): void {
  app.addHook('preParsing', async ({ raw }, _reply, payload) => {
    const failure = failures.get(raw)
    if (failure) throw failure
    const body = bodies.get(raw)
    return body === undefined ? payload : Readable.from([body])
  })
}
