import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { endConnectionsOnClose } from './end-connections.ts'

const NEVER_IN_THIS_TEST_MS = 600_000

test('a connection that is kept alive is closed after the answer that was under way', async () => {
  const { app, socket, answerNow } = await serving(NEVER_IN_THIS_TEST_MS)
  const ended = once(socket, 'close')
  const asked = once(app.server, 'request')
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await asked
  const closed = app.close()
  while (app.server.listening) await nextTurn()
  answerNow()

  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /)
  await Promise.all([ended, closed])
})

test('a request that its client never finishes does not keep the server from closing', async () => {
  const { app, socket } = await serving(0)
  const ended = once(socket, 'close')
  const asked = once(app.server, 'request')
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\nhalf')
  await asked

  await app.close()
  await ended
})

async function serving(finishWithinMs: number) {
  const app = Fastify({ forceCloseConnections: 'idle' })
  endConnectionsOnClose(app, finishWithinMs)
  const { promise: mayAnswer, resolve: answerNow } = Promise.withResolvers<void>()
  app.all('/', async () => {
    await mayAnswer
    return 'ok'
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  const socket: Socket = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1')
  socket.on('error', () => {}) // Being cut off is what one of the tests is about.
  await once(socket, 'connect')
  return { app, socket, answerNow }
}
