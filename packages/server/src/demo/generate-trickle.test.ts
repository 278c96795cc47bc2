import { NativeEvent } from '@almanac/core/events/native-event.ts'
import { expect, test } from 'vitest'
import { createCompany } from './company/company.ts'
import { HOUR_MS } from './company/epoch-day.ts'
import { generateDay } from './generate-day.ts'
import { generateTrickle, type TrickleStep } from './generate-trickle.ts'
import { randomFor } from './random.ts'

const FIRST_DAY = Temporal.PlainDate.from('2026-08-25')
const company = createCompany(FIRST_DAY)
const startAt = Date.parse('2026-11-20T17:00:00Z')

function trickleFor(durationMs: number, seed = 1, eventsPerSecond = 3): TrickleStep[] {
  const steps: TrickleStep[] = []
  for (const step of generateTrickle(company, { startAt, random: randomFor(0, seed, 0), eventsPerSecond })) {
    if (step.receivedAt >= startAt + durationMs) return steps
    steps.push(step)
  }
  return steps
}

test('an evening hour has between 3 and 5 events a second when 3 are asked for on average', () => {
  const perSecond = trickleFor(HOUR_MS).length / 3600
  expect(perSecond).toBeGreaterThan(3)
  expect(perSecond).toBeLessThan(5)
})

test('a tenth of the pace gives about a tenth of the events', () => {
  const ratio = trickleFor(6 * HOUR_MS, 1, 0.3).length / trickleFor(6 * HOUR_MS).length
  expect(ratio).toBeGreaterThan(0.07)
  expect(ratio).toBeLessThan(0.14)
})

test('the delays add up to the time of receipt, from the start on', () => {
  let at = startAt
  for (const { delayMs, receivedAt } of trickleFor(HOUR_MS)) {
    expect(delayMs).toBeGreaterThanOrEqual(0)
    at += delayMs
    expect(receivedAt).toBe(at)
  }
})

test('trickled events are native events with ids of their own, none later than its receipt, some of them late', () => {
  const steps = trickleFor(2 * HOUR_MS)
  for (const { event } of steps) NativeEvent.parse(event)
  expect(new Set(steps.map(({ event }) => event.id)).size).toBe(steps.length)
  expect(steps.filter(({ event, receivedAt }) => Number(event.time) > receivedAt)).toEqual([])
  expect(steps.some(({ event, receivedAt }) => receivedAt - Number(event.time) > HOUR_MS)).toBe(true)
})

test('the trickle has known users, strangers who sign up, robots, and the bills that the history has for these hours', () => {
  const steps = trickleFor(3 * HOUR_MS)
  const names = new Set(steps.map(({ event }) => event.name))
  expect(names).toContain('sign_up')
  expect(names).toContain('play_finished')
  expect(steps.some(({ event }) => event.ip)).toBe(true)
  const bills = (events: Iterable<{ receivedAt: number; event: { name: string; id?: string | undefined } }>) =>
    [...events]
      .filter(({ receivedAt }) => receivedAt >= startAt && receivedAt < startAt + 3 * HOUR_MS)
      .filter(({ event }) => event.name === 'payment')
      .map(({ event }) => event.id)
  const history = bills(generateDay(Temporal.PlainDate.from('2026-11-20'), company))
  expect(history.length).toBeGreaterThan(0)
  expect(bills(steps)).toEqual(history)
})

test('another random gives another trickle', () => {
  expect(trickleFor(60_000, 2)[0]?.event.id).not.toBe(trickleFor(60_000, 1)[0]?.event.id)
})

test('the trickle goes on over midnight, with the bills of the new day', () => {
  const steps = trickleFor(9 * HOUR_MS, 1, 0.2)
  const midnight = startAt + 7 * HOUR_MS
  expect(steps.some(({ event }) => event.name === 'payment' && Number(event.time) > midnight)).toBe(true)
})
