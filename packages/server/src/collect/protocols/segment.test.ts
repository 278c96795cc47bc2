import { expect, test } from 'vitest'
import { segment } from './segment.ts'
import { answered, ask } from './testing/ask.ts'

const BASIC = { authorization: `Basic ${Buffer.from('KEY:').toString('base64')}` }
const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' }
const sent = (body: unknown) => ask(segment, 'POST /v1/batch', { body, headers: BASIC }).deliveries[0]
const only = (message: object) => sent({ batch: [message] })?.events[0]

test('a batch of the Node library becomes events, each with what the batch says for all', () => {
  const body = {
    batch: [
      {
        timestamp: '2026-11-22T03:09:07.770Z',
        integrations: {},
        event: 'Order Completed',
        type: 'track',
        properties: { revenue: 9.9, currency: 'EUR', order_id: 'o1' },
        context: { library: { name: '@segment/analytics-node', version: '3.1.0' } },
        userId: 'u1',
        messageId: 'node-next-1',
        _metadata: { nodeVersion: 'v26.10.0', jsRuntime: 'node' },
      },
    ],
    writeKey: 'KEY',
    sentAt: '2026-11-22T03:09:07.773Z',
  }
  expect(sent(body)).toMatchObject({
    credential: 'KEY',
    rejected: [],
    events: [
      {
        name: 'Order Completed',
        id: 'node-next-1',
        timeMs: Date.UTC(2026, 10, 22, 3, 9, 7, 770),
        sentAtMs: Date.UTC(2026, 10, 22, 3, 9, 7, 773),
        userId: 'u1',
        address: '',
        revenue: { amount: 9.9, currency: 'EUR' },
        properties: {
          revenue: 9.9,
          currency: 'EUR',
          order_id: 'o1',
          _context: { library: { name: '@segment/analytics-node', version: '3.1.0' } },
          _message: { _metadata: { nodeVersion: 'v26.10.0', jsRuntime: 'node' } },
        },
      },
    ],
  })
})

test.each([
  ['p', 'page_view'],
  ['page', 'page_view'],
  ['s', 'screen_view'],
  ['i', 'identify'],
  ['a', 'alias'],
  ['g', 'group'],
])('a single message to /v1/%s is a %s', (call, name) => {
  const { deliveries } = ask(segment, `POST /v1/${call}`, { body: { userId: 'u1', writeKey: 'KEY' } })
  expect(deliveries).toMatchObject([{ credential: 'KEY', events: [{ name, userId: 'u1' }] }])
})

test('the context of the browser library is understood', () => {
  const body = {
    type: 'track',
    event: 'Clicked',
    anonymousId: 'a1',
    context: {
      page: {
        path: '/hats',
        referrer: 'https://r.example/',
        search: '?a=1',
        title: 'Hats',
        url: 'https://s.example/hats?a=1',
      },
      userAgent: 'Mozilla/5.0 Test',
      ip: '203.0.113.9',
      locale: 'de-AT',
      timezone: 'Europe/Vienna',
      campaign: { source: 'mail', medium: 'cpc', name: 'spring', term: 't', content: 'c', id: '7' },
      screen: { width: 1280, height: 800 },
      app: { name: 'Shop', version: '1.2' },
      os: { name: 'iOS' },
      location: { country: 'AT', city: 'Graz' },
      sessionId: 12,
      library: { name: 'analytics.js' },
    },
  }
  const event = ask(segment, 'POST /v1/t', { body, headers: BROWSER }).deliveries[0]?.events[0]
  expect(event).toMatchObject({
    url: 'https://s.example/hats?a=1',
    title: 'Hats',
    referrer: 'https://r.example/',
    userAgent: 'Mozilla/5.0 Test',
    address: '203.0.113.9',
    language: 'de-AT',
    timezone: 'Europe/Vienna',
    campaign: { source: 'mail', medium: 'cpc', name: 'spring', term: 't', content: 'c' },
    screen: '1280x800',
    app: { name: 'Shop', version: '1.2', platform: 'iOS' },
    country: 'AT',
    city: 'Graz',
    sessionId: '12',
  })
  expect(event?.properties).toMatchObject({ _context: { campaign: { id: '7' }, library: { name: 'analytics.js' } } })
})

test('the fields of a page are its own, and what else it has stays with it', () => {
  const page = { url: 'https://s.example/a', title: 'A', path: '/a', category: 'docs' }
  const context = { page: { url: 'https://s.example/before', referrer: 'https://r.example/' } }
  expect(only({ type: 'page', name: 'Home', properties: page, context })).toMatchObject({
    url: 'https://s.example/a',
    title: 'A',
    referrer: 'https://r.example/',
    properties: { name: 'Home', category: 'docs' },
  })
})

test('a login joins the id from before, an alias the one that is given up', () => {
  expect(only({ type: 'identify', userId: 'u1', anonymousId: 'a1', traits: { plan: 'pro' } })).toMatchObject({
    previousId: 'a1',
    properties: { plan: 'pro' },
  })
  expect(only({ type: 'alias', userId: 'u1', previousId: 'old' })).toMatchObject({ userId: 'u1', previousId: 'old' })
})

test.each([
  ['Order Completed', { total: '12.50', currency: 'USD' }, { amount: 12.5, currency: 'USD' }],
  ['Order Refunded', { total: 12.5, currency: 'USD' }, { amount: -12.5, currency: 'USD' }],
  ['Anything', { revenue: 3 }, { amount: 3, currency: undefined }],
  ['Anything', { total: 3 }, undefined],
])('%s with %o is worth %o', (event, properties, revenue) => {
  expect(only({ type: 'track', event, properties })?.revenue).toEqual(revenue)
})

test('a device id stands for a missing anonymous id', () => {
  expect(only({ type: 'screen', context: { device: { id: 'd1' } } })).toMatchObject({ anonymousId: 'd1' })
})

test('what is no event is rejected with the reason, and the rest of the batch is kept', () => {
  const delivery = sent({ batch: [7, { type: 'track' }, { type: 'dance' }, {}, { type: 'track', event: 'E' }] })
  expect(delivery?.rejected?.map(({ reason }) => reason)).toEqual([
    'expected a message to be a JSON object',
    'expected a track call to name its event',
    'expected a message of type track, page, screen, identify, group or alias, got "dance"',
    'expected a message of type track, page, screen, identify, group or alias, got ""',
  ])
  expect(delivery?.events.map(({ name }) => name)).toEqual(['E'])
})

test.each(['', '[', '[1]', 'null', '"text"', '\0', '{"batch":'.repeat(100_000), '['.repeat(100_000)])(
  'a body that is no object is answered with 400 (%#)',
  (body) => {
    const understood = ask(segment, 'POST /v1/batch', { body, headers: BASIC })
    expect(understood.deliveries).toEqual([])
    expect(answered(understood).status).toBe(400)
  },
)

test.each([
  { type: 'track', event: { a: 1 }, userId: [], properties: 'x', context: 7 },
  {
    type: 'page',
    properties: [1],
    context: { page: 'x', campaign: 3, screen: [], app: [], location: 1 },
    timestamp: {},
  },
  { type: 'identify', traits: null, context: { traits: 'x', device: null }, sentAt: 'yesterday' },
  JSON.parse('{"type":"track","event":"E","properties":{"__proto__":{"polluted":true}}}'),
])('fields of a wrong kind do no harm (%#)', (message) => {
  const delivery = sent({ batch: [message] })
  expect((delivery?.events.length ?? 0) + (delivery?.rejected?.length ?? 0)).toBe(1)
  expect({}).not.toHaveProperty('polluted')
})

test.each([
  [{}, 200, '{"success":true}'],
  [{ refused: 'no_credential' as const }, 401, '{"success":false,"message":"There is no write key in the request"}'],
  [{ refused: 'unknown_credential' as const }, 401, '{"success":false,"message":"The write key is not known here"}'],
])('with %o it answers %d %s', (outcome, status, body) => {
  const understood = ask(segment, 'POST /v1/track', { body: { event: 'E' }, headers: BASIC })
  expect(answered(understood, outcome)).toMatchObject({ status, body })
})

test('the settings send the browser library to the host that it asked', () => {
  const headers = { host: 'collect.example:8080', origin: 'https://shop.example' }
  const understood = ask(segment, 'GET /v1/projects/KEY/settings', { headers })
  expect(understood.deliveries).toEqual([{ credential: 'KEY', events: [] }])
  expect(JSON.parse(String(answered(understood).body)).integrations['Segment.io']).toMatchObject({
    apiKey: 'KEY',
    apiHost: 'collect.example:8080/v1',
    protocol: 'https',
  })
  expect(answered(understood, { refused: 'unknown_credential' }).status).toBe(404)
})

test('the pixel carries a message in base64 and is an image whatever it carries', () => {
  const message = { writeKey: 'KEY', userId: 'u1', event: 'Opened' }
  const data = encodeURIComponent(Buffer.from(JSON.stringify(message)).toString('base64'))
  const understood = ask(segment, `GET /v1/pixel/track?data=${data}`)
  expect(understood.deliveries).toMatchObject([{ credential: 'KEY', events: [{ name: 'Opened', userId: 'u1' }] }])
  for (const asked of [understood, ask(segment, 'GET /v1/pixel/track?data=nonsense')]) {
    const { status, headers, body } = answered(asked)
    expect([status, headers?.['content-type'], Buffer.from(body ?? '').toString('latin1', 0, 6)]).toEqual([
      200,
      'image/gif',
      'GIF89a',
    ])
  }
})

test('more items than anybody sends at once are refused together', () => {
  const understood = ask(segment, 'POST /v1/batch', { body: { batch: new Array(5001).fill(1) } })
  expect(understood.deliveries).toEqual([])
  expect(answered(understood).status).toBe(400)
})

test('neither an address nor a key goes into what is kept', () => {
  const message = {
    type: 'track',
    event: 'E',
    context: { ip: '203.0.113.9' },
    request_ip: '203.0.113.9',
    writeKey: 'SECRET',
  }
  const kept = sent({ batch: [message, { ...message, event: '' }] })
  expect(kept?.events[0]?.address).toBe('203.0.113.9')
  expect(JSON.stringify([kept?.events[0]?.properties, kept?.rejected])).not.toMatch(/203\.0|SECRET/)
})
