import { expect, test } from 'vitest'
import { plausible } from './plausible.ts'
import { answerOf, asked, eventsOf, HOSTILE_BODIES, reasonsOf, UNKNOWN } from './testing/requests.ts'

const understand = (body: string | Buffer | object) =>
  plausible.routes[0]?.understand(asked('/api/event', body)) ?? expect.fail()

test.each([
  {
    what: 'the old tracker',
    body: { n: 'pageview', u: 'https://example.com/a', d: 'example.com', r: 'https://other.org/', w: 1280, h: 0 },
    event: { name: 'page_view', referrer: 'https://other.org/', properties: { screen_width: 1280, hash_mode: 0 } },
  },
  {
    what: "the old tracker's properties, packed as JSON",
    body: { n: 'Signup', u: 'https://example.com/a', d: 'example.com', r: null, w: 1280, p: '{"plan":"pro"}' },
    event: { name: 'Signup', properties: { screen_width: 1280, plan: 'pro' } },
  },
  {
    what: 'the new tracker',
    body: {
      n: 'Purchase',
      v: 36,
      u: 'https://example.com/a',
      d: 'example.com',
      r: null,
      p: { plan: 'pro' },
      $: { currency: 'EUR', amount: '9.99' },
      i: false,
    },
    event: {
      name: 'Purchase',
      revenue: { amount: 9.99, currency: 'EUR' },
      properties: { script_version: 36, interactive: false, plan: 'pro' },
    },
  },
  {
    what: 'engagement of the new tracker',
    body: { n: 'engagement', sd: 80, d: 'example.com', u: 'https://example.com/a', p: {}, e: 3200, v: 36 },
    event: { name: 'engagement', durationMs: 3200, properties: { scroll_depth: 80, script_version: 36 } },
  },
  {
    what: 'the long names',
    body: { name: 'Download', url: 'https://example.com/a', domain: 'example.com', props: { file: 'a.pdf' } },
    event: { name: 'Download', properties: { file: 'a.pdf' } },
  },
])('$what', ({ body, event }) => {
  const understood = understand(body)
  expect(understood.deliveries).toMatchObject([{ credential: 'example.com' }])
  expect(eventsOf(understood)).toEqual([{ url: 'https://example.com/a', ...event }])
})

test('several domains are several deliveries of the same event', () => {
  const { deliveries } = understand({ n: 'pageview', u: 'https://a.example/', d: 'a.example, all.example' })
  expect(deliveries).toMatchObject([
    { credential: 'a.example', events: [{ name: 'page_view' }] },
    { credential: 'all.example', events: [{ name: 'page_view' }] },
  ])
})

test('the answer is 202, and a header tells of what was dropped', () => {
  const understood = understand({ n: 'pageview', u: 'https://example.com/', d: 'example.com' })
  expect(answerOf(understood)).toEqual({
    status: 202,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: 'ok',
  })
  expect(answerOf(understood, UNKNOWN)).toMatchObject({
    status: 202,
    headers: { 'x-plausible-dropped': '1' },
    body: 'ok',
  })
})

test('an event without what Plausible requires is 400 with the reasons, and kept aside', () => {
  const understood = understand({ d: 'example.com' })
  expect(reasonsOf(understood)).toEqual(['expected name, url and domain'])
  expect(answerOf(understood)).toMatchObject({
    status: 400,
    body: '{"errors":{"event_name":["can\'t be blank"],"url":["is required"]}}',
  })
})

test.each(HOSTILE_BODIES)('a body of $what is 400', ({ body }) => {
  expect(eventsOf(understand(body))).toEqual([])
  expect(answerOf(understand(body))).toMatchObject({ status: 400 })
})
