import type { ForeignEvent } from '../events/foreign-event.ts'
import { json, text } from './answers.ts'
import { dataOf } from './data-field.ts'
import { MAX_ITEMS } from './item-limit.ts'
import { type JsonRecord, recordOf, textOf, timeMsOf } from './loose-values.ts'
import { posthogEvent } from './posthog-event.ts'
import { rawWithoutPrivate } from './private-fields.ts'
import type { Outcome, Protocol, ProtocolAnswer, ProtocolRequest, Understood } from './protocol.ts'
import { connectionAddress } from './sender.ts'

const METHODS = ['GET', 'POST'] as const

/**
 * PostHog's capture, and what its clients ask for before they send: their configuration, in which everything that we do not
 * offer is off, and feature flags, of which there are none.
 */
export const posthog: Protocol = {
  name: 'posthog',
  label: 'PostHog',
  routes: [
    ...['/batch', '/capture', '/i/v0/e'].map((path) => ({ methods: METHODS, path, understand: understandCapture })),
    ...['/e', '/track', '/engage'].map((path) => ({
      methods: METHODS,
      path,
      isMine: isCapture,
      understand: understandCapture,
    })),
    { methods: METHODS, path: '/flags', understand: understandFlags },
    { methods: METHODS, path: '/decide', understand: understandFlags },
    { methods: ['GET'], path: '/array/:token/config', understand: understandConfig },
    { methods: ['GET'], path: '/array/:token/config.js', understand: understandConfig },
  ],
}

/** By the key's place and its form; Mixpanel's events look the same else, and have a mark of their library. */
function isCapture(request: ProtocolRequest): boolean {
  const data = dataOf(request)
  const first = recordOf(Array.isArray(data) ? data[0] : data)
  if (['api_key', 'token', '$token'].some((name) => textOf(first[name])?.startsWith('phc_'))) return true
  if (textOf(first.api_key) !== undefined || Array.isArray(first.batch)) return true
  const properties = recordOf(first.properties)
  if (properties.mp_lib !== undefined || textOf(first.event) === undefined) return false
  return (
    textOf(first.token) !== undefined ||
    properties.$lib !== undefined ||
    (textOf(properties.token)?.startsWith('phc_') ?? false)
  )
}

function understandCapture(request: ProtocolRequest): Understood {
  const data = dataOf(request)
  if (data === undefined) return unusable(400, 'failed to parse request: expected JSON')
  const { items, tokens, sentAtMs } = captureOf(data, request)
  if (items.length === 0) return unusable(400, 'request holds no event')
  // The library halves a batch that is answered so, and sends it again.
  if (items.length > MAX_ITEMS) return unusable(413, `expected at most ${MAX_ITEMS} events, got ${items.length}`)
  if (tokens.size > 1) return unusable(401, 'batch submitted with inconsistent api_key values')

  const events: ForeignEvent[] = []
  const rejected: { reason: string; raw: string }[] = []
  const address = connectionAddress(request)
  for (const item of items) {
    const event = posthogEvent(item, sentAtMs)
    if ('reason' in event) rejected.push({ reason: event.reason, raw: rawWithoutPrivate(item) })
    else events.push(event.address === undefined ? { ...event, address } : event)
  }
  const [credential] = tokens
  return { deliveries: [{ credential, events, rejected }], answer: (outcome) => answer(outcome, rejected[0]?.reason) }
}

function unusable(status: number, problem: string): Understood {
  return { deliveries: [], answer: () => text(status, problem) }
}

interface Capture {
  readonly items: readonly unknown[]
  /** All that are named anywhere; one request is for one project. */
  readonly tokens: ReadonlySet<string>
  readonly sentAtMs: number | undefined
}

/** One event, a list of them, or a batch with what its events share. */
function captureOf(data: unknown, { query }: ProtocolRequest): Capture {
  const shared = recordOf(data)
  const batch = shared.batch
  const list = Array.isArray(data) ? data : [data]
  const items: readonly unknown[] = Array.isArray(batch) ? batch : list
  const tokens = [shared, ...items].flatMap((fields) => tokenOf(recordOf(fields)) ?? [])
  const sentAtMs = timeMsOf(shared.sent_at) ?? timeMsOf(query.get('_'))
  return { items, tokens: new Set(tokens), sentAtMs }
}

function tokenOf(fields: JsonRecord): string | undefined {
  const properties = recordOf(fields.properties)
  const places = [fields.api_key, fields.token, fields.$token, properties.token, properties.api_key]
  return places.map(textOf).find((token) => token !== undefined)
}

/** A part that can be used is taken; PostHog's own would refuse all of such a batch. */
function answer({ accepted, rejected, refused }: Outcome, reason: string | undefined): ProtocolAnswer {
  if (refused === 'no_credential') return text(401, 'event submitted without an api_key')
  if (refused === 'unknown_credential') return text(401, 'API key is not valid: unknown_token')
  if (accepted === 0 && rejected > 0) return text(400, reason ?? 'request holds no event')
  return json(200, { status: 'Ok' })
}

/** For all versions of the question: as a list of flags, as an object of them, with the rest of the settings beside. */
function understandFlags(): Understood {
  const flags = { flags: {}, featureFlags: {}, featureFlagPayloads: {}, errorsWhileComputingFlags: false }
  return { deliveries: [], answer: () => json(200, { ...flags, ...CONFIG }) }
}

/** What the browser library is to do. It may also come as a script, as it does from PostHog's own hosts. */
function understandConfig(request: ProtocolRequest): Understood {
  const token = request.params.token ?? ''
  const config = { token, ...CONFIG }
  return {
    deliveries: [{ credential: token, events: [] }],
    answer: ({ refused }) => {
      if (refused) return text(404, 'API key is not valid: unknown_token')
      return request.path.endsWith('.js') ? script(token, config) : json(200, config)
    },
  }
}

// No word about surveys: told that there are none, the library loads the script that would show them.
const CONFIG = {
  supportedCompression: ['gzip', 'gzip-js'],
  analytics: { endpoint: '/i/v0/e/' },
  elementsChainAsString: true,
  defaultIdentifiedOnly: true,
  hasFeatureFlags: false,
  isAuthenticated: false,
  toolbarParams: {},
  siteApps: [],
  heatmaps: false,
  sessionRecording: false,
  captureDeadClicks: false,
  capturePerformance: false,
  autocaptureExceptions: false,
}

function script(token: string, config: JsonRecord): ProtocolAnswer {
  const [name, value] = [JSON.stringify(token), JSON.stringify({ config, siteApps: [] })]
  const all = 'window._POSTHOG_REMOTE_CONFIG'
  return {
    status: 200,
    headers: { 'content-type': 'text/javascript; charset=utf-8', 'x-content-type-options': 'nosniff' },
    body: `${all}=${all}||{};${all}[${name}]=${value};`,
  }
}
