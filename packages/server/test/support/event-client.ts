import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { eventually } from './processes.ts'
import { callServer, type ServerProcess } from './server-process.ts'

/** What `/api/v1/status` says, as far as these tests ask for it. */
export interface Status {
  readonly engines: Record<'clickhouse' | 'postgres', { readonly pid: number; readonly state: string }>
  readonly log: { readonly durableEnd: number; readonly state: string }
  readonly ingest: { readonly position: number }
}

type Address = Pick<ServerProcess, 'url' | 'token'>

/** Sends events with a key, and remembers which of them were acknowledged: those are promised. */
export interface EventClient {
  readonly acknowledged: ReadonlySet<string>
  /** One batch of events that no other has; `paddingBytes` makes each of them larger. */
  send(count: number, paddingBytes?: number): Promise<Response>
}

export interface EventClientOptions {
  readonly source?: string
  readonly environment?: 'production' | 'sandbox'
}

export async function createEventClient(
  server: Address,
  { source = 'website', environment }: EventClientOptions = {},
): Promise<EventClient & { readonly secret: string }> {
  await callServer(server, '/api/v1/sources', { name: source, label: source }).catch(() => undefined)
  const key = { name: randomUUID(), scopes: ['ingest'], source, ...(environment && { environment }) }
  const { secret } = await callServer<{ secret: string }>(server, '/api/v1/keys', key)
  return { secret, ...eventClient(() => server.url, secret) }
}

/** The address is asked for with each request: a server that was started again has another one. */
export function eventClient(url: () => string, secret: string): EventClient {
  const acknowledged = new Set<string>()
  return {
    acknowledged,
    async send(count, paddingBytes = 0) {
      const markers = Array.from({ length: count }, () => randomUUID())
      const padding = 'x'.repeat(paddingBytes)
      const events = markers.map((userId) => ({ name: 'page_view', userId, properties: { padding } }))
      const response = await postEvents(url(), secret, JSON.stringify(events))
      if (response.status === 202) for (const marker of markers) acknowledged.add(marker)
      return response
    },
  }
}

export function postEvents(url: string, secret: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> {
  return fetch(`${url}/v1/events`, { method: 'POST', headers: { authorization: `Bearer ${secret}` }, body })
}

export async function ingestHasCaughtUp(server: Address): Promise<void> {
  await eventually('ingest has read the whole log', async () => {
    const { log, ingest } = await callServer<Status>(server, '/api/v1/status')
    return ingest.position >= log.durableEnd
  })
}

/** The promise of an acknowledgement: every event is stored, and once. Waits for ingest. */
export async function expectAllStoredOnce(
  server: Address,
  { acknowledged }: Pick<EventClient, 'acknowledged'>,
): Promise<void> {
  await ingestHasCaughtUp(server)
  const sql = 'SELECT user_id, count() FROM events GROUP BY user_id'
  const { rows } = await callServer<{ rows: [string, number][] }>(server, '/api/v1/sql', { sql, limit: 100_000 })
  const counts = new Map(rows)
  expect([...acknowledged].filter((marker) => counts.get(marker) !== 1)).toEqual([])
  expect(rows.filter(([, count]) => count !== 1)).toEqual([])
}
