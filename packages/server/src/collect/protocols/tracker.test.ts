import { expect, test } from 'vitest'
import type { Outcome, ProtocolRequest } from './protocol.ts'
import { tracker } from './tracker.ts'

const [route] = tracker.routes
const KEY = 'alm_0123456789ab_secret'
const PAGE = {
  api: 'https://stats.example.com/e',
  key: KEY,
  u: 'https://www.example.com/pricing?utm_source=news',
  r: 'https://search.example/',
  n: 'page_view',
  t: 1_790_000_000_000,
  i: 0.25,
  h: 'Pricing',
  w: '1280x720',
}
const COMMON = {
  id: '1790000000000-0.25',
  timeMs: 1_790_000_000_000,
  sentAtMs: 1_790_000_001_000,
  url: 'https://www.example.com/pricing?utm_source=news',
  referrer: 'https://search.example/',
  title: 'Pricing',
  screen: '1280x720',
  language: 'de-AT',
}

function request(body: unknown): ProtocolRequest {
  return {
    method: 'POST',
    path: '/e',
    params: {},
    query: new URLSearchParams(),
    headers: { 'accept-language': 'de-AT,de;q=0.9' },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    receivedAtMs: 1_790_000_001_500,
  }
}

const understand = (body: unknown) => route?.understand(request(body))
const sent = (...events: unknown[]) => ({ s: 1_790_000_001_000, e: events })
const eventsOf = (...events: unknown[]) => understand(sent(...events))?.deliveries.flatMap(({ events }) => events)

test.each([
  { what: 'a page view', item: {}, event: { name: 'page_view' } },
  { what: 'a page that is not there', item: { n: 'not_found' }, event: { name: 'not_found' } },
  {
    what: 'a stretch of reading',
    item: { n: 'engagement', d: 1234.56, o: { scroll: 0.417 } },
    event: { name: 'engagement', durationMs: 1235, properties: { scroll: 42 } },
  },
  {
    what: 'a page that is shorter than its window',
    item: { n: 'engagement', d: 10, o: { scroll: 1.8 } },
    event: { name: 'engagement', durationMs: 10, properties: { scroll: 100 } },
  },
  {
    what: 'a link to another host',
    item: { n: 'link', o: { url: 'https://other.example/a', download: '' } },
    event: { name: 'outbound_link', properties: { url: 'https://other.example/a' } },
  },
  {
    what: 'a link to a file',
    item: { n: 'link', o: { url: 'https://www.example.com/Prices.PDF?v=1', download: '' } },
    event: { name: 'download', properties: { url: 'https://www.example.com/Prices.PDF?v=1' } },
  },
  {
    what: 'a link that names the file to be kept',
    item: { n: 'link', o: { url: 'https://www.example.com/export', download: 'report.xlsx' } },
    event: { name: 'download', properties: { url: 'https://www.example.com/export', file_name: 'report.xlsx' } },
  },
  {
    what: 'an event of the page with bare properties',
    item: { n: 'signup', o: { plan: 'family' } },
    event: { name: 'signup', properties: { plan: 'family' } },
  },
  {
    what: 'an event with properties and revenue',
    item: { n: 'order', o: { props: { items: 3 }, revenue: { amount: '9.90', currency: 'eur' } } },
    event: { name: 'order', properties: { items: 3 }, revenue: { amount: 9.9, currency: 'eur' } },
  },
  {
    what: 'the attributes of the script tag',
    item: {
      user: 'u1',
      environment: 'sandbox',
      propAuthor: 'Ann',
      propPageType: 'article',
      property: 'no',
      props: { a: 1 },
    },
    event: {
      name: 'page_view',
      userId: 'u1',
      environment: 'sandbox',
      properties: { author: 'Ann', page_type: 'article', a: 1 },
    },
  },
])('$what is understood', ({ item, event }) => {
  expect(eventsOf({ ...PAGE, ...item })).toEqual([{ ...COMMON, ...event }])
})

test.each([
  'https://www.example.com/page.htm',
  'https://www.example.com/photo.jpg',
  'javascript:alert(1)',
  'no address',
  7,
])('a click on %s is no event', (url) => {
  const understood = understand(sent({ ...PAGE, n: 'link', o: { url, download: '' } }))

  expect(understood?.deliveries).toEqual([{ credential: KEY, events: [], rejected: [] }])
})

test('events of two keys are two deliveries', () => {
  const deliveries = understand(sent(PAGE, { ...PAGE, key: undefined, site: 'shop' }, PAGE))?.deliveries

  expect(deliveries?.map(({ credential, events }) => [credential, events.length])).toEqual([
    [KEY, 2],
    ['shop', 1],
  ])
})

test('more events than a page could have are refused as a whole', () => {
  const understood = understand(sent(...Array.from({ length: 5001 }, () => PAGE)))

  expect(understood?.deliveries).toEqual([])
  expect(understood?.answer({ accepted: 0, rejected: 0 }).status).toBe(413)
})

test('what is no event is kept with the reason, and without the key', () => {
  const [delivery] = understand(sent({ key: KEY }, { ...PAGE, n: '' }))?.deliveries ?? []

  expect(delivery?.events).toEqual([])
  expect(delivery?.rejected).toEqual([
    { reason: 'expected an object with the name of an event as n', raw: '{}' },
    {
      reason: 'expected an object with the name of an event as n',
      raw: JSON.stringify({ ...PAGE, key: undefined, n: '' }),
    },
  ])
})

test.each([
  { body: '', what: 'nothing' },
  { body: 'null', what: 'null' },
  { body: '{"s":1,"e":{}}', what: 'no list' },
  { body: '{"s":1,"e":[', what: 'half a body' },
  { body: `{"s":1,"e":${'['.repeat(5000)}${']'.repeat(5000)}}`, what: 'a deep body' },
  { body: '\xff\xfe\x00', what: 'bytes' },
])('$what is a bad request and stores nothing', ({ body }) => {
  const understood = understand(body)

  expect(understood?.deliveries).toEqual([])
  expect(understood?.answer({ accepted: 0, rejected: 0 }).status).toBe(400)
})

test.each([
  { e: [null, 7, 'x', [], true] },
  { s: 'soon', e: [{ n: 'x', t: {}, i: [], u: {}, o: 'y', d: 'z', props: [], environment: 4 }] },
  { s: null, e: [{ n: 5, key: {}, site: [] }] },
])('values of the wrong kind never throw: %j', (body) => {
  expect(() => understand(body)).not.toThrow()
})

test.each<{ outcome: Outcome; status: number; body: string | undefined }>([
  { outcome: { accepted: 1, rejected: 0 }, status: 202, body: undefined },
  { outcome: { accepted: 0, rejected: 1 }, status: 202, body: undefined },
  {
    outcome: { accepted: 0, rejected: 1, refused: 'no_credential' },
    status: 401,
    body: 'The script tag needs data-key with an ingest key',
  },
  {
    outcome: { accepted: 0, rejected: 1, refused: 'unknown_credential' },
    status: 401,
    body: 'There is no such ingest key or site',
  },
])('$outcome is answered with $status', ({ outcome, status, body }) => {
  const answer = understand(sent(PAGE))?.answer(outcome)

  expect([answer?.status, answer?.body]).toEqual([status, body])
})

test.each([
  { body: '{"s":1790000000000,"e":[{"n":"x"}]}', isMine: true },
  { body: '{"api_key":"phc_1","event":"x"}', isMine: false },
  { body: '{"s":"1","e":[]}', isMine: false },
  { body: 'data=eyJ9', isMine: false },
  { body: '', isMine: false },
])('of a shared address, $body is the script’s own: $isMine', ({ body, isMine }) => {
  expect(route?.isMine?.(request(body))).toBe(isMine)
})
