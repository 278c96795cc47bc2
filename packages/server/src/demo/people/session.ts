import type { NativeEventInput } from '@almanac/core/events/native-event.ts'
import { type Calendar, historyDayOf } from '../company/calendar.ts'
import { appUserAgent, appVersionOn } from '../company/phones.ts'
import type { DemoEvent } from '../demo-event.ts'
import { between, exponential, PURPOSE, type Random, randomFor } from '../random.ts'
import { anonymousIdOf, deviceIdOf, keyOf, userIdOf, type Visitor } from './visitor.ts'
import type { Visit } from './visits.ts'

/** A visit being played out: a clock that goes on from step to step, and the events so far. */
export interface Session {
  readonly calendar: Calendar
  readonly visit: Visit
  readonly visitor: Visitor
  readonly random: Random
  readonly key: string
  /** What every event of the session carries. */
  readonly common: NativeEventInput
  readonly recorded: (NativeEventInput & { time: number })[]
  at: number
  /** Known from the sign-up on. */
  userId: string | undefined
  previousUrl: string | undefined
}

/** Opens the session of a visit. The same visit with the same key is the same session, event by event. */
export function openSession(calendar: Calendar, visit: Visit, key = sessionKeyOf(visit)): Session {
  const { visitor, epochDay, ordinal } = visit
  const signUpDay = visitor.membership?.signUpDay
  const isKnown = signUpDay !== undefined && epochDay >= signUpDay && !visit.isSignUp
  return {
    calendar,
    visit,
    visitor,
    random: randomFor(PURPOSE.session, visitor.arrivalDay, visitor.number, epochDay * 2 + ordinal),
    key,
    common: visit.surface === 'app' ? appFields(calendar, visit, key) : webFields(visit, key),
    recorded: [],
    at: visit.startAt,
    userId: isKnown ? userIdOf(visitor) : undefined,
    previousUrl: undefined,
  }
}

export function record(session: Session, name: string, fields?: Omit<NativeEventInput, 'name'>): void {
  const { common, key, recorded, userId } = session
  const id = `${key}-${recorded.length.toString(36)}`
  recorded.push({ ...common, ...(userId && { userId }), ...fields, id, name, time: Math.floor(session.at) })
}

/** Lets time pass: a few seconds at the least, sometimes much more. */
export function pause(session: Session, meanSeconds: number): void {
  session.at += 1500 + exponential(session.random, meanSeconds) * 1000
}

/** Closes the session: says when each of its events came in. */
export function delivered(session: Session): DemoEvent[] {
  return session.visit.surface === 'app' ? deliveredByApp(session) : deliveredByBrowser(session)
}

function deliveredByBrowser({ recorded, random }: Session): DemoEvent[] {
  return recorded.map((event) => {
    const receivedAt = event.time + Math.floor(between(random, 40, 700))
    return { source: 'website', receivedAt, event }
  })
}

/** The app sends what it has every quarter of a minute, and when it was offline, all of it at the end. */
function deliveredByApp({ visit, recorded, random, at }: Session): DemoEvent[] {
  const { lateMs } = visit
  const onlineAt = lateMs === undefined ? 0 : Math.floor(Math.max(visit.startAt + lateMs, at + 60_000))
  return recorded.map((event) => {
    const sentAt = Math.max(onlineAt, event.time + Math.floor(between(random, 0, 15_000)))
    const receivedAt = sentAt + Math.floor(between(random, 60, 900))
    return { source: 'mobile-app', receivedAt, event: { ...event, sentAt } }
  })
}

function webFields(visit: Visit, key: string): NativeEventInput {
  const { visitor } = visit
  return {
    name: '',
    anonymousId: anonymousIdOf(visitor),
    sessionId: key,
    userAgent: visitor.browser.userAgent,
    screen: visitor.screen,
    ...placeFields(visitor),
  }
}

function appFields(calendar: Calendar, visit: Visit, key: string): NativeEventInput {
  const { visitor } = visit
  const { phone, arrivalDay, number } = visitor
  const version = appVersionOn(historyDayOf(calendar, visit.epochDay), arrivalDay, number)
  return {
    name: '',
    anonymousId: deviceIdOf(visitor),
    sessionId: key,
    userAgent: appUserAgent(phone, version),
    screen: phone.screen,
    app: { name: 'Tidelight', version, platform: phone.platform },
    ...placeFields(visitor),
  }
}

function placeFields({ language, city, country }: Visitor) {
  return { language, timezone: city.timezone, country: country.code, region: city.region, city: city.name }
}

function sessionKeyOf({ visitor, epochDay, ordinal }: Visit): string {
  return `${keyOf(visitor)}-${(epochDay * 2 + ordinal).toString(36)}`
}
