interface Listeners<E> {
  /** What is done with the data of an event, by the event's name. */
  readonly onEvent: { readonly [Name in keyof E]: (data: E[Name]) => void }
  /** `wasAway`: the connection was lost before, so something may have been missed. */
  readonly onState: (state: 'live' | 'reconnecting', wasAway: boolean) => void
}

const RETRY_MS = [300, 1000, 2000, 5000, 10_000] as const

/**
 * Server-sent events by one connection that comes back by itself, also where the browser gives up: after an answer that
 * is not a stream. Returns what ends it.
 */
export function followEvents<E extends object>(path: string, { onEvent, onState }: Listeners<E>): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  const connect = () => {
    source = new EventSource(path)
    source.addEventListener('open', () => {
      onState('live', failures > 0)
      failures = 0
    })
    for (const name in onEvent) {
      source.addEventListener(name, ({ data }: MessageEvent<string>) => onEvent[name](JSON.parse(data)))
    }
    source.addEventListener('error', () => {
      failures += 1
      // The server hangs up now and then; only when it does not answer at once is it away.
      if (failures > 1) onState('reconnecting', true)
      source?.close()
      timer = setTimeout(connect, RETRY_MS[Math.min(failures, RETRY_MS.length) - 1])
    })
  }
  connect()
  return () => {
    source?.close()
    clearTimeout(timer)
  }
}
