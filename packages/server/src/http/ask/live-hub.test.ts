import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLiveHub } from './live-hub.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** The part of a response that the hub uses. */
class FakeResponse extends EventEmitter {
  writableLength = 0
  written = ''
  state: 'open' | 'ended' | 'destroyed' = 'open'
  writeHead() {
    return this
  }
  write(text: string) {
    if (this.state !== 'open') throw new Error(`written to a response that is ${this.state}`)
    this.written += text
  }
  end() {
    this.state = 'ended'
    this.emit('close')
  }
  destroy() {
    this.state = 'destroyed'
    this.emit('close')
  }
}

const response = () => {
  const fake = new FakeResponse()
  return { fake, real: fake as unknown as ServerResponse }
}
const CHANGE = { cubes: ['web'], from: '2026-01-01T00:00:00Z', to: '2026-01-01T01:00:00Z' }

test('every page hears a change, and a quiet connection is kept open', () => {
  const hub = createLiveHub()
  const [one, two] = [response(), response()]
  hub.connect(one.real, {})
  hub.connect(two.real, {})

  hub.publish(CHANGE)
  vi.advanceTimersByTime(15_000)

  for (const { fake } of [one, two]) {
    expect(fake.written).toBe(
      `retry: 1000\nevent: hello\ndata: {}\n\nevent: change\ndata: ${JSON.stringify(CHANGE)}\n\n: keep-alive\n\n`,
    )
  }
  hub.close()
})

test('a page that reads too slowly is hung up on, and the others go on', () => {
  const hub = createLiveHub({ maxBufferedBytes: 1000 })
  const [slow, quick] = [response(), response()]
  hub.connect(slow.real, {})
  hub.connect(quick.real, {})
  slow.fake.writableLength = 1001

  hub.publish(CHANGE)

  expect(slow.fake.state).toBe('destroyed')
  expect(quick.fake.written).toContain('event: change')
  expect(hub.clientCount).toBe(1)
  hub.close()
})

test('after an hour a page has to come again and say who it is', () => {
  const hub = createLiveHub()
  const { fake, real } = response()
  hub.connect(real, {})

  vi.advanceTimersByTime(60 * 60 * 1000)
  expect(fake.state).toBe('open')
  vi.advanceTimersByTime(15_000)
  expect(fake.state).toBe('ended')
  expect(hub.clientCount).toBe(0)
  hub.close()
})

test('the number of pages is bounded', () => {
  const hub = createLiveHub({ maxClients: 1 })

  expect(hub.connect(response().real, {})).toBe(true)
  expect(hub.connect(response().real, {})).toBe(false)
  hub.close()
})

test('the end of the server ends every connection', () => {
  const hub = createLiveHub()
  const { fake, real } = response()
  hub.connect(real, {})

  hub.close()

  expect(fake.state).toBe('ended')
  expect(vi.getTimerCount()).toBe(0)
})
