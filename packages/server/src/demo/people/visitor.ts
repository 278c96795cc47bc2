import { ALWAYS_ON } from '../company/calendar.ts'
import { CHANNELS, type Channel, type TrafficSource } from '../company/channels.ts'
import { type City, COUNTRIES, type Country } from '../company/countries.ts'
import { type Membership, makeMembership } from '../company/membership.ts'
import { PHONES, type Phone } from '../company/phones.ts'
import { WEB_CLIENTS, type WebClient } from '../company/web-clients.ts'
import { draw, hexFor, PURPOSE, pick, pickWeighted, randomFor } from '../random.ts'

/** A person, as fixed on the day of the first visit. What happens on a later day follows from it by a function. */
export interface Visitor {
  /** The epoch day of the first visit; with `number` it is the person's key. */
  readonly arrivalDay: number
  readonly number: number
  readonly channel: Channel
  readonly trafficSource: TrafficSource
  /** The campaign that brought the person, on channels that are paid for. */
  readonly campaignName: string | undefined
  readonly country: Country
  readonly city: City
  readonly language: string
  readonly browser: WebClient
  readonly screen: string
  readonly phone: Phone
  readonly favouriteGenre: number
  /** 0 to 1: how often the person comes and how much is watched. */
  readonly engagement: number
  readonly membership: Membership | undefined
}

export function makeVisitor(
  arrivalDay: number,
  number: number,
  channel: Channel,
  campaignName: string | undefined,
): Visitor {
  const random = randomFor(PURPOSE.visitor, arrivalDay, number)
  const country = pickWeighted(random, COUNTRIES)
  const browser = pickWeighted(random, WEB_CLIENTS)
  const engagement = 0.12 + 0.88 * random() ** 1.5
  return {
    arrivalDay,
    number,
    channel,
    trafficSource: pickWeighted(random, channel.sources),
    campaignName,
    country,
    city: pickWeighted(random, country.cities),
    language: (random() < 0.85 ? country.languages[0] : pick(random, country.languages)) as string,
    browser,
    screen: pick(random, browser.screens),
    phone: pickWeighted(random, PHONES),
    favouriteGenre: random(),
    engagement,
    membership: makeMembership(random, arrivalDay, channel, engagement),
  }
}

/** Somebody who was not in the day's plan: for the live trickle, which has more visitors than the history. */
export function makeUnplannedVisitor(arrivalDay: number, number: number): Visitor {
  const weighted = CHANNELS.map((channel) => ({ channel, weight: channel.arrivalsPerDay }))
  const { channel } = pickWeighted(randomFor(PURPOSE.cohort, arrivalDay, number), weighted)
  return makeVisitor(arrivalDay, number, channel, channel.medium && ALWAYS_ON)
}

/** The first-party cookie of the person's browser. */
export const anonymousIdOf = (visitor: Visitor) => hexFor(PURPOSE.anonymousId, visitor.arrivalDay, visitor.number)

/** The app's own id on the person's phone: another one than the browser's. */
export const deviceIdOf = (visitor: Visitor) => hexFor(PURPOSE.deviceId, visitor.arrivalDay, visitor.number)

export const userIdOf = (visitor: Visitor) => `user-${hexFor(PURPOSE.userId, visitor.arrivalDay, visitor.number)}`

/** Short text that no other visitor has. */
export const keyOf = (visitor: Visitor) => `${visitor.arrivalDay.toString(36)}-${visitor.number.toString(36)}`

/** From the day after signing up, many members watch on their phones; who came by an app store does from the start. */
export function prefersApp(visitor: Visitor, epochDay: number): boolean {
  if (visitor.membership?.isOnApp ?? visitor.channel.name === 'app_store') return true
  const hasApp = visitor.membership !== undefined && epochDay > visitor.membership.signUpDay
  return hasApp && draw(PURPOSE.visitor, visitor.arrivalDay, visitor.number, epochDay) < visitor.favouriteGenre * 0.75
}
