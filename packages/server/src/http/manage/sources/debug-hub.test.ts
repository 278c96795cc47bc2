import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { createDebugHub, type DebugEvent } from './debug-hub.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
afterEach(() => void vi.useRealTimers())

const EVENT: DebugEvent = {
  receivedAt: Date.UTC(2026, 0, 15, 12),
  protocol: 'segment',
  raw: '{"ip":"192.0.2.7"}',
  understood: { reason: 'no name' },
}

/** A hub behind a real server: what it writes goes over a socket. */
async function openHub() {
  const hub = createDebugHub()
  const connected: boolean[] = []
  const server = createServer((request, response) => {
    const isConnected = hub.connect(request.url?.slice(1) ?? '', response, { 'x-extra': 'yes' })
    connected.push(isConnected)
    if (!isConnected) response.writeHead(503).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  onTestFinished(() => {
    hub.close()
    server.closeAllConnections()
    server.close()
  })
  const listen = async (source: string) => {
    const response = await new Promise<IncomingMessage>((resolve) => get({ port, path: `/${source}` }, resolve))
    const heard = { text: '', response }
    response.setEncoding('utf8').on('data', (part: string) => {
      heard.text += part
    })
    return heard
  }
  return { hub, listen }
}

const eventsIn = (text: string, name: string) =>
  text
    .split('\n\n')
    .filter((block) => block.includes(`event: ${name}\n`))
    .map((block) => JSON.parse(block.slice(block.indexOf('data: ') + 6)))

test('a source is watched while somebody listens to it, and other sources are not', async () => {
  const { hub, listen } = await openHub()
  expect(hub.isWatched('website')).toBe(false)

  const heard = await listen('website')
  expect([hub.isWatched('website'), hub.isWatched('shop')]).toEqual([true, false])

  heard.response.destroy()
  await vi.waitFor(() => expect(hub.isWatched('website')).toBe(false))
  expect(vi.getTimerCount()).toBe(0)
})

test('an event goes to those who listen to its source, its addresses masked', async () => {
  const { hub, listen } = await openHub()
  const [website, shop] = [await listen('website'), await listen('shop')]

  hub.show('website', EVENT)
  hub.show('nobody-listens', EVENT)

  await vi.waitFor(() => expect(eventsIn(website.text, 'event')).toHaveLength(1))
  expect(eventsIn(website.text, 'event')).toEqual([
    {
      receivedAt: '2026-01-15T12:00:00.000Z',
      protocol: 'segment',
      raw: '{"ip":"192.0.x.x"}',
      understood: { reason: 'no name' },
    },
  ])
  expect(website.response.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'x-extra': 'yes',
  })
  expect(eventsIn(shop.text, 'event')).toEqual([])
})

test('twenty a second are shown, and of the rest is told how many they were', async () => {
  const { hub, listen } = await openHub()
  const heard = await listen('website')

  for (let i = 0; i < 100; i++) hub.show('website', EVENT)
  vi.advanceTimersByTime(1000)
  hub.show('website', EVENT)

  await vi.waitFor(() => expect(eventsIn(heard.text, 'event')).toHaveLength(21))
  expect(eventsIn(heard.text, 'skipped')).toEqual([{ count: 80 }])
})

test('nobody listens for longer than an hour without saying again who it is', async () => {
  const { hub, listen } = await openHub()
  const heard = await listen('website')
  const ended = new Promise((resolve) => heard.response.once('end', resolve))

  vi.advanceTimersByTime(60 * 60 * 1000)

  await ended
  expect(hub.isWatched('website')).toBe(false)
})

test('one more listener than there may be is refused', async () => {
  const { listen } = await openHub()
  for (let i = 0; i < 50; i++) await listen('website')

  expect((await listen('website')).response.statusCode).toBe(503)
})
