import { expect, test } from 'vitest'
import { createCompany } from './company/company.ts'
import { DAY_MS, epochDayOf } from './company/epoch-day.ts'
import { generateDay } from './generate-day.ts'

const FIRST_DAY = Temporal.PlainDate.from('2026-08-25')
const eventsOf = (n: number, company = createCompany(FIRST_DAY)) => [
  ...generateDay(FIRST_DAY.add({ days: n }), company),
]

test('a day is the same whether it is made first, or after others, or once more', () => {
  const company = createCompany(FIRST_DAY)
  const later = eventsOf(24, company)
  eventsOf(70, company)
  expect(eventsOf(24, company)).toEqual(later)
  expect(eventsOf(24)).toEqual(later)
})

test('a day is not the day after', () => {
  const [today, tomorrow] = [eventsOf(10), eventsOf(11)]
  expect(tomorrow.map(({ event }) => event.id)).not.toContain(today[0]?.event.id)
  expect(tomorrow.length).not.toBe(0)
})

test('a day holds what is received on it, visits from before midnight and phones that were offline included', () => {
  const from = epochDayOf(FIRST_DAY.add({ days: 30 })) * DAY_MS
  const events = eventsOf(30)
  expect(events.every(({ receivedAt }) => receivedAt >= from && receivedAt < from + DAY_MS)).toBe(true)
  const begun = new Set(
    events.filter(({ event }) => event.id === `${event.sessionId}-0`).map(({ event }) => event.sessionId),
  )
  const onTheWay = events.filter(
    ({ source, event }) => source === 'website' && event.sessionId && !begun.has(event.sessionId),
  )
  expect(onTheWay.length).toBeGreaterThan(0)
  expect(events.some(({ source, event }) => source === 'mobile-app' && Number(event.time) < from - DAY_MS)).toBe(true)
})

test('the app sends its clock with every event, and the event is not later than its sending', () => {
  const events = eventsOf(3).filter(({ source, event }) => source === 'mobile-app' && event.sessionId)
  expect(events.length).toBeGreaterThan(500)
  expect(events.filter(({ event }) => Number(event.time) > Number(event.sentAt))).toEqual([])
  expect(events.filter(({ receivedAt, event }) => Number(event.sentAt) > receivedAt)).toEqual([])
})

test('within a session the events keep their order', () => {
  const last = new Map<string, number>()
  for (const { event } of eventsOf(5).toSorted((a, b) => Number(a.event.time) - Number(b.event.time))) {
    if (!event.sessionId) continue
    const place = Number.parseInt(`${event.id}`.slice(event.sessionId.length + 1), 36)
    expect(place).toBeGreaterThan(last.get(event.sessionId) ?? -1)
    last.set(event.sessionId, place)
  }
  expect(last.size).toBeGreaterThan(300)
})

test('evenings are busy where it is evening', () => {
  const hourOfMost = (country: string) => {
    const hours = new Array<number>(24).fill(0)
    for (let n = 14; n < 24; n++) {
      for (const { event } of eventsOf(n, company)) {
        if (event.country !== country || event.name !== 'play_started') continue
        const hour = Math.floor((Number(event.time) % DAY_MS) / (DAY_MS / 24))
        hours[hour] = (hours[hour] ?? 0) + 1
      }
    }
    return hours.indexOf(Math.max(...hours))
  }
  const company = createCompany(FIRST_DAY)
  expect([17, 18, 19, 20]).toContain(hourOfMost('DE')) // 19 to 22 o'clock in summer
  expect([13, 14, 15, 16, 17]).toContain(hourOfMost('IN')) // half past six to half past ten
})
