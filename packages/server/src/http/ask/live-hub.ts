import type { ServerResponse } from 'node:http'

/** The time span of events that were just stored, and the cubes that they belong to. */
export interface LiveChange {
  readonly cubes: readonly string[]
  readonly from: string
  readonly to: string
}

/**
 * Tells every open page what has changed, as server-sent events. A page that reads too slowly is hung up on, as is one
 * that has listened for an hour: it comes back by itself, says again who it is, and asks for fresh data anyway.
 */
export interface LiveHub {
  readonly clientCount: number
  /** Takes the response over; its headers are not sent yet. False when there are too many clients. */
  connect(response: ServerResponse, headers: Readonly<Record<string, string>>): boolean
  publish(change: LiveChange): void
  close(): void
}

interface LiveHubOptions {
  readonly now?: () => number
  readonly keepAliveMs?: number
  readonly maxBufferedBytes?: number
  readonly maxClients?: number
  readonly maxAgeMs?: number
}

export function createLiveHub({
  now = Date.now,
  keepAliveMs = 15_000,
  maxBufferedBytes = 256 * 1024,
  maxClients = 1000,
  maxAgeMs = 60 * 60 * 1000,
}: LiveHubOptions = {}): LiveHub {
  const clients = new Map<ServerResponse, { readonly since: number }>()

  const hangUp = (client: ServerResponse) => {
    clients.delete(client)
    client.end()
  }
  const send = (text: string) => {
    for (const client of clients.keys()) {
      if (client.writableLength > maxBufferedBytes) client.destroy()
      else client.write(text)
    }
  }
  const keepAlive = setInterval(() => {
    const oldest = now() - maxAgeMs
    for (const [client, { since }] of clients) if (since < oldest) hangUp(client)
    send(': keep-alive\n\n')
  }, keepAliveMs)
  keepAlive.unref()

  return {
    get clientCount() {
      return clients.size
    },
    connect(response, headers) {
      if (clients.size >= maxClients) return false
      clients.set(response, { since: now() })
      response.once('close', () => clients.delete(response))
      response.once('error', () => clients.delete(response))
      response.writeHead(200, { ...headers, ...STREAM_HEADERS })
      response.write('retry: 1000\nevent: hello\ndata: {}\n\n')
      return true
    },
    publish: (change) => send(`event: change\ndata: ${JSON.stringify(change)}\n\n`),
    close() {
      clearInterval(keepAlive)
      for (const client of clients.keys()) hangUp(client)
    },
  }
}

/** Of server-sent events. */
export const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  // Proxies such as nginx would hold the events back.
  'x-accel-buffering': 'no',
}
