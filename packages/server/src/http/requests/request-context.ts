import type { IncomingHttpHeaders } from 'node:http'
import { botHintOf } from '../../collect/hints/bot-hint.ts'
import { clientHintsOf } from '../../collect/hints/client-hints.ts'

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
