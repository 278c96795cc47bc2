import { createHmac } from 'node:crypto'

/** A request as one kind of client makes it. */
export interface ClientRequest {
  readonly method?: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** One event with an id, as it comes by each protocol in its most usual form, and what its client is answered. */
export interface UsualDelivery {
  readonly protocol: string
  request(credential: string, event: { readonly name: string; readonly id: string }): ClientRequest
  /** Absent when the client names its event itself. */
  readonly storedName?: string
  /** Its clients tell a repetition from a second event; absent means yes. */
  readonly hasId?: false
  /** Of the event when it was taken, and when nobody knows the credential. A body that is different each time is a pattern. */
  readonly taken: readonly [status: number, body: string | RegExp]
  readonly unknown: readonly [status: number, body: string | RegExp]
}

const TIME_MS = Date.now() - 60_000
const TIME = new Date(TIME_MS).toISOString()
const JSON_TYPE = { 'content-type': 'application/json' }
const TEXT_TYPE = { 'content-type': 'text/plain' }
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' }
const basic = (credential: string) => ({ authorization: `Basic ${btoa(`${credential}:`)}` })
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString()
const NO_SUCH_KEY = 'This key is not valid here\n'
const PIXEL = /^GIF89a/

export const USUAL_DELIVERIES: readonly UsualDelivery[] = [
  {
    protocol: 'native',
    request: (credential, { name, id }) => ({
      path: '/v1/events',
      headers: { ...JSON_TYPE, authorization: `Bearer ${credential}` },
      body: JSON.stringify({ name, id, time: TIME_MS }),
    }),
    taken: [202, '{"accepted":1,"rejected":[]}'],
    unknown: [401, /"code":"unauthorized"/],
  },
  {
    protocol: 'tracker',
    request: (key, { name: n, id }) => {
      const event = { n, t: TIME_MS, i: Number.parseInt(id.slice(0, 8), 16), u: 'https://shop.example/', key }
      return { path: '/e', headers: TEXT_TYPE, body: JSON.stringify({ s: Date.now(), e: [event] }) }
    },
    taken: [202, ''],
    unknown: [401, 'There is no such ingest key or site'],
  },
  {
    protocol: 'openpanel',
    request: (credential, { name }) => ({
      path: '/track',
      headers: { ...JSON_TYPE, 'openpanel-client-id': credential },
      body: JSON.stringify({ type: 'track', payload: { name, properties: {} } }),
    }),
    hasId: false,
    taken: [200, /^\{"deviceId":/],
    unknown: [401, '{"status":401,"error":"Unauthorized","message":"Ingestion: Invalid client id"}'],
  },
  {
    protocol: 'snowplow',
    request: (aid, { name, id: eid }) => {
      const ue = { schema: `iglu:com.example/${name}/jsonschema/1-0-0`, data: {} }
      const ue_pr = JSON.stringify({
        schema: 'iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0',
        data: ue,
      })
      const data = [{ e: 'ue', ue_pr, eid, aid, tv: 'js-4.0.0', p: 'web', dtm: String(TIME_MS) }]
      const schema = 'iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4'
      return { path: '/com.snowplowanalytics.snowplow/tp2', headers: JSON_TYPE, body: JSON.stringify({ schema, data }) }
    },
    taken: [200, 'ok'],
    unknown: [401, 'no source is called by that appId\n'],
  },
  {
    protocol: 'countly',
    request: (app_key, { name, id: device_id }) => {
      const events = JSON.stringify([{ key: name, count: 1, timestamp: TIME_MS }])
      const fields = { app_key, device_id, events, timestamp: String(TIME_MS), sdk_name: 'javascript_native_web' }
      return { path: '/i', headers: FORM_TYPE, body: form(fields) }
    },
    taken: [200, '{"result":"Success"}'],
    unknown: [400, '{"result":"App does not exist"}'],
  },
  {
    protocol: 'matomo',
    request: (idsite, { name }) => ({
      path: `/matomo.php?${form({ idsite, rec: '1', e_c: 'shop', e_a: name, url: 'https://shop.example/' })}`,
    }),
    hasId: false,
    taken: [200, PIXEL],
    unknown: [400, 'Nothing was tracked: expected rec=1 and an idsite that a source is called by.\n'],
  },
  {
    protocol: 'plausible',
    request: (d, { name: n }) => ({
      path: '/api/event',
      headers: TEXT_TYPE,
      body: JSON.stringify({ n, u: 'https://shop.example/', d, r: null }),
    }),
    hasId: false,
    taken: [202, 'ok'],
    unknown: [202, 'ok'],
  },
  {
    protocol: 'umami',
    request: (website, { name }) => ({
      path: '/api/send',
      headers: JSON_TYPE,
      body: JSON.stringify({ type: 'event', payload: { website, name, url: '/', hostname: 'shop.example' } }),
    }),
    hasId: false,
    taken: [200, /^\{"cache":/],
    unknown: [400, '{"error":{"message":"Website not found.","code":"bad-request","status":400}}'],
  },
  {
    protocol: 'ga4',
    request: (api_secret, { name, id: client_id }) => ({
      path: `/mp/collect?${form({ measurement_id: 'G-UNKNOWN', api_secret })}`,
      headers: JSON_TYPE,
      body: JSON.stringify({ client_id, events: [{ name, params: {} }] }),
    }),
    hasId: false,
    taken: [204, ''],
    unknown: [401, 'no source is called by that measurement_id or api_secret\n'],
  },
  {
    protocol: 'rudderstack',
    request: (credential, { name: event, id: messageId }) => ({
      path: '/v1/track',
      headers: { ...JSON_TYPE, ...basic(credential) },
      body: JSON.stringify({ type: 'track', event, messageId, userId: 'ada', originalTimestamp: TIME }),
    }),
    taken: [200, 'ok'],
    unknown: [401, 'invalid write key\n'],
  },
  {
    protocol: 'segment',
    request: (writeKey, { name: event, id: messageId }) => ({
      path: '/v1/track',
      headers: TEXT_TYPE,
      body: JSON.stringify({ event, messageId, userId: 'ada', timestamp: TIME, writeKey }),
    }),
    taken: [200, '{"success":true}'],
    unknown: [401, '{"success":false,"message":"The write key is not known here"}'],
  },
  {
    protocol: 'posthog',
    request: (api_key, { name: event, id: uuid }) => ({
      path: '/capture',
      headers: JSON_TYPE,
      body: JSON.stringify({ api_key, event, uuid, distinct_id: 'ada', timestamp: TIME }),
    }),
    taken: [200, '{"status":"Ok"}'],
    unknown: [401, 'API key is not valid: unknown_token'],
  },
  {
    protocol: 'mixpanel',
    request: (token, { name: event, id: $insert_id }) => ({
      path: '/track',
      headers: FORM_TYPE,
      body: form({
        data: JSON.stringify([{ event, properties: { token, $insert_id, distinct_id: 'ada', time: TIME_MS } }]),
      }),
    }),
    taken: [200, '1'],
    unknown: [401, '0'],
  },
  {
    protocol: 'adjust',
    request: (credential, { name: event_name, id: adid }) => ({
      method: 'GET',
      path: `/adjust/${credential}?${form({ activity_kind: 'event', event_name, adid, created_at: String(TIME_MS) })}`,
    }),
    taken: [200, 'OK'],
    unknown: [401, NO_SUCH_KEY],
  },
  {
    protocol: 'logplex',
    request: (credential, { name, id }) => {
      const line = `<190>1 ${TIME} host app web.1 - @[${name}] {"price":7}\n`
      return {
        path: '/logplex',
        headers: {
          ...basic(credential),
          'content-type': 'application/logplex-1',
          'logplex-msg-count': '1',
          'logplex-frame-id': id,
        },
        body: `${line.length} ${line}`,
      }
    },
    taken: [204, ''],
    unknown: [401, NO_SUCH_KEY],
  },
  {
    protocol: 'syslog',
    request: (credential, { name, id }) => ({
      path: `/syslog/${credential}`,
      headers: TEXT_TYPE,
      body: `<34>1 ${TIME} web1 app - - @[${name}] {"id":"${id}"}\n`,
    }),
    taken: [204, ''],
    unknown: [401, NO_SUCH_KEY],
  },
  {
    protocol: 'github',
    request: (credential, { id }) => {
      const body = '{"action":"created","sender":{"login":"ada"},"repository":{"full_name":"ada/shop"}}'
      const signature = createHmac('sha256', credential).update(body).digest('hex')
      const headers = {
        'x-github-event': 'star',
        'x-github-delivery': id,
        'x-hub-signature-256': `sha256=${signature}`,
      }
      return { path: `/github/${credential}`, headers: { ...JSON_TYPE, ...headers }, body }
    },
    storedName: 'github_star',
    taken: [202, ''],
    unknown: [401, NO_SUCH_KEY],
  },
  {
    protocol: 'webhook',
    request: (credential, { name: type, id }) => ({
      path: `/webhook/${credential}?name=$.type&id=$.id`,
      headers: JSON_TYPE,
      body: JSON.stringify({ type, id }),
    }),
    taken: [202, '{"accepted":1,"rejected":0}'],
    unknown: [401, NO_SUCH_KEY],
  },
]

export function sendRequest(url: string, { method = 'POST', path, headers, body }: ClientRequest): Promise<Response> {
  return fetch(url + path, { method, headers: headers ?? {}, body: body ?? null })
}
