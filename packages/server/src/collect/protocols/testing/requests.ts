import type { Outcome, ProtocolAnswer, ProtocolRequest, Understood } from '../protocol.ts'

/** A quarter past noon, the 22nd of November 2026, UTC. */
export const RECEIVED_AT_MS = Date.UTC(2026, 10, 22, 12, 15)
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/143.0.0.0 Safari/537.36'

/** A request as the server hands it to a protocol: a browser's GET, or its POST when there is a body. */
export function asked(
  url: string,
  body: string | Buffer | object = '',
  headers: Readonly<Record<string, string>> = {},
): ProtocolRequest {
  const { pathname, searchParams } = new URL(url, 'http://almanac.test')
  const text = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
  return {
    method: text.length === 0 ? 'GET' : 'POST',
    path: pathname,
    params: {},
    query: searchParams,
    headers: { 'user-agent': BROWSER, ...headers },
    body: Buffer.from(text),
    receivedAtMs: RECEIVED_AT_MS,
  }
}

/** All events, whosever they are, without the fields that are undefined. */
export function eventsOf({ deliveries }: Understood): unknown[] {
  return JSON.parse(JSON.stringify(deliveries.flatMap(({ events }) => events)))
}

export function reasonsOf({ deliveries }: Understood): string[] {
  return deliveries.flatMap(({ rejected = [] }) => rejected.map(({ reason }) => reason))
}

/** The answer when everything that was understood could be stored, or as told otherwise. */
export function answerOf(understood: Understood, outcome: Partial<Outcome> = {}): ProtocolAnswer & { body: string } {
  const count = (of: 'events' | 'rejected') =>
    understood.deliveries.reduce((sum, delivery) => sum + (delivery[of]?.length ?? 0), 0)
  const answer = understood.answer({ accepted: count('events'), rejected: count('rejected'), ...outcome })
  return { ...answer, body: answer.body?.toString('latin1') ?? '' }
}

export const UNKNOWN: Partial<Outcome> = { accepted: 0, refused: 'unknown_credential' }

/** What no client sends: each must be understood as nothing, and throw nothing. */
export const HOSTILE_BODIES: readonly { readonly what: string; readonly body: string | Buffer }[] = [
  { what: 'nothing', body: '' },
  { what: 'half of JSON', body: '{"a":' },
  { what: 'null', body: 'null' },
  { what: 'a number', body: '7' },
  { what: 'text', body: '"text"' },
  { what: 'an empty list', body: '[]' },
  { what: 'a list of nulls', body: '[null,null]' },
  { what: 'deep brackets', body: '['.repeat(100_000) },
  { what: 'deep objects', body: `{"requests":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}` },
  { what: 'bytes that are no UTF-8', body: Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28]) },
  {
    what: 'wrong types all over',
    body: '{"requests":[null,7,[],{"idsite":{}}],"events":{},"data":7,"payload":[],"type":{}}',
  },
  {
    what: 'a key that changes prototypes',
    body: '{"__proto__":{"polluted":1},"payload":{"__proto__":{"polluted":1}}}',
  },
]
