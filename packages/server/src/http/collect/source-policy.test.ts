import { SourceSettings as Settings, type SourceSettings } from '@almanac/core/sources/source-settings.ts'
import { afterEach, describe, expect, test } from 'vitest'
import { collectNativeEvent } from '../../collect/events/native-events.ts'
import { foreignByPolicy } from '../../collect/policy/foreign-by-policy.ts'
import { compilePolicy } from '../../collect/policy/source-policy.ts'
import type { Protocol } from '../../collect/protocols/protocol.ts'
import { createVisitors } from '../../collect/visitors/visitor.ts'
import type { DebugEvent } from '../manage/sources/debug-hub.ts'
import { buildTestApp, type TestApp } from '../test-app.ts'

/** One delivery for each list of pages; the key is the source's name. */
const PAGES: Protocol = {
  name: 'pages',
  label: 'Pages',
  routes: [
    {
      methods: ['POST'],
      path: '/pages',
      understand: ({ body }) => ({
        deliveries: Object.entries(JSON.parse(body.toString()) as Record<string, string[]>).map(
          ([credential, urls]) => ({
            credential,
            events: urls.map((url) => ({ name: url === '' ? '' : 'page_view', url })),
          }),
        ),
        answer: ({ accepted, rejected }) => ({ status: 200, body: `${accepted} ${rejected}` }),
      }),
    },
  ],
}

let tested: TestApp
const noted: unknown[] = []
const shown: DebugEvent[] = []
afterEach(async () => {
  noted.length = 0
  shown.length = 0
  await tested.app.close()
})

/** Sources by name; whoever asks over HTTP is asked the same way by a client on a real connection. */
async function serve(sources: Record<string, Partial<SourceSettings>>, kind: 'website' | 'server' = 'website') {
  const known = new Map(
    Object.entries(sources).map(([name, set]) => {
      const settings = Settings.parse(set)
      return [name, { name, kind, settings, policy: compilePolicy(settings) }]
    }),
  )
  const policyOf = (name: string) => known.get(name)?.policy ?? compilePolicy(Settings.parse({}))
  const visitors = createVisitors(Buffer.alloc(32, 1), { kind: 'stable' })
  tested = await buildTestApp({
    protocols: [PAGES],
    sourceOf: (name) => known.get(name),
    resolveCredential: (_protocol, credential) => ({ source: credential, environment: 'production' }),
    collectEvent: (input, context) => collectNativeEvent(input, { ...context, visitors }),
    collectForeign: (event, context) => foreignByPolicy(policyOf(context.source), event, { ...context, visitors }),
    noteHealth: (...note) => void noted.push(note),
    debugHub: {
      isWatched: (name) => name === 'watched',
      show: (_source, event) => void shown.push(event),
      connect: () => false,
      close: () => {},
    },
  })
  const url = await tested.app.listen({ host: '127.0.0.1', port: 0 })
  return (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(url + path, { method: 'POST', body: JSON.stringify(body), headers: { ...tested.as.local, ...headers } })
}

describe('what a source does not want', () => {
  test.each([
    { path: '/v1/events?source=website', body: { name: 'a' }, answer: '{"accepted":1,"rejected":[]}', status: 202 },
    { path: '/pages', body: { website: ['/'] }, answer: '1 0', status: 200 },
  ])('is answered by $path as if it was taken, counted, and not stored', async ({ path, body, answer, status }) => {
    const send = await serve({ website: { respectDoNotTrack: true } })
    const got = await send(path, body, { dnt: '1' })

    expect([got.status, await got.text()]).toEqual([status, answer])
    expect(tested.frames).toEqual([])
    expect(noted).toContainEqual(['website', 'production', 'filtered', 1, 'do_not_track'])
  })

  test.each([
    {
      path: '/v1/events?source=website',
      body: [
        { name: 'a', url: '/admin/x' },
        { name: 'b', url: '/' },
      ],
    },
    { path: '/pages', body: { website: ['/admin/x', '/'] } },
  ])('is taken out of a batch sent to $path', async ({ path, body }) => {
    const send = await serve({ website: { blockedPaths: ['/admin/*'] } })
    const got = await send(path, body)

    expect(got.ok).toBe(true)
    expect(tested.frames.join()).toContain('"url":"/"')
    expect(tested.frames.join()).not.toContain('admin')
    expect(noted).toContainEqual(['website', 'production', 'filtered', 1, 'path'])
    expect(noted).toContainEqual(['website', 'production', 'accepted', 1])
  })
})

test.each([
  { path: '/v1/events?source=website', body: { name: 'a' } },
  { path: '/v1/events?source=website', body: [{ name: 'a' }, { name: 'b' }] },
  { path: '/pages', body: { website: ['/'] } },
])('the hosts of the site go to the log with the events of $path', async ({ path, body }) => {
  const sites = async (siteHosts: string[]) => {
    const send = await serve({ website: { siteHosts } })
    expect((await send(path, body)).ok).toBe(true)
    return tested.frames.map((frame) => JSON.parse(frame.split('\n')[0] ?? '').site)
  }
  expect(await sites(['a.example'])).toEqual([['a.example']])
  await tested.app.close()
  expect(await sites([])).toEqual([undefined])
})

describe('a source that gets more than it allows', () => {
  test('refuses native events with the time to wait', async () => {
    const send = await serve({ website: { eventsPerSecond: 1 } })
    await send('/v1/events?source=website', [{ name: 'a' }, { name: 'b' }, { name: 'c' }])
    const got = await send('/v1/events?source=website', { name: 'd' })

    expect(got.status).toBe(429)
    expect(got.headers.get('retry-after')).toBe('2')
    expect(await got.text()).toContain('eventsPerSecond')
    expect(noted).toContainEqual(['website', 'production', 'rejected', 1, 'rate_limit'])
  })

  test('refuses a whole request, so that sending it again stores nothing twice', async () => {
    const send = await serve({ open: {}, website: { eventsPerSecond: 1 } })
    await send('/pages', { website: ['/1', '/2', '/3'] })
    tested.frames.length = 0
    const got = await send('/pages', { open: ['/a'], website: ['/b'] })

    expect(got.status).toBe(503)
    expect(got.headers.get('retry-after')).toBe('2')
    expect(tested.frames).toEqual([])
  })
})

test.each([
  { path: '/v1/events?source=cookieless', body: { name: 'a', userId: 'ada', anonymousId: 'ada' } },
  { path: '/pages', body: { cookieless: ['/'] } },
])('a source without cookies stores nothing of a browser that writes to $path', async ({ path, body }) => {
  const send = await serve({ cookieless: { privacy: 'cookieless' } })
  await send(path, body, { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' })

  expect(tested.frames).toHaveLength(1)
  expect(tested.frames[0]).toContain('"os":"Linux"')
  expect(tested.frames[0]).not.toMatch(/ada|Mozilla|127\.0\.0\.1/)
})

test.each(['/v1/events?source=app', '/pages'])('frames of a server or an app say so, sent to %s', async (path) => {
  const send = await serve({ app: {} }, 'server')
  await send(path, path === '/pages' ? { app: ['/'] } : { name: 'a' })

  expect(JSON.parse(tested.frames[0]?.split('\n')[0] ?? '')).toMatchObject({ source: 'app', kind: 'server' })
})

test.each([
  { path: '/v1/events?source=watched', body: [{ name: 'a' }, { no: 'name' }, { name: 'b', url: '/x' }] },
  { path: '/pages', body: { watched: ['/1', '', '/x'] } },
])('whoever watches a source sees what was stored, rejected and filtered of $path', async ({ path, body }) => {
  const send = await serve({ watched: { blockedPaths: ['/x'] } })
  await send(path, body)

  expect(shown.map(({ understood }) => ('reason' in understood ? understood.reason : understood.name))).toEqual([
    expect.stringMatching(/^(a|page_view)$/),
    expect.stringMatching(/name/),
    'filtered: path',
  ])
  expect(shown[0]?.raw).toContain(path === '/pages' ? 'POST /pages' : '"name":"a"')
})

test.each(['/v1/events?source=new', '/pages'])(
  'a source that another server made a moment ago is found, for %s',
  async (path) => {
    let isKnown = false
    tested = await buildTestApp({
      protocols: [PAGES],
      sourceOf: (name) =>
        isKnown
          ? { name, kind: 'website', settings: Settings.parse({}), policy: compilePolicy(Settings.parse({})) }
          : undefined,
      refreshSources: async () => {
        isKnown = true
      },
      resolveCredential: () => ({ source: 'new', environment: 'production' }),
      collectForeign: ({ name }) => ({ id: 'x', name, at: 1 }),
    })
    const payload = JSON.stringify(path === '/pages' ? { new: ['/'] } : { name: 'a' })
    const answer = await tested.app.inject({ method: 'POST', url: path, payload, headers: tested.as.local })

    expect(answer.statusCode).toBeLessThan(300)
    expect(tested.frames).toHaveLength(1)
  },
)
