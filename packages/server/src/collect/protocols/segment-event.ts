import type { ForeignEvent } from '../events/foreign-event.ts'
import { isRecord, type JsonRecord, leftOf, numberOf, recordOf, textOf, timeMsOf } from './loose-values.ts'

/**
 * The message of Segment's specification, which RudderStack's clients speak as well. JsonRecord with a meaning of ours go where
 * they belong; properties and traits stay as they are; what is left of the context and of the message goes to the
 * properties `_context` and `_message`, where it cannot take the place of a property.
 */

/** `reason` says why a message is no event. */
export function segmentEvent(message: JsonRecord, type: string): ForeignEvent | { readonly reason: string } {
  const name = NAMES.get(type) ?? (type === 'track' ? textOf(message.event) : undefined)
  if (name === undefined) return { reason: type === 'track' ? NO_EVENT : `${NO_TYPE}, got ${JSON.stringify(type)}` }

  const context = recordOf(message.context)
  const own = ownFields(message, type, context)
  const [page, device] = [recordOf(context.page), recordOf(context.device)]
  const about = type === 'page' ? { ...page, ...own } : page
  const userId = textOf(message.userId)
  const anonymousId = textOf(message.anonymousId) ?? textOf(device.id)
  return {
    name,
    id: textOf(message.messageId),
    timeMs: timeMsOf(message.originalTimestamp ?? message.timestamp),
    sentAtMs: timeMsOf(message.sentAt),
    userId,
    anonymousId,
    previousId: previousId(message, type, userId, anonymousId),
    url: textOf(about.url),
    title: textOf(about.title) ?? (type === 'screen' ? textOf(message.name) : undefined),
    referrer: textOf(about.referrer),
    ...contextFields(context),
    revenue: type === 'track' ? revenueOf(name, own) : undefined,
    properties: {
      ...namesOf(message, type),
      ...(type === 'page' && textOf(own.url) !== undefined ? leftOf(own, PAGE_FIELDS) : own),
      ...inOneField('_context', contextLeft(context, type)),
      ...inOneField('_message', leftOf(message, MESSAGE_FIELDS)),
    },
  }
}

const NO_EVENT = 'expected a track call to name its event'
const NO_TYPE = 'expected a message of type track, page, screen, identify, group or alias'

const NAMES: ReadonlyMap<string, string> = new Map([
  ['page', 'page_view'],
  ['screen', 'screen_view'],
  ['identify', 'identify'],
  ['group', 'group'],
  ['alias', 'alias'],
])

const MESSAGE_FIELDS = new Set(
  `type event messageId timestamp originalTimestamp sentAt userId anonymousId previousId name category groupId
   properties traits context writeKey request_ip`.split(/\s+/),
)
/** Path and search are parts of the address. */
const PAGE_FIELDS = new Set(['url', 'title', 'referrer', 'path', 'search'])
const CAMPAIGN_FIELDS = new Set(['name', 'source', 'medium', 'term', 'content'])

function ownFields(message: JsonRecord, type: string, context: JsonRecord): JsonRecord {
  if (type !== 'identify' && type !== 'group') return recordOf(message.properties)
  const traits = recordOf(message.traits)
  return type === 'identify' ? { ...recordOf(context.traits), ...traits } : traits
}

function namesOf(message: JsonRecord, type: string): JsonRecord {
  const { name, category, groupId } = message
  if (type === 'group') return { ...(groupId !== undefined && { groupId }) }
  return {
    ...(name !== undefined && name !== null && { name }),
    ...(category !== undefined && category !== null && { category }),
    ...(groupId !== undefined && { groupId }),
  }
}

/** At an alias the client says it; at a login it is the id that the user had before. */
function previousId(
  message: JsonRecord,
  type: string,
  userId: string | undefined,
  anonymousId: string | undefined,
): string | undefined {
  if (type === 'alias') return textOf(message.previousId)
  return type === 'identify' && userId !== undefined ? anonymousId : undefined
}

function contextFields(context: JsonRecord): Partial<ForeignEvent> {
  const [campaign, app, location] = [recordOf(context.campaign), recordOf(context.app), recordOf(context.location)]
  const { width, height } = recordOf(context.screen)
  const platform = textOf(recordOf(context.os).name) ?? textOf(recordOf(context.device).type)
  return {
    sessionId: textOf(context.sessionId),
    campaign: {
      source: textOf(campaign.source),
      medium: textOf(campaign.medium),
      name: textOf(campaign.name),
      term: textOf(campaign.term),
      content: textOf(campaign.content),
    },
    userAgent: textOf(context.userAgent),
    address: textOf(context.ip),
    language: textOf(context.locale),
    timezone: textOf(context.timezone),
    screen: numberOf(width) && numberOf(height) ? `${width}x${height}` : undefined,
    country: textOf(location.country),
    region: textOf(location.region),
    city: textOf(location.city),
    app: isRecord(context.app) ? { name: textOf(app.name), version: textOf(app.version), platform } : undefined,
  }
}

const CONTEXT_FIELDS = new Set(['page', 'campaign', 'userAgent', 'ip', 'locale', 'timezone', 'sessionId'])

function contextLeft(context: JsonRecord, type: string): JsonRecord {
  const left = leftOf(context, CONTEXT_FIELDS)
  if (type === 'identify') delete left.traits
  return {
    ...left,
    ...inOneField('page', leftOf(recordOf(context.page), PAGE_FIELDS)),
    ...inOneField('campaign', leftOf(recordOf(context.campaign), CAMPAIGN_FIELDS)),
  }
}

function inOneField(name: string, fields: JsonRecord): JsonRecord {
  return Object.keys(fields).length > 0 ? { [name]: fields } : {}
}

/** What the shop took in; what it gave back counts against it. */
function revenueOf(name: string, own: JsonRecord): ForeignEvent['revenue'] {
  const isRefund = name === 'Order Refunded'
  const amount = numberOf(own.revenue) ?? (isRefund || name === 'Order Completed' ? numberOf(own.total) : undefined)
  if (amount === undefined) return undefined
  return { amount: isRefund ? -Math.abs(amount) : amount, currency: textOf(own.currency) }
}
