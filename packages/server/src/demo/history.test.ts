import { NativeEvent } from '@almanac/core/events/native-event.ts'
import { beforeAll, expect, test } from 'vitest'
import { outageOf, RELEASE_DAY } from './company/calendar.ts'
import { FOLLOWED_DAYS } from './company/cohort.ts'
import { createCompany } from './company/company.ts'
import { HOUR_MS, weekdayOf } from './company/epoch-day.ts'
import type { DemoEvent } from './demo-event.ts'
import { generateDay } from './generate-day.ts'
import { userIdOf } from './people/visitor.ts'

/** The ninety days are made once and kept as counts; a failed claim below is about the model, not about one event. */
const FIRST_DAY = Temporal.PlainDate.from('2026-08-25')
const company = createCompany(FIRST_DAY)
const { firstDay } = company.calendar

interface DayCounts {
  events: number
  visitors: Set<string>
  campaigns: Map<string, number>
}

const days: DayCounts[] = []
const playsByHour = new Map<number, number>()
const errorsByHour = new Map<number, number>()
const signUpTimes = new Map<string, number>()
const payments: { userId: string; time: number }[] = []
const funnel = new Map<string, Set<string>>()
const ids = new Set<string>()
const names = new Map<string, number>()
let lateEvents = 0
let sandboxEvents = 0
let webEvents = 0
let pageViews = 0
let botViews = 0
let notFound = 0
let backwards = 0
let fromTheFuture = 0
const refused: string[] = []
const installsByNetwork = new Map<string, number>()
const installsByDay: number[] = []
const installed = new Set<string>()
let installedTwice = 0
let sessionMs = 0
let firstHitPlayAt = Number.POSITIVE_INFINITY

beforeAll(() => {
  for (let n = 0; n < 90; n++) {
    days.push({ events: 0, visitors: new Set(), campaigns: new Map() })
    let receivedAt = 0
    for (const demoEvent of generateDay(FIRST_DAY.add({ days: n }), company)) {
      if (demoEvent.receivedAt < receivedAt) backwards++
      receivedAt = demoEvent.receivedAt
      count(days[n] as DayCounts, demoEvent)
    }
  }
}, 120_000)

test('ninety days hold between 500,000 and 750,000 events, each with an id of its own', () => {
  const total = days.reduce((sum, { events }) => sum + events, 0)
  expect(total).toBeGreaterThan(500_000)
  expect(total).toBeLessThan(750_000)
  expect(ids.size).toBe(total)
})

test('every event is a native event', () => {
  expect(refused).toEqual([])
})

test('events come in order of receipt, and none happens after it was received', () => {
  expect(backwards).toBe(0)
  expect(fromTheFuture).toBe(0)
})

test('a weekend day has between 1.15 and 1.6 times the events of a working day', () => {
  const isWeekend = (n: number) => weekdayOf(firstDay + n) >= 5
  const weekend = meanOf(days.filter((_, n) => isWeekend(n)).map(({ events }) => events))
  const workdays = meanOf(days.filter((_, n) => !isWeekend(n)).map(({ events }) => events))
  expect(weekend / workdays).toBeGreaterThan(1.15)
  expect(weekend / workdays).toBeLessThan(1.6)
})

test('the last two weeks have between 1.4 and 2.2 times the events of the first two', () => {
  const events = days.map((day) => day.events)
  const growth = meanOf(events.slice(-14)) / meanOf(events.slice(0, 14))
  expect(growth).toBeGreaterThan(1.4)
  expect(growth).toBeLessThan(2.2)
})

test('during the outage pages answer 503 and few plays start, compared with the same hours a week before', () => {
  const { from } = outageOf(company.calendar)
  for (const hour of [from / HOUR_MS, from / HOUR_MS + 1]) {
    const weekBefore = hour - 7 * 24
    expect(errorsByHour.get(hour) ?? 0).toBeGreaterThan(20 * (errorsByHour.get(weekBefore) ?? 0) + 40)
    expect(playsByHour.get(hour) ?? 0).toBeLessThan(0.35 * (playsByHour.get(weekBefore) ?? 0))
  }
})

test('the release day has a quarter more visitors than the same weekday of the week before', () => {
  expect(visitorsOn(RELEASE_DAY) / visitorsOn(RELEASE_DAY - 7)).toBeGreaterThan(1.25)
})

test('each campaign is seen in the visitors of its days only, and makes them more', () => {
  const viewsOf = (n: number, name: string) => days[n]?.campaigns.get(name) ?? 0
  expect(viewsOf(17, 'first-month-free') + viewsOf(43, 'come-back-week')).toBe(0)
  expect(viewsOf(24, 'first-month-free')).toBeGreaterThan(60)
  expect(viewsOf(44, 'come-back-week')).toBeGreaterThan(60)
  expect(visitorsOn(24) / visitorsOn(10)).toBeGreaterThan(1.1)
  expect(visitorsOn(44) / visitorsOn(37)).toBeGreaterThan(1.2)
})

test('visitors return: those of a month are far fewer than the sum of its days, and far more than those of one', () => {
  const month = days.slice(-30)
  const sumOfDays = month.reduce((sum, { visitors }) => sum + visitors.size, 0)
  const ofMonth = month.reduce((all, { visitors }) => all.union(visitors), new Set<string>()).size
  expect(ofMonth).toBeLessThan(0.5 * sumOfDays)
  expect(ofMonth).toBeGreaterThan(4 * (sumOfDays / 30))
})

test('each step of the funnel is reached by fewer people than the one before', () => {
  const steps = ['title', 'pricing', 'sign-up page', 'sign_up', 'trial_started', 'subscription_started']
  const reached = steps.map((step) => funnel.get(step)?.size ?? 0)
  expect(reached.at(-1)).toBeGreaterThan(300)
  expect(reached).toEqual(reached.toSorted((a, b) => b - a))
  expect(new Set(reached).size).toBe(steps.length)
})

test('only people who signed up pay, and only after it', () => {
  const signedUpBefore = membersFromBefore()
  const strangers = payments.filter(({ userId, time }) => {
    const signedUpAt = signUpTimes.get(userId)
    return signedUpAt === undefined ? !signedUpBefore.has(userId) : signedUpAt >= time
  })
  expect(payments.length).toBeGreaterThan(1500)
  expect(strangers).toEqual([])
})

test('more than one in a hundred events of the app comes in hours or days late', () => {
  expect(lateEvents / (names.get('screen_viewed') ?? 0)).toBeGreaterThan(0.01)
})

test('robots send between 6 and 10 per cent of the events of the website, and some pages are not found', () => {
  expect(botViews / webEvents).toBeGreaterThan(0.06)
  expect(botViews / webEvents).toBeLessThan(0.1)
  expect(notFound / pageViews).toBeGreaterThan(0.005)
  expect(notFound / pageViews).toBeLessThan(0.03)
})

test('a few events are of the sandbox', () => {
  expect(sandboxEvents).toBeGreaterThan(100)
  expect(sandboxEvents).toBeLessThan(2000)
})

test.each([
  'page_view',
  'screen_viewed',
  'search',
  'play_started',
  'play_finished',
  'play_failed',
  'sign_up',
  'trial_started',
  'subscription_started',
  'payment',
  'subscription_cancelled',
  'refund',
  'app_installed',
  'session',
])('%s happens', (name) => {
  expect(names.get(name) ?? 0).toBeGreaterThan(5)
})

test('a phone installs the app once, and each network and the own pages bring some', () => {
  expect(installedTwice).toBe(0)
  expect([...installsByNetwork.keys()].toSorted()).toEqual([
    'Apple Search Ads',
    'Evening Listings',
    'Google Ads',
    'Meta',
    'Organic',
    'TikTok',
    'Website',
  ])
  for (const count of installsByNetwork.values()) expect(count).toBeGreaterThan(50)
})

test('while the ad campaign runs, more people install the app than in the days before', () => {
  expect(meanOf(installsByDay.slice(18, 31)) / meanOf(installsByDay.slice(5, 18))).toBeGreaterThan(1.5)
})

test('each opening of the app has its session, of half an hour to an hour and a half on average', () => {
  const sessions = names.get('session') ?? 0
  expect(sessions / (names.get('app_opened') ?? 0)).toBeCloseTo(1, 2)
  expect(sessionMs / sessions / HOUR_MS).toBeGreaterThan(0.5)
  expect(sessionMs / sessions / HOUR_MS).toBeLessThan(1.5)
})

test('the hit is not watched before its release', () => {
  expect(firstHitPlayAt).toBeGreaterThanOrEqual(firstDay + RELEASE_DAY)
  expect(firstHitPlayAt).toBeLessThan(firstDay + RELEASE_DAY + 1)
})

function count(day: DayCounts, { source, receivedAt, event }: DemoEvent): void {
  const parsed = NativeEvent.safeParse(event)
  if (!parsed.success && refused.length < 5) refused.push(`${JSON.stringify(event)}: ${parsed.error.message}`)
  ids.add(`${event.id}`)
  day.events++
  if (event.environment === 'sandbox') {
    sandboxEvents++
    return
  }
  const time = Number(event.time)
  if (time > receivedAt) fromTheFuture++
  if (source === 'mobile-app' && receivedAt - time > HOUR_MS) lateEvents++
  names.set(event.name, (names.get(event.name) ?? 0) + 1)
  const person = event.userId ?? event.anonymousId
  if (person) day.visitors.add(person)
  if (event.campaign?.name) day.campaigns.set(event.campaign.name, (day.campaigns.get(event.campaign.name) ?? 0) + 1)
  countErrorsAndPlays(event, time)
  countInstall(event, days.indexOf(day))
  if (event.name === 'session') sessionMs += event.durationMs ?? 0
  if (source === 'website') webEvents++
  countPageView(event)
  countFunnel(event, time, source === 'website')
}

function countErrorsAndPlays({ name, status = 0, properties }: DemoEvent['event'], time: number): void {
  const hour = Math.floor(time / HOUR_MS)
  if (status === 503) errorsByHour.set(hour, (errorsByHour.get(hour) ?? 0) + 1)
  if (name !== 'play_started') return
  playsByHour.set(hour, (playsByHour.get(hour) ?? 0) + 1)
  if (properties?.title === 'The Salt Line') firstHitPlayAt = Math.min(firstHitPlayAt, time / (24 * HOUR_MS))
}

function countInstall({ name, anonymousId = '', campaign }: DemoEvent['event'], day: number): void {
  if (name !== 'app_installed') return
  if (installed.has(anonymousId)) installedTwice++
  installed.add(anonymousId)
  const network = campaign?.source ?? ''
  installsByNetwork.set(network, (installsByNetwork.get(network) ?? 0) + 1)
  installsByDay[day] = (installsByDay[day] ?? 0) + 1
}

function countPageView({ name, ip, status }: DemoEvent['event']): void {
  if (name !== 'page_view') return
  pageViews++
  if (ip) botViews++
  if (status === 404) notFound++
}

/** The website's funnel: the app has screens in place of the pages. */
function countFunnel({ name, url, userId, anonymousId }: DemoEvent['event'], time: number, isWeb: boolean): void {
  if (name === 'sign_up' && userId) signUpTimes.set(userId, time)
  if (name === 'payment' && userId) payments.push({ userId, time })
  if (!isWeb) return
  if (url && anonymousId && !userId) {
    const { pathname } = new URL(url)
    if (pathname.startsWith('/title/')) reach('title', anonymousId)
    if (pathname === '/pricing') reach('pricing', anonymousId)
    if (pathname === '/sign-up') reach('sign-up page', anonymousId)
  }
  if (userId && signUpTimes.has(userId)) reach(name, userId)
}

function reach(step: string, person: string): void {
  const people = funnel.get(step) ?? new Set()
  funnel.set(step, people.add(person))
}

/** The accounts that are older than the history. */
function membersFromBefore(): Set<string> {
  const arrivalDays = Array.from({ length: FOLLOWED_DAYS }, (_, age) => firstDay - 1 - age)
  const members = arrivalDays.flatMap((day) => company.cohortOf(day).members)
  return new Set(members.filter(({ membership }) => (membership?.signUpDay ?? firstDay) < firstDay).map(userIdOf))
}

const visitorsOn = (n: number) => days[n]?.visitors.size ?? 0

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}
