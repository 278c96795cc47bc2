import type { ForeignEvent } from '../events/foreign-event.ts'
import { jsonOf } from '../read/json-text.ts'
import { json, text } from './answers.ts'
import { secretOrName } from './credential.ts'
import { isRecord, type JsonRecord, leftOf, numberOf, recordOf, textOf, timeMsOf } from './loose-values.ts'
import { rawWithoutPrivate } from './private-fields.ts'
import type { Protocol, ProtocolRequest, Understood } from './protocol.ts'

/**
 * Google Analytics 4's Measurement Protocol, for servers. Google answers 204 to everything, so mistakes are found with the
 * other address, which says what is wrong and stores nothing. We also tell who is not known.
 */
export const ga4: Protocol = {
  name: 'ga4',
  label: 'GA4 Measurement Protocol',
  routes: [
    { methods: ['POST'], path: '/mp/collect', understand },
    { methods: ['POST'], path: '/debug/mp/collect', understand: validate },
  ],
}

function understand({ query, body }: ProtocolRequest): Understood {
  const parsed = jsonOf(body)
  const sent = recordOf(parsed)
  const stream = query.get('measurement_id') ?? query.get('firebase_app_id') ?? undefined
  const credential = secretOrName(query.get('api_secret') ?? undefined, stream)
  const list = Array.isArray(sent.events) ? sent.events : []
  const events = list.flatMap((event) => eventOf(event, sent) ?? [])
  const rejected = list
    .filter((event) => !isNamed(event))
    .map((event) => ({ reason: 'expected an event with a name', raw: rawWithoutPrivate(event) }))
  if (list.length === 0 && body.length > 0)
    rejected.push({ reason: 'expected events', raw: rawWithoutPrivate(parsed ?? body.toString()) })
  return {
    deliveries: [{ credential, events, rejected }],
    answer: ({ refused }) => {
      if (refused === 'no_credential')
        return text(401, 'expected a measurement_id or firebase_app_id, and an api_secret\n')
      if (refused) return text(401, 'no source is called by that measurement_id or api_secret\n')
      return { status: 204 }
    },
  }
}

function validate({ query, body }: ProtocolRequest): Understood {
  const validationMessages = problemsOf(query, jsonOf(body))
  return { deliveries: [], answer: () => json(200, { validationMessages }) }
}

interface ValidationMessage {
  readonly fieldPath: string
  readonly description: string
  readonly validationCode: string
}

function problemsOf(query: URLSearchParams, body: unknown): ValidationMessage[] {
  if (!isRecord(body)) return [required('', 'The body is not a JSON object.')]
  const problems: ValidationMessage[] = []
  if (!query.get('measurement_id') && !query.get('firebase_app_id')) {
    problems.push(required('measurement_id', 'A measurement_id or a firebase_app_id is required.'))
  }
  if (!query.get('api_secret')) problems.push(required('api_secret', 'An api_secret is required.'))
  if (!textOf(body.client_id) && !textOf(body.app_instance_id)) {
    problems.push(required('client_id', 'A client_id or an app_instance_id is required.'))
  }
  if (!Array.isArray(body.events) || body.events.length === 0) {
    problems.push(required('events', 'At least one event is required.'))
  } else {
    for (const [index, event] of body.events.entries()) {
      if (!isNamed(event)) problems.push(required(`events[${index}].name`, 'An event needs a name.'))
    }
  }
  return problems
}

function required(fieldPath: string, description: string): ValidationMessage {
  return { fieldPath, description, validationCode: 'VALUE_REQUIRED' }
}

function isNamed(event: unknown): event is JsonRecord {
  return isRecord(event) && textOf(event.name) !== undefined
}

const BODY_READ: ReadonlySet<string> = new Set(
  `client_id app_instance_id user_id timestamp_micros user_properties events user_agent ip_override user_location`.split(
    ' ',
  ),
)
const PARAMS_READ: ReadonlySet<string> = new Set(
  `session_id engagement_time_msec page_location page_title page_referrer language screen_resolution`.split(' '),
)

function eventOf(event: unknown, body: JsonRecord): ForeignEvent | undefined {
  if (!isNamed(event)) return undefined
  const name = textOf(event.name) ?? ''
  const params = recordOf(event.params)
  const device = recordOf(body.device)
  const location = recordOf(body.user_location)
  return {
    name,
    id: purchaseId(name, params),
    timeMs: timeMsOf(event.timestamp_micros ?? body.timestamp_micros),
    userId: textOf(body.user_id),
    anonymousId: textOf(body.client_id) ?? textOf(body.app_instance_id),
    sessionId: textOf(params.session_id),
    url: textOf(params.page_location),
    title: textOf(params.page_title),
    referrer: textOf(params.page_referrer),
    campaign: name === 'campaign_details' ? campaignOf(params) : undefined,
    userAgent: textOf(body.user_agent),
    // Whoever asks is the user's own server.
    address: textOf(body.ip_override) ?? '',
    language: textOf(params.language) ?? textOf(device.language),
    screen: textOf(params.screen_resolution) ?? textOf(device.screen_resolution),
    country: textOf(location.country_id),
    region: textOf(location.region_id),
    city: textOf(location.city),
    durationMs: numberOf(params.engagement_time_msec),
    revenue: revenueOf(name, params),
    properties: {
      ...leftOf(body, BODY_READ),
      ...userPropertiesOf(body.user_properties),
      ...leftOf(params, PARAMS_READ),
    },
  }
}

/** GA4 counts a transaction of a purchase once, and so do we. */
function purchaseId(name: string, { transaction_id: transaction }: JsonRecord): string | undefined {
  const id = textOf(transaction)
  return name === 'purchase' && id !== undefined ? `purchase ${id}` : undefined
}

const INCOME: ReadonlySet<string> = new Set(['purchase', 'in_app_purchase', 'ad_impression'])

/** The value of other events, such as of a cart, is not revenue. A refund is the opposite of a purchase. */
function revenueOf(name: string, { value, currency }: JsonRecord): ForeignEvent['revenue'] {
  const amount = numberOf(value)
  if (amount === undefined) return undefined
  if (name === 'refund') return { amount: -Math.abs(amount), currency: textOf(currency) }
  return INCOME.has(name) ? { amount, currency: textOf(currency) } : undefined
}

function campaignOf(params: JsonRecord): ForeignEvent['campaign'] {
  return {
    source: textOf(params.source),
    medium: textOf(params.medium),
    name: textOf(params.campaign),
    term: textOf(params.term),
    content: textOf(params.content),
  }
}

/** `{"plan": {"value": "pro"}}`, with times of change that nobody asks for. */
function userPropertiesOf(sent: unknown): { user_properties?: Record<string, unknown> } {
  const entries = Object.entries(recordOf(sent)).map(([key, property]) => [key, recordOf(property).value] as const)
  const known = entries.filter(([, value]) => value !== undefined)
  return known.length > 0 ? { user_properties: Object.fromEntries(known) } : {}
}
