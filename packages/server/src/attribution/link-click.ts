import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { type Channel, LEVELS } from '@almanac/core/links/channel.ts'
import { isNetworkPlaceholder } from '@almanac/core/links/network-placeholder.ts'
import type { ForeignEvent } from '../collect/events/foreign-event.ts'
import { preferredLanguage } from '../collect/hints/browser-hints.ts'
import { campaignOf } from './channel.ts'
import { redirectAddress } from './redirect-address.ts'
import type { TrackingLink } from './tracking-link.ts'

export const LINK_CLICK = 'link_click'

/** Somebody follows a link: what the link says, and over it what the request's own parameters say. */
export interface LinkClick {
  /** Comes back with the install that it leads to, and so attributes it. */
  readonly id: string
  readonly link: TrackingLink
  readonly channel: Channel
  readonly parameters: ReadonlyMap<string, string>
  /** The request's parameters, for the target. */
  readonly passedOn: ReadonlyMap<string, string>
}

/** 22 letters that stand in any address as they are. */
export function newClickId(): string {
  return randomBytes(16).toString('base64url')
}

const MAX_PARAMETERS = 100
const MAX_NAME_LENGTH = 100
const MAX_VALUE_LENGTH = 500

export function linkClick(link: TrackingLink, query: URLSearchParams, id: string): LinkClick {
  const asked = askedParameters(query)
  const own = Object.entries(link.parameters).filter(([, value]) => !isNetworkPlaceholder(value))
  // A network's own id of the click stands beside ours: ours is what the install brings back.
  const networkClickId = asked.get('click_id')
  const passedOn = new Map(asked)
  passedOn.delete('click_id')
  const parameters = new Map([...own, ...passedOn])
  if (networkClickId !== undefined) parameters.set('network_click_id', networkClickId)
  const said = (value: string) => (isNetworkPlaceholder(value) ? '' : value)
  const channel = {
    network: said(link.network),
    campaign: asked.get('campaign') ?? said(link.campaign),
    adgroup: asked.get('adgroup') ?? said(link.adgroup),
    creative: asked.get('creative') ?? said(link.creative),
  }
  return { id, link, channel, parameters, passedOn }
}

function askedParameters(query: URLSearchParams): Map<string, string> {
  const asked = new Map<string, string>()
  for (const [name, value] of query) {
    const isUsable = name !== '' && name !== '__proto__' && name.length <= MAX_NAME_LENGTH
    if (!isUsable || value === '' || isNetworkPlaceholder(value)) continue
    if (asked.size < MAX_PARAMETERS || asked.has(name)) asked.set(name, value.slice(0, MAX_VALUE_LENGTH))
  }
  return asked
}

export function clickTarget(click: LinkClick): string {
  const { id, link, channel, parameters, passedOn } = click
  const values = new Map([...parameters, ...Object.entries(channel), ['click_id', id]])
  return redirectAddress(link.target, (name) => values.get(name) ?? '', passedOn)
}

export function clickEvent(click: LinkClick, headers: IncomingHttpHeaders): ForeignEvent {
  const { id, link, channel, parameters } = click
  const levels = LEVELS.filter((level) => channel[level] !== '').map((level) => [level, channel[level]])
  return {
    name: LINK_CLICK,
    id,
    referrer: headers.referer,
    language: preferredLanguage(headers),
    campaign: campaignOf(channel),
    properties: { ...Object.fromEntries([...parameters, ...levels]), link: link.code, click_id: id },
  }
}

/** Why nobody has clicked although somebody asks; undefined for a click. The user agent is judged with all events'. */
export function noClickReason(method: string, headers: IncomingHttpHeaders): string | undefined {
  if (method === 'HEAD') return 'HEAD request'
  const purposes = [headers['sec-purpose'], headers.purpose, headers['x-purpose'], headers['x-moz']].join(' ')
  return /prefetch|preview|prerender/i.test(purposes) ? 'prefetch' : undefined
}
