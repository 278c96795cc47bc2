import { expect, test } from 'vitest'
import { answerOf, asked, eventsOf, HOSTILE_BODIES, reasonsOf, UNKNOWN } from './testing/requests.ts'
import { umami } from './umami.ts'

const SITE = '6f1f2a52-50f5-4d4f-8a2c-1d7a8f7a1b11'

const send = (body: string | Buffer | object, headers = {}) =>
  umami.routes[0]?.understand(asked('/api/send', body, headers)) ?? expect.fail()
const batch = (body: string | Buffer | object) =>
  umami.routes[1]?.understand(asked('/api/batch', body)) ?? expect.fail()

const page = { website: SITE, hostname: 'example.com', url: '/a?b=1', title: 'A', referrer: 'https://other.org/' }

test.each([
  {
    what: 'a page view of the browser',
    body: { type: 'event', payload: { ...page, screen: '1920x1080', language: 'de-DE' } },
    event: {
      name: 'page_view',
      url: 'https://example.com/a?b=1',
      title: 'A',
      referrer: 'https://other.org/',
      screen: '1920x1080',
      language: 'de-DE',
      properties: {},
    },
  },
  {
    what: 'an event with data, an id and a time in seconds',
    body: {
      type: 'event',
      payload: {
        website: SITE,
        name: 'buy',
        id: 'ada',
        tag: 'b',
        timestamp: 1795349000,
        data: { revenue: 9.5, currency: 'EUR' },
      },
    },
    event: {
      name: 'buy',
      userId: 'ada',
      timeMs: 1795349000000,
      revenue: { amount: 9.5, currency: 'EUR' },
      properties: { tag: 'b', revenue: 9.5, currency: 'EUR' },
    },
  },
  {
    what: "a page view of the script's version 2.10, which encodes titles, and addresses twice",
    body: {
      type: 'event',
      payload: {
        ...page,
        url: '/h%25C3%25BCte?q=100%2525',
        title: 'H%C3%BCte%20%26%20Schuhe',
        referrer: '/gr%25C3%25BCn',
      },
    },
    event: {
      name: 'page_view',
      url: 'https://example.com/h%C3%BCte?q=100%25',
      title: 'Hüte & Schuhe',
      referrer: '/gr%C3%BCn',
      properties: {},
    },
  },
  {
    what: 'a title and an address with a percent sign of their own',
    body: { type: 'event', payload: { ...page, url: '/h%C3%BCte?q=100%25', title: '100 % wool' } },
    event: {
      name: 'page_view',
      url: 'https://example.com/h%C3%BCte?q=100%25',
      title: '100 % wool',
      referrer: 'https://other.org/',
      properties: {},
    },
  },
  {
    what: 'an identification',
    body: { type: 'identify', payload: { website: SITE, id: 'ada', data: { plan: 'pro' } } },
    event: { name: 'identify', userId: 'ada', properties: { plan: 'pro' } },
  },
  {
    what: 'performance',
    body: { type: 'performance', payload: { website: SITE, url: 'https://example.com/', lcp: 1200, cls: 0.1 } },
    event: { name: 'performance', url: 'https://example.com/', properties: { lcp: 1200, cls: 0.1 } },
  },
  {
    what: 'what a server tells of a visitor',
    body: { type: 'event', payload: { website: SITE, ip: '203.0.113.9', userAgent: 'Mozilla/5.0' } },
    event: { name: 'page_view', address: '203.0.113.9', userAgent: 'Mozilla/5.0', properties: {} },
  },
])('$what', ({ body, event }) => {
  expect(send(body).deliveries).toMatchObject([{ credential: SITE }])
  expect(eventsOf(send(body))).toEqual([event])
})

test.each([
  { payload: { link: SITE }, name: 'link' },
  { payload: { pixel: SITE }, name: 'pixel' },
])('an event of a $name is one', ({ payload, name }) => {
  const understood = send({ type: 'event', payload })
  expect(understood.deliveries).toMatchObject([{ credential: SITE, events: [{ name }] }])
})

test('the token comes back as it was, and so do the ids in it', () => {
  const first = JSON.parse(answerOf(send({ type: 'event', payload: page })).body)
  const second = JSON.parse(answerOf(send({ type: 'event', payload: page }, { 'x-umami-cache': first.cache })).body)
  expect(first).toEqual({ cache: expect.any(String), sessionId: expect.any(String), visitId: expect.any(String) })
  expect(second).toEqual(first)
})

test('a bot is answered like anybody', () => {
  const understood = send({ type: 'event', payload: page }, { 'user-agent': 'Googlebot/2.1' })
  expect(eventsOf(understood)).toHaveLength(1)
  expect(JSON.parse(answerOf(understood).body)).toHaveProperty('cache')
})

test('an unknown website is 400', () => {
  expect(answerOf(send({ type: 'event', payload: page }), UNKNOWN)).toMatchObject({
    status: 400,
    body: '{"error":{"message":"Website not found.","code":"bad-request","status":400}}',
  })
})

test('a batch tells how many went through, and which did not', () => {
  const understood = batch([{ type: 'event', payload: page }, { type: 'replay', payload: page }, null])
  expect(reasonsOf(understood)).toHaveLength(1)
  expect(JSON.parse(answerOf(understood).body)).toMatchObject({
    size: 3,
    processed: 1,
    errors: 2,
    details: [{ index: 1 }, { index: 2 }],
    cache: expect.any(String),
  })
})

test.each(HOSTILE_BODIES)('a body of $what is 400', ({ body }) => {
  expect(eventsOf(send(body))).toEqual([])
  expect(answerOf(send(body))).toMatchObject({ status: 400 })
  expect(eventsOf(batch(body))).toEqual([])
})
