import type { ForeignEvent } from '../../events/foreign-event.ts'
import { jsonOf } from '../../read/json-text.ts'
import { isOwnKey } from '../credential.ts'
import { type JsonRecord, leftOf, numberOf, recordOf, textOf, timeMsOf } from '../loose-values.ts'
import type { ProtocolRequest } from '../protocol.ts'
import { connectionAddress } from '../sender.ts'

/** A payload of Snowplow is flat, and all its values are text; what describes itself is JSON inside, plain or as base64. */
export function snowplowEvent(payload: JsonRecord, request: ProtocolRequest): ForeignEvent | undefined {
  const own = selfDescribed(jsonIn(payload.ue_pr, payload.ue_px))
  const contexts = listOf(recordOf(jsonIn(payload.co, payload.cx)).data).map(selfDescribedOrEmpty)
  const name = nameOf(payload, own)
  if (name === undefined) return undefined
  const data = (schema: string) => contexts.find(({ name }) => name === schema)?.data ?? {}
  const session = data('client_session')
  const application = data('application')
  // The true timestamp is not of a device whose clock may be wrong, and is left as it is.
  const trueTimeMs = timeMsOf(payload.ttm)
  return {
    name,
    id: textOf(payload.eid),
    timeMs: trueTimeMs ?? timeMsOf(payload.dtm),
    sentAtMs: trueTimeMs === undefined ? timeMsOf(payload.stm) : undefined,
    userId: textOf(payload.uid),
    anonymousId: textOf(payload.duid) ?? textOf(session.userId) ?? textOf(payload.tnuid) ?? textOf(payload.nuid),
    sessionId: textOf(payload.sid) ?? textOf(session.sessionId),
    url: textOf(payload.url),
    title: textOf(payload.page) ?? (name === 'screen_view' ? textOf(own?.data.name) : undefined),
    referrer: textOf(payload.refr),
    userAgent: textOf(payload.ua),
    address: textOf(payload.ip) ?? (payload.p === 'srv' ? '' : connectionAddress(request)),
    language: textOf(payload.lang),
    screen: textOf(payload.res),
    timezone: textOf(payload.tz),
    app: {
      name: isOwnKey(textOf(payload.aid)) ? undefined : textOf(payload.aid),
      version: textOf(application.version),
      platform: textOf(payload.p),
    },
    revenue: revenueOf(payload, own, data('transaction')),
    properties: propertiesOf(payload, own, contexts),
  }
}

interface SelfDescribed {
  /** Of the schema: `add_to_cart` of `iglu:com.acme/add_to_cart/jsonschema/1-0-0`. */
  readonly name: string
  readonly schema: string
  readonly data: JsonRecord
}

/** Its own event stands in an envelope that describes itself, too. */
function selfDescribed(envelope: unknown): SelfDescribed | undefined {
  return read(recordOf(envelope).data)
}

function read(described: unknown): SelfDescribed | undefined {
  const { schema, data } = recordOf(described)
  const name = /^iglu:[^/]+\/([^/]+)\//.exec(textOf(schema) ?? '')?.[1]
  return name === undefined ? undefined : { name, schema: String(schema), data: recordOf(data) }
}

const selfDescribedOrEmpty = (described: unknown) =>
  read(described) ?? { name: '', schema: '', data: recordOf(described) }

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function jsonIn(plain: unknown, encoded: unknown): unknown {
  if (typeof plain === 'string') return jsonOf(plain)
  return typeof encoded === 'string' ? jsonOf(Buffer.from(encoded, 'base64url')) : undefined
}

const KINDS: Readonly<Record<string, string>> = {
  pv: 'page_view',
  pp: 'page_ping',
  tr: 'transaction',
  ti: 'transaction_item',
}

function nameOf({ e: kind, se_ac: action }: JsonRecord, own: SelfDescribed | undefined): string | undefined {
  if (kind === 'ue') return own?.name
  if (kind === 'se') return textOf(action)
  return typeof kind === 'string' && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
}

/** Of the old transaction event, and of the newer e-commerce one, whose transaction stands in a context. */
function revenueOf(payload: JsonRecord, own: SelfDescribed | undefined, bought: JsonRecord): ForeignEvent['revenue'] {
  if (payload.e === 'tr') return money(payload.tr_tt, payload.tr_cu)
  const isPurchase = own?.name === 'snowplow_ecommerce_action' && own.data.type === 'transaction'
  return isPurchase ? money(bought.revenue, bought.currency) : undefined
}

function money(sent: unknown, currency: unknown): ForeignEvent['revenue'] {
  const amount = numberOf(sent)
  return amount === undefined ? undefined : { amount, currency: textOf(currency) }
}

const READ: ReadonlySet<string> = new Set(
  'e eid dtm stm ttm uid duid tnuid nuid sid url page refr ua ip lang res tz aid p ue_pr ue_px co cx se_ac'.split(' '),
)

function propertiesOf(
  payload: JsonRecord,
  own: SelfDescribed | undefined,
  contexts: readonly SelfDescribed[],
): Record<string, unknown> {
  const entities = contexts.map(({ schema, data }) => ({ schema, data }))
  return {
    ...leftOf(payload, READ),
    ...(own && { schema: own.schema, ...own.data }),
    ...(entities.length > 0 && { contexts: entities }),
  }
}
