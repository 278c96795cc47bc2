import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AppError } from '@almanac/core/errors.ts'
import { afterEach, expect, test } from 'vitest'
import { pingClickHouse, whileAlive } from './signs-of-life.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
const alive = async () => {}
const forever = new AbortController().signal

test('a server that answers is alive, whatever it says', async () => {
  const url = await serve(200)
  await expect(pingClickHouse({ url })).resolves.toBeUndefined()
})

test('a server that answers with an error or not at all is not there', async () => {
  const url = await serve(500)
  await expect(pingClickHouse({ url })).rejects.toMatchObject({ code: 'engine_unavailable', message: /500/ })
  servers.splice(0)[0]?.close()
  await expect(pingClickHouse({ url })).rejects.toMatchObject({ code: 'engine_unavailable', message: /ECONNREFUSED/ })
})

test('a query of a server that gives no sign of life is aborted with the reason', async () => {
  const error = new AppError('engine_unavailable', 'ClickHouse does not answer')
  await expect(whileAlive(() => Promise.reject(error), forever, never, 1)).rejects.toBe(error)
})

test('a long query of a living server goes on', async () => {
  let pings = 0
  const ping = async () => void pings++
  const untilPinged = async () => {
    while (pings < 3) await new Promise((resolve) => setImmediate(resolve))
    return 'done'
  }
  expect(await whileAlive(ping, forever, untilPinged, 1)).toBe('done')
})

test('the caller can still abort, and a failure of the query stays what it is', async () => {
  const gone = new Error('the client has left')
  await expect(whileAlive(alive, AbortSignal.abort(gone), async (signal) => signal.throwIfAborted())).rejects.toBe(gone)
  const failure = new Error('no such table')
  await expect(whileAlive(alive, forever, () => Promise.reject(failure))).rejects.toBe(failure)
})

async function serve(status: number): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end('Ok.'))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
