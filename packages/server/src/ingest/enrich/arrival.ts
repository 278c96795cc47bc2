import type { CollectedEvent } from '../../collect/events/collected-event.ts'
import { type Campaign, type Click, campaignMarks } from './campaign.ts'
import { channelOf } from './channel.ts'
import { NO_REFERRER, type ReferrerFacts, referrerFacts } from './referrer.ts'
import { siteOfSource } from './sites.ts'

/** Where an event's visitor came from. What is not known is empty or undefined. */
export interface ArrivalFacts {
  readonly campaign: Campaign
  readonly click: Click | undefined
  /** Of another site: a page of the site itself is not where a visit came from. */
  readonly referrerHost: string
  readonly searchTerm: string
  readonly kind: ReferrerKind | ''
  /** `Google`, `newsletter`, `example.org`: of the kind. */
  readonly name: string
  readonly channel: string
}

export type ReferrerKind = 'campaign' | 'search' | 'social' | 'email' | 'ai' | 'website' | 'internal' | 'direct'

type Told = Pick<CollectedEvent, 'url' | 'referrer' | 'campaign'>

/** `host` is the page's own; logs often do not name it. `site` are the hosts of the site, see `FrameHeader`. */
export function arrivalFacts(event: Told, host: string, site?: readonly string[]): ArrivalFacts {
  const referrer = event.referrer ? referrerFacts(event.referrer) : NO_REFERRER
  const isInternal = referrer.host !== '' && isOwnHost(referrer.host, host, site)
  const { campaign: ofUrl, looseSource, click } = campaignMarks(event.url ?? '')
  const { campaign: said } = event
  const told = said && (isEmpty(ofUrl) || !isEmpty(said)) && !isNamedBy(ofUrl, said) ? said : ofUrl
  const campaign = isEmpty(told) && looseSource !== undefined && !isInternal ? { source: looseSource } : told
  const outside = isInternal ? NO_REFERRER : referrer
  const way = { campaign, click, outside, isInternal, hasPage: Boolean(event.url) }
  const { kind, name } = kindAndName(way)
  return {
    campaign,
    click,
    referrerHost: outside.host,
    searchTerm: outside.searchTerm,
    kind,
    name,
    channel: kind === '' || kind === 'internal' ? '' : channelOfWay(way),
  }
}

/** Whether a campaign that is told by its name alone is the one of the address, which says more of it. */
function isNamedBy(ofUrl: Campaign, { source, medium, name }: Campaign): boolean {
  return !source && !medium && Boolean(name) && name === (ofUrl.name || ofUrl.source || ofUrl.medium)
}

/** All without `www.`, which no site is told apart by; so `*.example.com` holds for `www.example.com`, and `example.com` too. */
function isOwnHost(host: string, pageHost: string, site: readonly string[] | undefined): boolean {
  if (host === withoutWww(pageHost)) return true
  const isHost = (entry: string) =>
    entry.startsWith('*.') ? `.${host}`.endsWith(entry.slice(1)) : host === withoutWww(entry)
  return site?.some(isHost) ?? false
}

const withoutWww = (host: string) => host.replace(/^www\./, '')

interface Way {
  readonly campaign: Campaign
  readonly click: Click | undefined
  readonly outside: ReferrerFacts
  readonly isInternal: boolean
  readonly hasPage: boolean
}

function kindAndName({ campaign, click, outside, isInternal, hasPage }: Way): Pick<ArrivalFacts, 'kind' | 'name'> {
  if (!isEmpty(campaign)) {
    const { source, name, medium } = campaign
    return { kind: 'campaign', name: (source && siteOfSource(source)?.name) || source || name || medium || '' }
  }
  const { site, host } = outside
  if (site) return { kind: REFERRER_KINDS[site.kind], name: site.name }
  if (click) return { kind: 'campaign', name: click.network.site }
  if (host !== '') return { kind: 'website', name: host }
  if (isInternal) return { kind: 'internal', name: '' }
  return { kind: hasPage ? 'direct' : '', name: '' }
}

const REFERRER_KINDS = {
  search: 'search',
  social: 'social',
  video: 'social',
  email: 'email',
  ai: 'ai',
  shopping: 'website',
  ads: 'website',
} as const

function channelOfWay({ campaign, click, outside }: Way): string {
  const { source = '', medium = '', name = '' } = campaign
  const network = click?.network
  // A link in a newsletter that went through Facebook is still the newsletter's; an ad that was paid for is the network's.
  const isClickFirst = source === '' || network?.medium !== undefined
  return channelOf({
    source,
    medium: medium || (network?.medium ?? ''),
    name,
    site:
      siteOfSource(source) ??
      (network && isClickFirst ? siteOfSource(network.site) : undefined) ??
      (source === '' ? outside.site : undefined),
    isCampaign: !isEmpty(campaign) || click !== undefined,
    isReferred: outside.host !== '',
  })
}

/** Only the fields that say where somebody came from: a group or a search word alone names no campaign. */
const isEmpty = ({ source, medium, name }: Campaign) => !source && !medium && !name
