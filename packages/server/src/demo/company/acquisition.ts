import type { NativeEventInput } from '@almanac/core/events/native-event.ts'
import { campaignOf } from '../../attribution/channel.ts'
import type { Visitor } from '../people/visitor.ts'
import { PURPOSE, pick, pickWeighted, randomFor } from '../random.ts'
import { ALWAYS_ON, type Calendar, campaignOn } from './calendar.ts'
import type { Channel } from './channels.ts'
import type { Phone } from './phones.ts'

/** What brings people to install the app, as a service that attributes installs reports it. */
interface Network {
  readonly name: string
  /** Its campaigns are those of this channel; without one nobody paid for the install. */
  readonly channel?: Channel['name']
  readonly weight: number
  readonly platform?: Phone['platform']
  readonly adgroups: readonly string[]
  readonly creatives: readonly string[]
}

const NETWORKS: readonly Network[] = [
  { name: 'Organic', weight: 40, adgroups: [], creatives: [] },
  {
    name: 'Google Ads',
    channel: 'paid_search',
    weight: 20,
    adgroups: ['streaming', 'crime series', 'brand'],
    creatives: ['text 1', 'text 2', 'trailer 15 s'],
  },
  {
    name: 'Apple Search Ads',
    channel: 'paid_search',
    weight: 14,
    platform: 'ios',
    adgroups: ['brand', 'competitors', 'discovery'],
    creatives: ['default page', 'crime page'],
  },
  {
    name: 'Meta',
    channel: 'paid_social',
    weight: 16,
    adgroups: ['lookalike members', 'families', 'film lovers'],
    creatives: ['trailer 15 s', 'carousel', 'price'],
  },
  {
    name: 'TikTok',
    channel: 'paid_social',
    weight: 10,
    adgroups: ['18 to 24', '25 to 34'],
    creatives: ['trailer 9 s', 'creator 1', 'creator 2'],
  },
  { name: 'Evening Listings', channel: 'partner', weight: 4, adgroups: ['tonight'], creatives: ['banner', 'teaser'] },
]

/** People with an account get the app from the company's own pages. */
const OWN_PAGES = { network: 'Website', campaign: 'get-the-app', adgroup: 'account', creative: 'button' }

/** The channel of the person's install in its four levels; the same on every day after it. */
export function acquisitionOf(calendar: Calendar, visitor: Visitor): NativeEventInput['campaign'] {
  if (visitor.channel.name !== 'app_store') return campaignOf(OWN_PAGES)
  const { arrivalDay, number, phone } = visitor
  const random = randomFor(PURPOSE.acquisition, arrivalDay, number)
  const network = pickWeighted(random, networksOn(calendar, arrivalDay, phone.platform))
  if (!network.channel) return campaignOf({ network: network.name })
  return campaignOf({
    network: network.name,
    campaign: campaignOn(calendar, arrivalDay, network.channel)?.name ?? ALWAYS_ON,
    adgroup: pick(random, network.adgroups),
    creative: pick(random, network.creatives),
  })
}

/** What campaigns make of the arrivals by an app store: those that nobody paid for stay as many as they were. */
export function storeFactorOn(calendar: Calendar, epochDay: number): number {
  return sumOfWeights(networksOn(calendar, epochDay)) / sumOfWeights(NETWORKS)
}

function networksOn(calendar: Calendar, epochDay: number, on?: Phone['platform']): Network[] {
  return NETWORKS.filter(({ platform }) => !on || !platform || platform === on).map((network) => {
    const campaign = network.channel && campaignOn(calendar, epochDay, network.channel)
    return { ...network, weight: network.weight * (campaign?.factor ?? 1) }
  })
}

const sumOfWeights = (networks: readonly Network[]) => networks.reduce((sum, { weight }) => sum + weight, 0)
