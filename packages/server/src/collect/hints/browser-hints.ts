import type { CollectedEvent } from '../events/collected-event.ts'
import type { Mutable } from '../events/event-draft.ts'
import type { ClientHints } from './client-hints.ts'

/** What a request's headers say of the browser that sent it. */
export interface BrowserHints {
  readonly userAgent?: string | undefined
  readonly clientHints?: ClientHints | undefined
  readonly botHint?: string | undefined
}

/** Hints are of the browser on the connection: an event takes them only when it has that one's user agent. */
export function addBrowserHints(
  event: Mutable<Pick<CollectedEvent, 'userAgent' | 'clientHints' | 'botHint'>>,
  { userAgent, clientHints, botHint }: BrowserHints,
): void {
  if (userAgent === undefined || event.userAgent !== userAgent) return
  if (clientHints !== undefined && event.clientHints === undefined) event.clientHints = clientHints
  if (botHint !== undefined) event.botHint = botHint
}

/** The language that the browser asks for first; `*` is none. */
export function preferredLanguage(headers: { readonly 'accept-language'?: string | undefined }): string | undefined {
  const first = headers['accept-language']?.split(/[,;]/)[0]?.trim()
  return first === '*' ? undefined : first
}
