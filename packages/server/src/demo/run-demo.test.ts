import { expect, test } from 'vitest'
import type { DemoEvent } from './demo-event.ts'
import { randomFor } from './random.ts'
import { fillWithHistory, firstDayFor, runTrickle } from './run-demo.ts'

const FIRST_DAY = Temporal.PlainDate.from('2026-08-25')
const now = Date.parse('2026-08-27T15:30:00Z')

async function filled(options: { startAt?: number; now: number }): Promise<DemoEvent[][]> {
  const chunks: DemoEvent[][] = []
  const send = async (events: readonly DemoEvent[]) => {
    chunks.push([...events])
  }
  await fillWithHistory({ firstDay: FIRST_DAY, send, ...options })
  return chunks
}

const idsOf = (chunks: DemoEvent[][]) => chunks.flat().map(({ event }) => event.id)

test('today is the ninetieth day', () => {
  expect(firstDayFor(Date.parse('2026-11-22T00:10:00Z')).toString()).toBe('2026-08-25')
})

test('chunks have one source, one environment and at most 2,000 events in order of receipt', async () => {
  for (const chunk of await filled({ now })) {
    expect(chunk.length).toBeLessThanOrEqual(2000)
    expect(new Set(chunk.map(({ source, event }) => `${source} ${event.environment}`)).size).toBe(1)
    expect(chunk).toEqual(chunk.toSorted((a, b) => a.receivedAt - b.receivedAt))
  }
})

test('of today there is what was received until now, and nothing of the future', async () => {
  const times = (await filled({ now })).flat().map(({ receivedAt }) => receivedAt)
  expect(Math.max(...times)).toBeLessThan(now)
  expect(Math.max(...times)).toBeGreaterThan(now - 600_000)
})

test('a history that was filled in two parts has every event of one filled at once, once', async () => {
  const middle = Date.parse('2026-08-26T09:00:00Z')
  const first = await filled({ now: middle })
  const second = await filled({ startAt: middle, now })
  expect(idsOf([...first, ...second]).toSorted()).toEqual(idsOf(await filled({ now })).toSorted())
})

test('progress counts days, and tells from where to go on after an interruption', async () => {
  const progress: unknown[] = []
  let events = 0
  const send = async (chunk: readonly DemoEvent[]) => {
    events += chunk.length
  }
  const end = await fillWithHistory({ firstDay: FIRST_DAY, now, send, onProgress: (step) => void progress.push(step) })
  expect(end).toEqual({ sentUntil: now, daysDone: 3, daysTotal: 3, events })
  expect(progress).toHaveLength(3)
  expect(progress[0]).toMatchObject({ sentUntil: Date.parse('2026-08-26T00:00:00Z'), daysDone: 1, daysTotal: 3 })
})

test('what send throws ends the filling', async () => {
  const send = () => Promise.reject(new Error('the disk is full'))
  await expect(fillWithHistory({ firstDay: FIRST_DAY, now, send })).rejects.toThrow('the disk is full')
})

test('an aborted filling stops before the next event', async () => {
  const controller = new AbortController()
  let chunks = 0
  const send = async () => {
    chunks++
    controller.abort()
  }
  await expect(fillWithHistory({ firstDay: FIRST_DAY, now, send, signal: controller.signal })).rejects.toThrow()
  expect(chunks).toBe(1)
})

test('live events carry the moment they are sent, and the signal ends them', async () => {
  const controller = new AbortController()
  const sent: DemoEvent[] = []
  const send = async (events: readonly DemoEvent[]) => {
    sent.push(...events)
    if (sent.length === 20) controller.abort()
  }
  const clock = () => now + sent.length
  const delays: number[] = []
  const wait = async (delayMs: number) => void delays.push(delayMs)
  await runTrickle({
    firstDay: FIRST_DAY,
    send,
    signal: controller.signal,
    now: clock,
    random: randomFor(0, 1, 2),
    wait,
  })
  expect(sent).toHaveLength(20)
  expect(delays.reduce((sum, delayMs) => sum + delayMs, 0)).toBeGreaterThan(1000)
  expect(sent.map(({ receivedAt }) => receivedAt)).toEqual(sent.map((_, n) => now + n))
  expect(sent.every(({ event, receivedAt }) => Number(event.time) <= receivedAt)).toBe(true)
})

test('a trickle that is ended while it waits resolves', async () => {
  const controller = new AbortController()
  const send = () => Promise.reject(new Error('nothing was due'))
  const wait = async (_: number, signal: AbortSignal) => {
    controller.abort()
    signal.throwIfAborted()
  }
  await expect(runTrickle({ firstDay: FIRST_DAY, send, signal: controller.signal, wait })).resolves.toBeUndefined()
})
