import { playBotRun } from './bots/bots.ts'
import { FOLLOWED_DAYS } from './company/cohort.ts'
import type { Company } from './company/company.ts'
import { epochDayAt, HOUR_MS } from './company/epoch-day.ts'
import { stateOn } from './company/membership.ts'
import { busynessAt } from './company/rhythm.ts'
import type { DemoEvent } from './demo-event.ts'
import { playVisit } from './generate-day.ts'
import { billingEventsOn } from './people/billing.ts'
import { makeUnplannedVisitor, type Visitor } from './people/visitor.ts'
import { planVisit, type Visit } from './people/visits.ts'
import { exponential, pick, type Random, wholeBetween } from './random.ts'

export interface TrickleStep extends DemoEvent {
  /** How long after the step before it, or after the start. */
  readonly delayMs: number
}

export interface TrickleOptions {
  /** Milliseconds since 1970. */
  readonly startAt: number
  readonly random: Random
  /** On average over a week: evenings have more, nights have less. */
  readonly eventsPerSecond: number
}

/** What a visit or a robot's run amounts to on average; a test compares it with the trickle's true pace. */
const EVENTS_PER_VISIT = 6.5
/** The company is not asleep when the trickle starts: visits that began in the last hour are under way. */
const WARM_UP_MS = HOUR_MS
const BOT_SHARE = 0.04
const STRANGER_SHARE = 0.4
/** The zone whose hours set the pace, being in the middle of where the visitors are. */
const PACE_ZONE = 'Europe/Berlin'

/**
 * What happens to the company from now on, without end: known people who come back, new ones, robots, and the bills that
 * fall due. It is busier than the days of the history, so that a page which is looked at moves.
 */
export function* generateTrickle(company: Company, options: TrickleOptions): Generator<TrickleStep, never> {
  const { startAt, random, eventsPerSecond } = options
  const pending: DemoEvent[] = []
  let arrivalAt = startAt - WARM_UP_MS
  let billedDay = epochDayAt(startAt) - 1
  let toldAt = startAt
  while (true) {
    const next = pending[0]
    if (next && next.receivedAt <= arrivalAt) {
      pending.shift()
      if (next.receivedAt < startAt) continue
      yield { ...next, delayMs: next.receivedAt - toldAt }
      toldAt = next.receivedAt
      continue
    }
    addInOrder(pending, arrive(company, arrivalAt, random))
    const meanWaitMs = (EVENTS_PER_VISIT * 1000) / (eventsPerSecond * paceAt(arrivalAt))
    arrivalAt += Math.ceil(exponential(random, meanWaitMs))
    for (; billedDay < epochDayAt(arrivalAt); billedDay++) {
      addInOrder(pending, billingEventsOn(company.cohortOf, billedDay + 1))
    }
  }
}

function arrive(company: Company, startAt: number, random: Random): DemoEvent[] {
  const key = `live-${epochDayAt(startAt).toString(36)}-${Math.floor(random() * 2 ** 52).toString(36)}`
  if (random() < BOT_SHARE) return playBotRun(company.calendar, random, startAt, key)
  return playVisit(company.calendar, chooseVisit(company, startAt, random), key)
}

/** A phone that was offline began its visit long ago: it is its events' receipt that happens now. */
function chooseVisit(company: Company, startAt: number, random: Random): Visit {
  const epochDay = epochDayAt(startAt)
  const isStranger = random() < STRANGER_SHARE
  const visitor = choosePerson(random, startAt, () =>
    isStranger
      ? makeUnplannedVisitor(epochDay, wholeBetween(random, 1e6, 2e9))
      : knownPerson(company, epochDay, random),
  )
  const visit = planVisit(company, visitor, epochDay, isStranger ? 0 : wholeBetween(random, 2, 1e6))
  return { ...visit, startAt: startAt - (visit.lateMs ?? 0) }
}

/** Whoever lives where it is evening is the likelier one. */
function choosePerson(random: Random, instantMs: number, next: () => Visitor): Visitor {
  for (let attempt = 0; attempt < 30; attempt++) {
    const visitor = next()
    if (random() * 2.5 < busynessAt(instantMs, visitor.city.timezone)) return visitor
  }
  return next()
}

/** Somebody who has been here before: watching members mostly, and people of the last weeks. */
function knownPerson(company: Company, epochDay: number, random: Random): Visitor {
  for (let attempt = 0; attempt < 200; attempt++) {
    const ageDays = 1 + Math.floor(random() * FOLLOWED_DAYS)
    const { everybody, members } = company.cohortOf(epochDay - ageDays)
    const isRecent = ageDays < 30 && random() < 0.3
    const people = isRecent ? everybody : members
    if (people.length === 0) continue
    const visitor = pick(random, people)
    const state = stateOn(visitor.membership, epochDay)
    const isSigningUpToday = visitor.membership?.signUpDay === epochDay
    if (!isSigningUpToday && (state === 'subscriber' || state === 'trial' || isRecent)) return visitor
  }
  return makeUnplannedVisitor(epochDay - 1, wholeBetween(random, 1e6, 2e9))
}

/** Between two thirds and four thirds of the pace asked for. */
function paceAt(instantMs: number): number {
  return Math.min(1.33, Math.max(0.67, busynessAt(instantMs, PACE_ZONE)))
}

/** Keeps the list in order of receipt. */
function addInOrder(pending: DemoEvent[], events: readonly DemoEvent[]): void {
  for (const event of events) {
    let low = 0
    let high = pending.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((pending[middle] as DemoEvent).receivedAt <= event.receivedAt) low = middle + 1
      else high = middle
    }
    pending.splice(low, 0, event)
  }
}
