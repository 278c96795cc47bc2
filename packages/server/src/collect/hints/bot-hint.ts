type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * What a request's headers say against a person behind it, for `CollectedEvent.botHint`: a browser that fetches a page before
 * anybody asked for it says so. Not for what servers and apps send: their requests are nobody's browser.
 */
export function botHintOf(headers: Headers): string | undefined {
  const purpose = headers['sec-purpose'] ?? headers.purpose ?? headers['x-purpose'] ?? headers['x-moz']
  return typeof purpose === 'string' && AHEAD_OF_TIME.test(purpose) ? 'prefetch' : undefined
}

const AHEAD_OF_TIME = /\b(?:prefetch|prerender|preview)\b/i
