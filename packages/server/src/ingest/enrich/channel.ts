import type { Site } from './sites.ts'

/**
 * Which way an event's visitor came, after the definitions of GA4's default channel group, which most people know: the first
 * rule that fits decides. What differs: assistants with artificial intelligence have a channel of their own, an e-mail program
 * as the referrer is e-mail, and a click id without a medium is read as what it was bought as (`campaign.ts`).
 */
export interface Arrival {
  /** As the campaign says them; empty when it does not. */
  readonly source: string
  readonly medium: string
  readonly name: string
  /** The known site of the campaign's source, or else of the referrer. */
  readonly site: Site | undefined
  /** A campaign or a referrer from outside. */
  readonly isCampaign: boolean
  readonly isReferred: boolean
}

export type Channel = (typeof RULES)[number][0] | 'Direct' | 'Other'

export function channelOf(arrival: Arrival): Channel {
  const { source, medium, name, site, isCampaign, isReferred } = arrival
  if (!isCampaign && !isReferred) return 'Direct'
  const key = `${site?.name}\n${isReferred}\n${source}\n${medium}\n${name}`
  let known = KNOWN.get(key)
  if (known === undefined) {
    if (KNOWN.size >= MAX_KNOWN) KNOWN.clear()
    known = firstThatFits(arrival)
    KNOWN.set(key, known)
  }
  return known
}

/** A site has a few hundred campaigns, and asking all rules takes as long as the rest of an event. */
const KNOWN = new Map<string, Channel>()
const MAX_KNOWN = 10_000

function firstThatFits(arrival: Arrival): Channel {
  const medium = arrival.medium.trim().toLowerCase()
  // A link that says of itself that there is nothing to say.
  if (DIRECT.has(arrival.source.toLowerCase()) && (medium === '' || NO_MEDIUM.has(medium))) return 'Direct'
  const facts: Facts = { ...arrival, medium, kind: arrival.site?.kind, isPaid: PAID.test(medium) }
  return RULES.find(([, fits]) => fits(facts))?.[0] ?? 'Other'
}

interface Facts extends Omit<Arrival, 'site'> {
  readonly kind: Site['kind'] | undefined
  readonly isPaid: boolean
}

const PAID = /^(?:.*cp.*|ppc|retargeting|paid.*)$/
const SHOPPING = /^(?:.*(?:(?:[^a-df-z]|^)shop|shopping).*)$/i
const EMAIL = /^e[-_ ]?mail$|^newsletter$/i
const DIRECT = new Set(['direct', '(direct)'])
const NO_MEDIUM = new Set(['none', '(none)', '(not set)'])

const RULES = [
  ['Cross-network', ({ name }) => /cross-network/i.test(name)],
  ['Paid Shopping', ({ kind, name, isPaid }) => isPaid && (kind === 'shopping' || SHOPPING.test(name))],
  ['Paid Search', ({ kind, isPaid }) => isPaid && kind === 'search'],
  ['Paid Social', ({ kind, isPaid, medium }) => isPaid && (kind === 'social' || medium.includes('social'))],
  ['Paid Video', ({ kind, isPaid }) => isPaid && kind === 'video'],
  ['Display', ({ kind, medium }) => kind === 'ads' || /^(?:display|banner|expandable|interstitial|cpm)$/.test(medium)],
  ['Paid Other', ({ isPaid }) => isPaid],
  ['AI Assistants', ({ kind, medium }) => kind === 'ai' || /^ai[-_ ]?assistants?$/.test(medium)],
  ['Organic Shopping', ({ kind, name }) => kind === 'shopping' || SHOPPING.test(name)],
  [
    'Organic Social',
    ({ kind, medium }) => kind === 'social' || /^(?:social(?:[-_ ]?(?:network|media))?|sm)$/.test(medium),
  ],
  ['Organic Video', ({ kind, medium }) => kind === 'video' || medium.includes('video')],
  ['Organic Search', ({ kind, medium }) => kind === 'search' || medium === 'organic'],
  ['Email', ({ kind, source, medium }) => kind === 'email' || EMAIL.test(source) || EMAIL.test(medium)],
  ['Affiliates', ({ medium }) => /^(?:affiliates?|partner)$/.test(medium)],
  ['Audio', ({ medium }) => medium === 'audio'],
  ['SMS', ({ source, medium }) => source.toLowerCase() === 'sms' || medium === 'sms'],
  ['Mobile Push', ({ source, medium }) => /push$|mobile|notification/.test(medium) || /^firebase$/i.test(source)],
  ['Referral', (facts) => isReferral(facts)],
] as const satisfies readonly (readonly [string, (facts: Facts) => boolean])[]

/** A campaign that only names another site says what a referrer would have said. */
function isReferral({ source, medium, isReferred }: Facts): boolean {
  if (/^(?:referral|app|link)$/.test(medium)) return true
  return medium === '' && (source === '' ? isReferred : /^[\w-]+(?:\.[\w-]+)+$/.test(source))
}
