import { NOT_INTERACTIVE } from '../../../visits/visit-rule.ts'
import type { ForeignEvent } from '../../events/foreign-event.ts'
import { preferredLanguage } from '../../hints/browser-hints.ts'
import { clientHintsOfData } from '../../hints/client-hints.ts'
import { jsonOf } from '../../read/json-text.ts'
import { isRecord, type JsonRecord, leftOf, numberOf, recordOf, textOf, timeMsOf } from '../loose-values.ts'
import type { ProtocolRequest } from '../protocol.ts'
import { connectionAddress } from '../sender.ts'

interface MatomoContext {
  /** Came with a key: may say the address, the place and an old time. */
  readonly isTrusted: boolean
  readonly request: Pick<ProtocolRequest, 'headers' | 'receivedAtMs'>
}

/** The event of one tracking request, or why there is none. */
export function matomoEvent(parameters: JsonRecord, { isTrusted, request }: MatomoContext): ForeignEvent | string {
  if (textOf(parameters.rec) !== '1') return 'expected rec=1, without which Matomo records nothing'
  const time = timeOf(parameters, isTrusted, request.receivedAtMs)
  if (typeof time === 'string') return time

  const kind = kindOf(parameters)
  return {
    ...time,
    ...kind,
    userId: textOf(parameters.uid),
    anonymousId: textOf(parameters.cid) ?? textOf(parameters._id),
    url: textOf(parameters.url) ?? imageTrackerPage(parameters, request),
    title: textOf(parameters.action_name),
    referrer: textOf(parameters.urlref),
    userAgent: textOf(parameters.ua),
    clientHints: clientHintsOfData(recordOf(parsed(parameters.uadata))),
    // The script never says it; as in Matomo it is the browser's.
    language: textOf(parameters.lang) ?? preferredLanguage(request.headers),
    screen: textOf(parameters.res),
    address: connectionAddress(request),
    ...(isTrusted && placeOf(parameters, request)),
    properties: propertiesOf(kind.revenue ? { ...parameters, revenue: undefined } : parameters, isTrusted),
  }
}

/** One request is one action: what it is can be told from the fields that only such an action has. */
function kindOf(parameters: JsonRecord): Pick<ForeignEvent, 'name' | 'revenue' | 'campaign'> {
  const has = (name: string) => textOf(parameters[name]) !== undefined
  if (textOf(parameters.ping) === '1') return { name: 'ping' }
  if (textOf(parameters.idgoal) === '0') {
    // The worth of a cart is not yet revenue: it stays a property.
    return has('ec_id') ? { name: 'ecommerce_order', ...conversionOf(parameters) } : { name: 'ecommerce_cart_update' }
  }
  if (has('idgoal')) return { name: 'goal', ...conversionOf(parameters) }
  if (has('e_c') && has('e_a'))
    return { name: actionName(String(parameters.e_c).trim(), String(parameters.e_a).trim()) }
  if (has('link')) return { name: 'outlink' }
  if (has('download')) return { name: 'download' }
  if (has('search')) return { name: 'site_search' }
  if (has('c_n')) return { name: has('c_i') ? 'content_interaction' : 'content_impression' }
  return { name: textOf(parameters.ca) === '1' ? 'custom_action' : 'page_view' }
}

/** `_rcn` and `_rck` tell which campaign a conversion belongs to; with other actions they only repeat it. */
function conversionOf(parameters: JsonRecord): Pick<ForeignEvent, 'revenue' | 'campaign'> {
  const amount = numberOf(parameters.revenue)
  return {
    revenue: amount === undefined ? undefined : { amount },
    campaign: { name: textOf(parameters._rcn), term: textOf(parameters._rck) },
  }
}

/** An action that is called as an event with a meaning of its own is told from it by its category. */
function actionName(category: string, action: string): string {
  // The action of these is the place in the code: a name for each would hide how many there are.
  if (category === 'JavaScript Errors') return 'javascript_error'
  return action === '' || OWN_NAMES.has(action) ? `${category}: ${action}` : action
}

const OWN_NAMES: ReadonlySet<string> = new Set(NOT_INTERACTIVE)

const DAY_MS = 86_400_000
const TWENTY_YEARS_MS = 20 * 365 * DAY_MS

/**
 * `cdt` is UTC, with `cdo` seconds before it. As in Matomo: a time that cannot be is as none at all, and one older than
 * a day needs a token.
 */
function timeOf(parameters: JsonRecord, isTrusted: boolean, receivedAtMs: number): { timeMs?: number } | string {
  const custom = utcInstant(parameters.cdt)
  const offsetMs = Math.abs(numberOf(parameters.cdo) ?? 0) * 1000
  if (custom === undefined && offsetMs === 0) return {}
  const timeMs = (custom ?? receivedAtMs) - offsetMs
  const ageMs = receivedAtMs - timeMs
  if (ageMs < 0 || ageMs > TWENTY_YEARS_MS) return {}
  if (ageMs > DAY_MS && !isTrusted) return 'a cdt older than a day needs an ingest key as token_auth'
  return { timeMs }
}

function utcInstant(value: unknown): number | undefined {
  const text = textOf(value)
  const isUtcDateTime = text !== undefined && /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?$/.test(text)
  return timeMsOf(isUtcDateTime ? `${text.replace(' ', 'T')}Z` : value)
}

/** A tracking image in a page, without a script, says no url: the page is the image's referrer. */
function imageTrackerPage(parameters: JsonRecord, { headers }: MatomoContext['request']): string | undefined {
  return textOf(parameters.urlref) === undefined ? headers.referer : undefined
}

function placeOf(
  parameters: JsonRecord,
  request: MatomoContext['request'],
): Pick<ForeignEvent, 'address' | 'country' | 'region' | 'city'> {
  return {
    address: textOf(parameters.cip) ?? connectionAddress(request),
    country: textOf(parameters.country),
    region: textOf(parameters.region),
    city: textOf(parameters.city),
  }
}

/** Read above, or of no use to anybody later; the address and the token must not be stored. */
const READ: ReadonlySet<string> = new Set(
  `idsite rec apiv rand r send_image queuedtracking token_auth cip cdt cdo ping uid cid _id url action_name urlref ua lang
  res uadata`.split(/\s+/),
)
const PLACE = ['country', 'region', 'city']
/** What the script says in place of an amount that it was not told. */
const NOT_TOLD: ReadonlySet<unknown> = new Set(['undefined', 'false', 'null', 'NaN'])
const AMOUNTS =
  `revenue ec_st ec_tx ec_sh ec_dt e_v _pkp search_count gt_ms pf_net pf_srv pf_tfr pf_dm1 pf_dm2 pf_onl`.split(' ')

function propertiesOf(parameters: JsonRecord, isTrusted: boolean): Record<string, unknown> {
  const properties = leftOf(parameters, READ)
  if (isTrusted) for (const name of PLACE) delete properties[name]
  for (const name of AMOUNTS) {
    if (!(name in properties)) continue
    const amount = numberOf(properties[name])
    if (amount !== undefined) properties[name] = amount
    else if (NOT_TOLD.has(properties[name])) delete properties[name]
  }
  for (const name of ['cvar', '_cvar', 'e_cvar']) {
    const variables = parsed(parameters[name])
    if (isRecord(variables)) properties[name] = Object.fromEntries(Object.values(variables).flatMap(variable))
  }
  const items = parsed(parameters.ec_items)
  if (Array.isArray(items)) properties.ec_items = items.map(ecommerceItem)
  const categories = parsed(parameters._pkc)
  if (Array.isArray(categories)) properties._pkc = categories
  return properties
}

const parsed = (value: unknown) => (typeof value === 'string' ? jsonOf(value) : value)

/** `["name", "value"]`; Matomo numbers them. */
function variable(pair: unknown): [string, unknown][] {
  const [name, value] = Array.isArray(pair) ? pair : []
  return typeof name === 'string' || typeof name === 'number' ? [[String(name), value ?? '']] : []
}

function ecommerceItem(item: unknown): unknown {
  if (!Array.isArray(item)) return item
  const [sku, name, category, price, quantity] = item
  const amounts = { price: numberOf(price), quantity: numberOf(quantity) }
  return leftOf({ sku, name, category, ...amounts }, new Set())
}
