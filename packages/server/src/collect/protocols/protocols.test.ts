import { expect, test } from 'vitest'
import { PROTOCOLS } from './protocols.ts'
import { type Asked, isMine } from './testing/ask.ts'

const packed = (value: unknown) => `data=${encodeURIComponent(Buffer.from(JSON.stringify(value)).toString('base64'))}`
const MIXPANEL = { event: 'E', properties: { token: 'TOK', mp_lib: 'web', distinct_id: '$device:d1' } }
const POSTHOG = { event: '$pageview', properties: { token: 'phc_x', $lib: 'web', distinct_id: 'd1' } }
const SEGMENT = { batch: [{ type: 'track', event: 'E', timestamp: '2026-11-22T03:09:07.770Z' }], writeKey: 'KEY' }
const RUDDERSTACK = { batch: [{ type: 'track', event: 'E', originalTimestamp: '2026-11-22T03:09:07.840Z' }] }
const TRACKER = { s: 1_790_000_000_000, e: [{ key: 'alm_1_2', n: 'page_view' }] }
const OPENPANEL = { body: { type: 'track', payload: { name: 'E' } }, headers: { 'openpanel-client-id': 'id' } }

// As the clients send them, caught on the way.
test.each<[string, string, Asked]>([
  ['segment', 'POST /v1/batch', { body: SEGMENT }],
  ['segment', 'POST /v1/t', { body: SEGMENT.batch[0] }],
  ['rudderstack', 'POST /v1/batch', { body: RUDDERSTACK }],
  ['rudderstack', 'POST /v1/track', { body: RUDDERSTACK.batch[0] }],
  ['mixpanel', `GET /track?ip=0&verbose=0&${packed(MIXPANEL)}`, {}],
  ['mixpanel', 'POST /track/?verbose=1&ip=1', { body: packed([MIXPANEL]) }],
  ['mixpanel', 'POST /track', { body: [{ event: 'E', properties: { token: 'TOK' } }] }],
  ['mixpanel', 'POST /engage', { body: packed([{ $token: 'TOK', $distinct_id: 'u1', $set: { plan: 'pro' } }]) }],
  ['posthog', 'POST /batch/', { body: { api_key: 'phc_x', batch: [POSTHOG] } }],
  ['posthog', 'POST /e/?ip=0', { body: [POSTHOG] }],
  ['posthog', 'POST /track', { body: packed([POSTHOG]) }],
  ['posthog', 'POST /engage', { body: packed({ api_key: 'key', event: '$identify', distinct_id: 'u1' }) }],
  ['openpanel', 'POST /track', OPENPANEL],
  ['tracker', 'POST /e', { body: TRACKER }],
])('%s gets its %s', (name, line, asked) => {
  expect(PROTOCOLS.find((protocol) => isMine(protocol, line, asked))?.name).toBe(name)
})

test('each protocol has a name for addresses of its own', () => {
  const names = PROTOCOLS.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^[a-z0-9]+$/)
})
