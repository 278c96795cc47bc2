import { makeVisitor, type Visitor } from '../people/visitor.ts'
import { countAround, PURPOSE, randomFor } from '../random.ts'
import { storeFactorOn } from './acquisition.ts'
import { ALWAYS_ON, type Calendar, campaignOn, growthOn, releaseFactor, weekdayFactor } from './calendar.ts'
import { CHANNELS, type Channel } from './channels.ts'

/** Nobody is followed for longer than this many days; who stays so long is rare enough not to be missed. */
export const FOLLOWED_DAYS = 200
/** People without an account are hardly seen again after this. */
const FOLLOWED_DAYS_WITHOUT_ACCOUNT = 45

export interface Cohort {
  readonly everybody: readonly Visitor[]
  readonly members: readonly Visitor[]
}

/** The people whose first visit falls on the day. */
export function makeCohort(calendar: Calendar, epochDay: number): Cohort {
  const everybody: Visitor[] = []
  for (const [place, channel] of CHANNELS.entries()) {
    const count = countAround(randomFor(PURPOSE.cohort, epochDay, place), arrivalsOn(calendar, epochDay, channel))
    for (let n = 0; n < count; n++) {
      everybody.push(makeVisitor(epochDay, everybody.length, channel, campaignNameOf(calendar, epochDay, channel)))
    }
  }
  return { everybody, members: everybody.filter((visitor) => visitor.membership) }
}

/** Those of a cohort who may still come on a later day. */
export function followedOn(cohort: Cohort, ageDays: number): readonly Visitor[] {
  return ageDays <= FOLLOWED_DAYS_WITHOUT_ACCOUNT ? cohort.everybody : cohort.members
}

function arrivalsOn(calendar: Calendar, epochDay: number, channel: Channel): number {
  const campaign = campaignOn(calendar, epochDay, channel.name)
  const factor = channel.name === 'app_store' ? storeFactorOn(calendar, epochDay) : (campaign?.factor ?? 1)
  const happenings = factor * releaseFactor(calendar, epochDay)
  return channel.arrivalsPerDay * growthOn(calendar, epochDay) * weekdayFactor(epochDay) * happenings
}

function campaignNameOf(calendar: Calendar, epochDay: number, channel: Channel): string | undefined {
  return campaignOn(calendar, epochDay, channel.name)?.name ?? (channel.medium ? ALWAYS_ON : undefined)
}
