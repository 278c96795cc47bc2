import type { NativeEvent } from '@almanac/core/events/native-event.ts'
import type { UserAgentFacts } from '../../ingest/enrich/user-agent.ts'
import type { ClientHints } from '../hints/client-hints.ts'

/**
 * What collect hands to the log: the event as it was understood, before anything is derived from it that could be
 * derived again (browser, referrer's host, page's path: those are ingest's). What needs the IP address is already done,
 * and the address itself is not in here.
 */
export interface CollectedEvent extends Omit<NativeEvent, 'id' | 'time' | 'sentAt' | 'ip' | 'environment' | 'revenue'> {
  /** UUID. The same event, delivered again, has the same id when it carries `idFrom`. */
  readonly id: string
  /**
   * How the id was made: from the client's own id, or from the content of a log line. Absent: made by us on arrival,
   * so that nothing else can have it and ingest need not look for a twin.
   */
  readonly idFrom?: 'client' | 'content'
  /** The client's own id, as it came. */
  readonly messageId?: string
  /** When it happened, after correction: milliseconds since 1970, between 1970 and one day after its receipt. */
  readonly at: number
  /** The client's own clocks where they were given, in milliseconds: the event's time and the time of sending. */
  readonly clientAt?: number
  readonly sentAt?: number
  /** 64-bit hash of the identity, as decimal text (it does not fit a JavaScript number); absent when nobody is known. */
  readonly visitor?: string
  readonly visitorKind?: VisitorKind
  /** Some clients know no currency. */
  readonly revenue?: { readonly amount: number; readonly currency?: string } | undefined
  /** In place of `userAgent` and `clientHints`, of a source that does not keep user agents. */
  readonly agentFacts?: UserAgentFacts
  /** What speaks against a person and cannot be found again once the request is gone, such as `prefetch`. */
  readonly botHint?: string
  /** Of the browser whose user agent the event has. */
  readonly clientHints?: ClientHints
}

/** What the visitor hash was made of. Only the first three outlive a day, so only they make weekly figures meaningful. */
export type VisitorKind = 'user' | 'anonymous' | 'stable_hash' | 'daily_hash'

/** The first line of a frame in the log; the events follow, one a line. */
export interface FrameHeader {
  readonly v: 1
  readonly source: string
  readonly environment: 'production' | 'sandbox'
  /** Milliseconds since 1970. */
  readonly receivedAt: number
  /** Who sent it: a write key's id, or the import that it belongs to. */
  readonly keyId?: string | undefined
  readonly importId?: string
  /** Servers and apps sent these events: what sent them is meant to be a program, so that no rule for bots applies. */
  readonly kind?: 'server' | undefined
  /** Hosts of the site itself, besides the one that a page's address names. */
  readonly site?: readonly string[] | undefined
}

/** In place of an event, a line that could not be understood: it goes to quarantine, with the reason. */
export interface RejectedLine {
  readonly rejected: {
    readonly reason: string
    /** 1-based, in the imported file. */
    readonly line?: number
    readonly file?: string
    /** As it came, cut at 64 KiB; `sizeBytes` is its true length. */
    readonly raw: string
    readonly sizeBytes: number
  }
}
