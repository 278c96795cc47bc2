import type { Outcome, Protocol, ProtocolAnswer, ProtocolRequest, ProtocolRoute, Understood } from '../protocol.ts'

export const RECEIVED_AT_MS = Date.UTC(2026, 10, 22, 12)

export interface Asked {
  readonly headers?: Readonly<Record<string, string>>
  /** Anything but bytes and text goes as JSON. */
  readonly body?: unknown
}

/** A request such as `POST /track?ip=1` to a protocol alone, as the server hands it over. */
export function requestTo(line: string, { headers = {}, body }: Asked = {}): ProtocolRequest {
  const [method = '', address = ''] = line.split(' ')
  const url = new URL(address, 'http://collect.example')
  const bytes = body === undefined ? '' : JSON.stringify(body)
  return {
    method,
    path: url.pathname.length > 1 ? url.pathname.replace(/\/$/, '') : url.pathname,
    params: {},
    query: url.searchParams,
    headers: { host: 'collect.example', ...headers },
    body: Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : bytes),
    receivedAtMs: RECEIVED_AT_MS,
  }
}

/** Fails when the protocol has no such route. */
export function ask(protocol: Protocol, line: string, asked?: Asked): Understood {
  const request = requestTo(line, asked)
  for (const route of protocol.routes) {
    const params = paramsOf(route, request)
    if (params) return route.understand({ ...request, params })
  }
  throw new Error(`${protocol.name} has no route for ${line}`)
}

/** Whether the protocol says that a request to a path that it shares is its own. */
export function isMine(protocol: Protocol, line: string, asked?: Asked): boolean {
  const request = requestTo(line, asked)
  const route = protocol.routes.find((candidate) => paramsOf(candidate, request))
  return route !== undefined && (route.isMine?.(request) ?? true)
}

function paramsOf(route: ProtocolRoute, { method, path }: ProtocolRequest): Record<string, string> | undefined {
  if (!route.methods.includes(method as 'GET')) return undefined
  const [wanted, got] = [route.path.split('/'), path.split('/')]
  if (wanted.length !== got.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(got[index] ?? '')
    else if (part !== got[index]) return undefined
  }
  return params
}

/** What the client reads when everything was stored. */
export function answered(understood: Understood, outcome: Partial<Outcome> = {}): ProtocolAnswer {
  const count = (key: 'events' | 'rejected') =>
    understood.deliveries.reduce((sum, delivery) => sum + (delivery[key]?.length ?? 0), 0)
  return understood.answer({ accepted: count('events'), rejected: count('rejected'), ...outcome })
}
