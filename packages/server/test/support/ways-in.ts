import { randomUUID } from 'node:crypto'

/** Page views that a client sends in one request. Sent again, it is the same request. */
export interface PageViews {
  readonly id: string
  /** One for each page view, in its address: by it the stored event is found. */
  readonly markers: readonly string[]
  readonly timeMs: number
}

/** How one kind of client delivers. */
export interface WayIn {
  /** Of the source, too. */
  readonly name: string
  /** Whether the requests have ids, so that one that is sent again counts once. */
  readonly hasIds: boolean
  readonly maxEvents: number
  request(views: PageViews, secret: string): WayInRequest
  /** Whether the answer says that everything was taken. */
  isTaken(answer: { readonly status: number; readonly body: string }, views: PageViews): boolean
}

export interface WayInRequest {
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string
}

export function pageViews(count: number, timeMs: number): PageViews {
  return { id: randomUUID(), markers: Array.from({ length: count }, () => randomUUID()), timeMs }
}

/** The marker of a stored event, in SQL. */
export const MARKER_SQL = "extractURLParameter(url, 'marker')"

const HOST = 'www.example.com'
const pathOf = (marker: string, index: number) => `/page/${index}?marker=${marker}`
const urlOf = (marker: string, index: number) => `https://${HOST}${pathOf(marker, index)}`
const basic = (secret: string) => `Basic ${btoa(`${secret}:`)}`
const JSON_TYPE = { 'content-type': 'application/json' }

export const WAYS_IN: readonly WayIn[] = [
  nativeWayIn('native-with-ids', true),
  nativeWayIn('native-without-ids', false),
  {
    name: 'segment-batch',
    hasIds: true,
    maxEvents: 20,
    request: (views, secret) => ({
      path: '/v1/batch',
      headers: { ...JSON_TYPE, authorization: basic(secret) },
      body: JSON.stringify({
        batch: views.markers.map((_, index) => ({ type: 'page', ...segmentPage(views, index) })),
        sentAt: new Date().toISOString(),
      }),
    }),
    isTaken: ({ status, body }) => status === 200 && body === '{"success":true}',
  },
  {
    name: 'segment-single',
    hasIds: true,
    maxEvents: 1,
    request: (views, secret) => ({
      path: '/v1/page',
      headers: JSON_TYPE,
      body: JSON.stringify({ ...segmentPage(views, 0), writeKey: secret }),
    }),
    isTaken: ({ status, body }) => status === 200 && body === '{"success":true}',
  },
  {
    name: 'matomo-bulk',
    hasIds: false,
    maxEvents: 20,
    // With a key as token, without which Matomo takes no time that is older than a day.
    request: ({ markers, timeMs }, secret) => ({
      path: '/matomo.php',
      headers: {},
      body: JSON.stringify({
        token_auth: secret,
        requests: markers.map((marker, index) => {
          const query = { idsite: '1', rec: '1', url: urlOf(marker, index), cdt: String(Math.floor(timeMs / 1000)) }
          return `?${new URLSearchParams(query)}`
        }),
      }),
    }),
    isTaken: ({ status, body }, { markers }) =>
      status === 200 && body === `{"status":"success","tracked":${markers.length},"invalid":0}`,
  },
  {
    name: 'logplex',
    hasIds: true,
    maxEvents: 20,
    request: ({ id, markers, timeMs }, secret) => ({
      path: '/logplex',
      headers: {
        authorization: basic(secret),
        'content-type': 'application/logplex-1',
        'logplex-msg-count': String(markers.length),
        'logplex-frame-id': id,
        'logplex-drain-token': 'd.fc6b',
      },
      body: markers.map((marker, index) => octetCounted(routerLine(pathOf(marker, index), timeMs))).join(''),
    }),
    isTaken: ({ status }) => status === 204,
  },
]

function nativeWayIn(name: string, hasIds: boolean): WayIn {
  return {
    name,
    hasIds,
    maxEvents: 20,
    request: ({ markers, timeMs }, secret) => ({
      path: '/v1/events',
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify(
        markers.map((marker, index) => ({
          name: 'page_view',
          url: urlOf(marker, index),
          time: timeMs,
          ...(hasIds && { id: marker }),
        })),
      ),
    }),
    isTaken: ({ status }) => status === 202,
  }
}

function segmentPage({ markers, timeMs }: PageViews, index: number): object {
  const marker = markers[index] ?? ''
  return {
    messageId: marker,
    anonymousId: marker,
    timestamp: new Date(timeMs).toISOString(),
    properties: { url: urlOf(marker, index) },
  }
}

function routerLine(path: string, timeMs: number): string {
  const pairs = `at=info method=GET path="${path}" host=${HOST} fwd="198.51.100.7" service=18ms status=200 bytes=13`
  return `<158>1 ${new Date(timeMs).toISOString()} host heroku router - ${pairs} protocol=https`
}

const octetCounted = (line: string) => `${Buffer.byteLength(line) + 1} ${line}\n`
