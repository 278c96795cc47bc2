import type { IncomingHttpHeaders } from 'node:http'
import { botHintOf } from '../collect/bot-hint.ts'
import { clientHintsOf } from '../collect/client-hints.ts'

/** What all events of a request are understood by. */
export function requestContext(address: string | undefined, headers: IncomingHttpHeaders, receivedAtMs: number) {
  return {
    receivedAtMs,
    address,
    userAgent: headers['user-agent'],
    clientHints: clientHintsOf(headers),
    botHint: botHintOf(headers),
  }
}
