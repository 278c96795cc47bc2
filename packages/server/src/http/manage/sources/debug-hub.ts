import type { ServerResponse } from 'node:http'
import type { CollectedEvent } from '../../../collect/events/collected-event.ts'
import { rawForDebugger } from '../../../collect/policy/raw-for-debugger.ts'
import { STREAM_HEADERS } from '../../ask/live-hub.ts'

/**
 * The live debugger: shows who sets a source up what it sends, as it came and as it was understood. Nothing of it is kept,
 * and it costs a look into an empty map while nobody listens. It shows what this server takes: in a cluster, a part.
 */
export interface DebugHub {
  /** Ask this first: what `show` needs is not for nothing. */
  isWatched(source: string): boolean
  show(source: string, event: DebugEvent): void
  /** Takes the response over; its headers are not sent yet. False when there are too many listeners. */
  connect(source: string, response: ServerResponse, headers: Readonly<Record<string, string>>): boolean
  close(): void
}

export interface DebugEvent {
  /** Milliseconds since 1970. */
  readonly receivedAt: number
  /** `native`, or the name of the protocol. */
  readonly protocol: string
  /** What came; addresses are masked and keys shortened here. */
  readonly raw: string
  /** The event as it goes to the log, or why there is none. */
  readonly understood: CollectedEvent | { readonly reason: string }
}

interface Listener {
  readonly source: string
  readonly response: ServerResponse
  age: number
  sent: number
  skipped: number
}

const TICK_MS = 1000
const MAX_PER_TICK = 20
const MAX_LISTENERS = 50
const KEEP_ALIVE_TICKS = 15
const MAX_AGE_TICKS = 3600
const MAX_BUFFERED_BYTES = 1024 * 1024

export function createDebugHub(): DebugHub {
  const bySource = new Map<string, Set<Listener>>()
  let timer: NodeJS.Timeout | undefined

  const all = () => [...bySource.values()].flatMap((listeners) => [...listeners])
  const remove = (listener: Listener) => {
    const listeners = bySource.get(listener.source)
    listeners?.delete(listener)
    if (listeners?.size === 0) bySource.delete(listener.source)
    if (bySource.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
  const hangUp = (listener: Listener) => {
    remove(listener)
    listener.response.end()
  }
  const tick = () => {
    for (const listener of all()) {
      listener.age += 1
      if (listener.skipped > 0) write(listener, 'skipped', { count: listener.skipped })
      else if (listener.age % KEEP_ALIVE_TICKS === 0) listener.response.write(': keep-alive\n\n')
      Object.assign(listener, { sent: 0, skipped: 0 })
      // It comes back by itself, and says again who it is.
      if (listener.age >= MAX_AGE_TICKS) hangUp(listener)
    }
  }

  return {
    isWatched: (source) => bySource.has(source),
    show(source, { receivedAt, protocol, raw, understood }) {
      const ready = [...(bySource.get(source) ?? [])].filter(hasRoom)
      if (ready.length === 0) return
      const event = { receivedAt: new Date(receivedAt).toISOString(), protocol, raw: rawForDebugger(raw), understood }
      for (const listener of ready) write(listener, 'event', event)
    },
    connect(source, response, headers) {
      if (all().length >= MAX_LISTENERS) return false
      const listener: Listener = { source, response, age: 0, sent: 0, skipped: 0 }
      bySource.set(source, (bySource.get(source) ?? new Set()).add(listener))
      timer ??= setInterval(tick, TICK_MS).unref()
      response.once('close', () => remove(listener))
      response.once('error', () => remove(listener))
      response.writeHead(200, { ...headers, ...STREAM_HEADERS })
      response.write('retry: 1000\nevent: hello\ndata: {}\n\n')
      return true
    },
    close() {
      for (const listener of all()) hangUp(listener)
    },
  }
}

/** Counts it as sent or as skipped. */
function hasRoom(listener: Listener): boolean {
  const hasRoom = listener.sent < MAX_PER_TICK && listener.response.writableLength < MAX_BUFFERED_BYTES
  listener[hasRoom ? 'sent' : 'skipped'] += 1
  return hasRoom
}

function write({ response }: Listener, event: string, data: object): void {
  response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}
