import type { ForeignEvent } from '../events/foreign-event.ts'
import { jsonOf } from '../read/json-text.ts'
import { json } from './answers.ts'
import { secretOrName } from './credential.ts'
import { isRecord, type JsonRecord, leftOf, numberOf, recordOf, textOf, timeMsOf } from './loose-values.ts'
import { rawWithoutPrivate } from './private-fields.ts'
import type { Protocol, ProtocolRequest, Understood } from './protocol.ts'
import { connectionAddress } from './sender.ts'

/**
 * OpenPanel's track call. Its path is shared with two other protocols: a request is OpenPanel's by its header, or by the
 * client's id in the body. No device id is handed out: OpenPanel's is a hash of the day, which our server makes by itself
 * when an event is stored.
 */
export const openpanel: Protocol = {
  name: 'openpanel',
  label: 'OpenPanel',
  routes: [{ methods: ['POST'], path: '/track', isMine, understand }],
}

function isMine({ headers, body }: ProtocolRequest): boolean {
  return (
    headers['openpanel-client-id'] !== undefined ||
    headers['mixan-client-id'] !== undefined ||
    (body.includes('"clientId"') && textOf(recordOf(jsonOf(body)).clientId) !== undefined)
  )
}

function understand(request: ProtocolRequest): Understood {
  const { headers, body } = request
  const sent = recordOf(jsonOf(body))
  const credential = secretOrName(
    headers['openpanel-client-secret'] ?? headers['mixan-client-secret'] ?? textOf(sent.clientSecret),
    headers['openpanel-client-id'] ?? headers['mixan-client-id'] ?? textOf(sent.clientId),
  )
  const isReplay = sent.type === 'replay'
  const event = eventOf(sent, request)
  const reason = 'expected a type that OpenPanel knows, and its payload'
  const rejected = event || isReplay ? [] : [{ reason, raw: rawWithoutPrivate(sent) }]
  return {
    deliveries: [{ credential, events: event ? [event] : [], rejected }],
    answer: ({ refused }) => {
      if (refused === 'no_credential') return failure(401, 'Unauthorized', 'Ingestion: Missing client id')
      if (refused) return failure(401, 'Unauthorized', 'Ingestion: Invalid client id')
      if (rejected.length > 0) return failure(400, 'Bad Request', 'Invalid type')
      return json(200, { deviceId: event?.anonymousId ?? '', sessionId: '' })
    },
  }
}

const failure = (status: number, error: string, message: string) => json(status, { status, error, message })

function eventOf({ type, payload: sentPayload }: JsonRecord, request: ProtocolRequest): ForeignEvent | undefined {
  if (!isRecord(sentPayload)) return undefined
  const payload = sentPayload
  const properties = recordOf(payload.properties)
  const common = { ...overridesOf(properties, request), userId: textOf(payload.profileId) }
  const own = leftOf(properties, OVERRIDES)
  switch (type) {
    case 'track': {
      const identity = recordOf(properties.__identify)
      const name = textOf(payload.name)
      const userId = common.userId ?? textOf(identity.profileId)
      if (name === undefined) return undefined
      return {
        ...common,
        name: nameOf(name, common.url),
        userId,
        properties: { ...leftOf(payload, TRACK_READ), ...own },
      }
    }
    case 'alias':
      return { ...common, name: 'alias', previousId: textOf(payload.alias) }
    case 'identify':
    case 'group':
    case 'assign_group':
    case 'increment':
    case 'decrement':
      return { ...common, name: type, properties: { ...leftOf(payload, READ), ...own } }
    default:
      return undefined
  }
}

/** Its web client calls every page a screen; an app's screens have no web address. */
function nameOf(name: string, url: string | undefined): string {
  return name === 'screen_view' && /^https?:/.test(url ?? '') ? 'page_view' : name
}

const READ: ReadonlySet<string> = new Set(['profileId', 'properties'])
const TRACK_READ: ReadonlySet<string> = new Set([...READ, 'name'])
const OVERRIDES: ReadonlySet<string> = new Set(
  '__timestamp __ip __deviceId __revenue __path __referrer __title __identify'.split(' '),
)

/** What OpenPanel's clients say of the event itself is among the properties, with two underscores. */
function overridesOf(properties: JsonRecord, request: ProtocolRequest): Partial<ForeignEvent> {
  const amount = numberOf(properties.__revenue)
  return {
    timeMs: timeMsOf(properties.__timestamp),
    anonymousId: textOf(properties.__deviceId),
    address: textOf(properties.__ip) ?? connectionAddress(request),
    url: textOf(properties.__path),
    title: textOf(properties.__title),
    referrer: textOf(properties.__referrer),
    revenue: amount === undefined ? undefined : { amount, currency: textOf(properties.currency) },
  }
}
