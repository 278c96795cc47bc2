import type { IncomingMessage, ServerResponse } from 'node:http'
import { SourceSettings } from '@almanac/core/sources/source-settings.ts'
import { bodyOf, refuse, send } from './fake-answers.ts'

/**
 * Sources, their health and their live events, made up: one that is busy, one with problems, and one that gets its first
 * event ten seconds after it was made.
 */
export interface FakeSources {
  /** Answers when the request is one of these. */
  answer(request: IncomingMessage, response: ServerResponse, path: string): boolean
  close(): void
}

const EVENT_EVERY_MS = 900
const FIRST_EVENT_AFTER_MS = 10_000

export function fakeSources(random: () => number): FakeSources {
  const sources = [
    fakeSource('website', 'Website', 'website'),
    fakeSource('mobile-app', 'Mobile app', 'app'),
    fakeSource('shop-log', 'Shop on Heroku', 'log'),
    fakeSource('payments', 'Payments', 'webhook'),
  ]
  const names = [{ protocol: 'matomo', name: '1', source: 'website', environment: 'production' }]
  const watchers = new Set<ServerResponse>()
  let lastEventAtMs = Date.now()
  const trickle = setInterval(() => {
    lastEventAtMs = Date.now()
    for (const watcher of watchers) watcher.write(`event: event\ndata: ${JSON.stringify(fakeEvent(random))}\n\n`)
  }, EVENT_EVERY_MS)

  const healthOf = ({ name, createdAt }: FakeSource) => {
    const ageMs = Date.now() - Date.parse(createdAt)
    if (name === 'payments') return { ...health(0, undefined), lastHour: NOTHING, today: NOTHING }
    if (name === 'shop-log') return health(0, Date.parse('2026-11-19T08:00:00Z'))
    if (name === 'mobile-app') return { ...health(0.4, lastEventAtMs), lastHour: TROUBLE, today: TROUBLE }
    if (name !== 'website' && ageMs < FIRST_EVENT_AFTER_MS) return health(0, undefined)
    return health(12 + 4 * random(), lastEventAtMs)
  }

  return {
    answer(request, response, path) {
      const [, name = '', rest = ''] = /^\/api\/v1\/sources\/([^/]+)(.*)$/.exec(path) ?? []
      const source = sources.find((one) => one.name === name)
      if (path === '/api/v1/source-names') void answerNames(names, request, response)
      else if (path === '/api/v1/sources') void answerSources(sources, request, response)
      else if (name === '') return false
      else if (!source) refuse(response, 404, 'not_found', `There is no source ${name}.`)
      else if (rest === '/health') send(response, 200, healthOf(source))
      else if (rest === '/events/live') watch(watchers, response)
      else void answerSource(source, request, response)
      return true
    },
    close: () => clearInterval(trickle),
  }
}

type FakeSource = ReturnType<typeof fakeSource>

function fakeSource(
  name: string,
  label: string,
  kind: string,
  settings: object = {},
  createdAt = '2026-01-01T00:00:00Z',
) {
  return { name, label, kind, settings: SourceSettings.parse(settings), createdAt }
}

async function answerSources(sources: FakeSource[], request: IncomingMessage, response: ServerResponse) {
  if (request.method === 'GET') return send(response, 200, { sources })
  const { name, label, kind = 'website', settings } = await bodyOf(request)
  if (sources.some((one) => one.name === name))
    return refuse(response, 409, 'conflict', `There is a source ${name} already`)
  sources.push(fakeSource(name, label, kind, settings, new Date().toISOString()))
  send(response, 201, { source: sources.at(-1) })
}

async function answerSource(source: FakeSource, request: IncomingMessage, response: ServerResponse) {
  if (request.method === 'GET') return send(response, 200, { source })
  const { label = source.label, settings } = await bodyOf(request)
  const changed = SourceSettings.safeParse({ ...source.settings, ...settings })
  if (!changed.success) {
    const issues = changed.error.issues.map(({ path, message }) => ({ path: ['settings', ...path], message }))
    return send(response, 400, {
      error: { code: 'invalid_request', message: 'The body of the request has a problem', issues, requestId: 'fake-1' },
    })
  }
  Object.assign(source, { label, settings: changed.data })
  send(response, 200, { source })
}

async function answerNames(names: object[], request: IncomingMessage, response: ServerResponse) {
  if (request.method === 'GET') return send(response, 200, { names })
  const name = await bodyOf(request)
  names.push(name)
  send(response, 201, { name })
}

function watch(watchers: Set<ServerResponse>, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write('event: hello\ndata: {}\n\n')
  watchers.add(response)
  response.on('close', () => watchers.delete(response))
}

const NOTHING = { accepted: 0, duplicates: 0, rejected: [], filtered: [] }
const TROUBLE = {
  accepted: 1440,
  duplicates: 12,
  rejected: [
    { reason: 'expected an event with a name and a time after 1990', count: 31 },
    { reason: 'rate_limit', count: 4 },
  ],
  filtered: [{ reason: 'do_not_track', count: 103 }],
}

function health(eventsPerSecond: number, lastEventAtMs: number | undefined) {
  const accepted = lastEventAtMs === undefined ? 0 : 43_210
  const counts = { accepted, duplicates: 3, rejected: [], filtered: [{ reason: 'path', count: 17 }] }
  return {
    eventsPerSecond,
    lastEventAt: lastEventAtMs === undefined ? null : new Date(lastEventAtMs).toISOString(),
    lastHour: counts,
    today: { ...counts, accepted: accepted * 9 },
  }
}

function fakeEvent(random: () => number) {
  const receivedAt = new Date().toISOString()
  if (random() < 0.15) {
    return {
      receivedAt,
      protocol: 'matomo',
      raw: 'idsite=1&rec=1&cdt=1970',
      understood: { reason: 'expected a time after 1990' },
    }
  }
  const path = ['/', '/pricing', '/docs/start', '/blog/10-teas'][Math.floor(random() * 4)]
  const url = `https://www.example.com${path}`
  return {
    receivedAt,
    protocol: 'segment',
    raw: JSON.stringify({ type: 'page', anonymousId: '3f6c', messageId: 'ajs-1', properties: { url, title: 'Teas' } }),
    understood: { id: crypto.randomUUID(), name: 'page_view', at: Date.now(), anonymousId: '3f6c', url, title: 'Teas' },
  }
}
