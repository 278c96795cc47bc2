import { expected, type LogFormat } from './log-format.ts'
import { closingQuote, unescapeField } from './quoted-field.ts'
import { type ScannedWebLog, scanWebLog } from './web-log.ts'

/** The common format and then `"referrer" "user agent"`: what Apache and nginx write unless told otherwise. */
export const combined: LogFormat = {
  label: 'Combined Log Format of Apache, nginx and others: common, then the referrer and the user agent',

  parse(line, { nowMs }) {
    const scanned = scanCombined(line, nowMs)
    if ('rejected' in scanned) return scanned
    if (scanned.end < line.length) return expected('the end of the line after the user agent', line, scanned.end)
    return { draft: scanned.draft }
  },
}

/** For formats that go on after it. */
export function scanCombined(line: string, nowMs: number): ScannedWebLog | { readonly rejected: string } {
  const scanned = scanWebLog(line, nowMs)
  if ('rejected' in scanned) return scanned
  const { end, draft } = scanned

  if (!line.startsWith(' "', end)) return expected('a quoted referrer after the size', line, end)
  const referrerEnd = closingQuote(line, end + 2)
  if (referrerEnd === -1) return expected('a quote that closes the referrer', line, line.length)

  if (!line.startsWith(' "', referrerEnd + 1)) {
    return expected('a quoted user agent after the referrer', line, referrerEnd + 1)
  }
  const userAgentEnd = closingQuote(line, referrerEnd + 3)
  if (userAgentEnd === -1) return expected('a quote that closes the user agent', line, line.length)

  const referrer = unescapeField(line.slice(end + 2, referrerEnd))
  const userAgent = unescapeField(line.slice(referrerEnd + 3, userAgentEnd))
  if (referrer !== '-' && referrer !== '') draft.event.referrer = referrer
  if (userAgent !== '-' && userAgent !== '') draft.event.userAgent = userAgent
  return { draft, end: userAgentEnd + 1 }
}
