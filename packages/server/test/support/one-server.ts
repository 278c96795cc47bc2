import { afterAll, beforeAll } from 'vitest'
import { createEventClient, ingestHasCaughtUp } from './event-client.ts'
import { makeScratch, type Scratch } from './scratch.ts'
import { callServer, type ServerProcess } from './server-process.ts'
import { type ClientRequest, sendRequest } from './usual-deliveries.ts'

/** One server for all tests of a file, with a source and its key. */
export interface OneServer {
  url(): string
  /** An ingest key of the source. */
  key(): string
  send(request: ClientRequest): Promise<Response>
  call<T>(path: string, body?: unknown): Promise<T>
  /** Makes a source, unless it is there, and an ingest key for it. */
  newKey(source: string, environment?: 'production' | 'sandbox'): Promise<string>
  revokeKey(id: string): Promise<void>
  /** After ingest has read all that came. */
  sqlRows<T>(sql: string): Promise<T[]>
  /** Of each name, how many events there are. */
  storedCounts(source?: string): Promise<Record<string, number>>
  killAndStartAgain(): Promise<void>
}

export function useOneServer(source: string): OneServer {
  let scratch: Scratch
  let server: ServerProcess
  let key: string
  beforeAll(async () => {
    scratch = await makeScratch()
    server = await scratch.start()
    key = await newKey(source)
  })
  afterAll(() => scratch[Symbol.asyncDispose]())

  const newKey: OneServer['newKey'] = async (name, environment) =>
    (await createEventClient(server, { source: name, ...(environment && { environment }) })).secret

  async function sqlRows<T>(sql: string): Promise<T[]> {
    await ingestHasCaughtUp(server)
    return (await callServer<{ rows: T[] }>(server, '/api/v1/sql', { sql, limit: 1000 })).rows
  }

  return {
    url: () => server.url,
    key: () => key,
    send: (request) => sendRequest(server.url, request),
    call: (path, body) => callServer(server, path, body),
    newKey,
    async revokeKey(id) {
      const headers = { authorization: `Bearer ${server.token}` }
      await fetch(`${server.url}/api/v1/keys/${id}`, { method: 'DELETE', headers })
    },
    sqlRows,
    async storedCounts(of = source) {
      const sql = `SELECT name, count() FROM events WHERE source = '${of}' GROUP BY name`
      return Object.fromEntries(await sqlRows<[string, number]>(sql))
    },
    async killAndStartAgain() {
      await server.kill()
      server = await scratch.start()
    },
  }
}
