import type { ForeignEvent } from '../events/foreign-event.ts'

/**
 * How a tracker of another system talks over HTTP, as pure functions: a request in, the events and the answer out. One file
 * a protocol, all of the same shape, listed in `protocols.ts`; nothing here knows of sources, privacy or the log.
 */
export interface Protocol {
  /** In addresses, settings and the documentation: small letters, such as `matomo`. */
  readonly name: string
  readonly label: string
  readonly routes: readonly ProtocolRoute[]
}

export interface ProtocolRoute {
  readonly methods: readonly ('GET' | 'POST' | 'PUT')[]
  /**
   * As Fastify writes it, such as `/v1/:call`. Every route also exists under `/<protocol's name>`, for clients that take a
   * path in their address: there no other protocol can be meant.
   */
  readonly path: string
  /**
   * Whether a request is this protocol's, where several share a path. The first that says yes gets it; absent means yes.
   */
  readonly isMine?: (request: ProtocolRequest) => boolean
  readonly understand: (request: ProtocolRequest) => Understood
}

export interface ProtocolRequest {
  readonly method: string
  /** Without the query, and without the protocol's prefix. */
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Unpacked, whatever the headers said of it; empty when there is none. */
  readonly body: Buffer
  readonly receivedAtMs: number
}

export interface Understood {
  /**
   * What the client calls its project: a write key, a site's number, a domain. Undefined when the request has none.
   * Several projects in one request are several deliveries.
   */
  readonly deliveries: readonly Delivery[]
  /** The bytes that the client expects, once everything is on disk (or right away when there is nothing to store). */
  readonly answer: (outcome: Outcome) => ProtocolAnswer
}

export interface Delivery {
  readonly credential: string | undefined
  /**
   * Of senders that sign what they send. Present, it must say yes to the secret, which only a key of ours has: a name that
   * was given to a source is no secret, so with it such a delivery is refused.
   */
  readonly verify?: (secret: string) => boolean
  readonly events: readonly ForeignEvent[]
  /** Items that are not events, as they came: they go to quarantine with the reason. */
  readonly rejected?: readonly { readonly reason: string; readonly raw: string }[]
}

/** What became of the deliveries together. */
export interface Outcome {
  readonly accepted: number
  readonly rejected: number
  /** Present when nothing was stored because of who asks. */
  readonly refused?: 'no_credential' | 'unknown_credential' | 'wrong_signature'
}

export interface ProtocolAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}
