import { SourceSettings } from '@almanac/core/sources/source-settings.ts'
import { describe, expect, test } from 'vitest'
import { compilePolicy, OPEN_POLICY } from '../policy/source-policy.ts'
import { createVisitors } from '../visitors/visitor.ts'
import { collectNativeEvent, type NativeEventContext } from './native-events.ts'

const RECEIVED = Date.parse('2026-01-15T12:00:00Z')
const context: NativeEventContext = {
  source: 'shop',
  policy: OPEN_POLICY,
  environment: 'production',
  receivedAtMs: RECEIVED,
  address: '192.0.2.1',
  userAgent: 'Browser/1',
  visitors: createVisitors(Buffer.alloc(32, 1), { kind: 'stable' }),
}
function collected(input: unknown, over: Partial<NativeEventContext> = {}) {
  const result = collectNativeEvent(input, { ...context, ...over })
  if (!('event' in result)) throw new Error(JSON.stringify(result))
  return result
}
const eventOf = (input: unknown, over?: Partial<NativeEventContext>) => collected(input, over).event
const issuesOf = (input: unknown) => {
  const result = collectNativeEvent(input, context)
  return 'issues' in result ? result.issues : []
}

test('the smallest event happened at its receipt, and is known by address and user agent', () => {
  const { event, environment } = collected({ name: 'ping' })
  expect(environment).toBe('production')
  expect(event).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    name: 'ping',
    at: RECEIVED,
    userAgent: 'Browser/1',
    visitor: expect.stringMatching(/^\d+$/),
    visitorKind: 'stable_hash',
  })
})

test('the address is in no event', () => {
  expect(JSON.stringify(eventOf({ name: 'a', ip: '2001:db8::7' }))).not.toContain('2001:db8')
  expect(JSON.stringify(eventOf({ name: 'a' }))).not.toContain('192.0.2.1')
})

test('the same client id has the same event id again, and without one each event has its own', () => {
  const first = eventOf({ name: 'a', id: 'm-1' })
  expect(first).toMatchObject({ idFrom: 'client', messageId: 'm-1' })
  expect(eventOf({ name: 'a', id: 'm-1' }, { receivedAtMs: RECEIVED + 60_000 }).id).toBe(first.id)
  expect(eventOf({ name: 'a', id: 'm-1', environment: 'sandbox' }).id).not.toBe(first.id)
  expect(eventOf({ name: 'a' }).id).not.toBe(eventOf({ name: 'a' }).id)
  expect(eventOf({ name: 'a' })).not.toHaveProperty('idFrom')
})

test('a wrong clock is corrected, and what it said is kept', () => {
  const hour = 3_600_000
  expect(eventOf({ name: 'a', time: RECEIVED - 3 * hour, sentAt: RECEIVED - 2 * hour })).toMatchObject({
    at: RECEIVED - hour,
    clientAt: RECEIVED - 3 * hour,
    sentAt: RECEIVED - 2 * hour,
  })
  expect(eventOf({ name: 'a', time: '9999-01-01T00:00:00Z' })).toMatchObject({
    at: RECEIVED,
    clientAt: Date.parse('9999-01-01T00:00:00Z'),
  })
})

describe('the user agent of the connection', () => {
  test('stands in for the missing one of the event', () => {
    expect(eventOf({ name: 'a', userAgent: 'App/2' }).userAgent).toBe('App/2')
    expect(eventOf({ name: 'a' }).userAgent).toBe('Browser/1')
  })
  test('is not taken for a person on whose behalf a server sends', () => {
    expect(eventOf({ name: 'a', ip: '192.0.2.9' })).not.toHaveProperty('userAgent')
  })
})

test('the environment of the event goes before that of the request', () => {
  expect(collected({ name: 'a', environment: 'sandbox' }).environment).toBe('sandbox')
  expect(collected({ name: 'a' }, { environment: 'sandbox' }).environment).toBe('sandbox')
  expect(eventOf({ name: 'a', environment: 'sandbox' })).not.toHaveProperty('environment')
})

test('all that is wrong comes back at once, each with its place', () => {
  const issues = issuesOf({ name: '', url: 5, campaign: { sorce: 'x' }, extra: 1 })
  expect(issues.map(({ path }) => path.join('.'))).toEqual(expect.arrayContaining(['name', 'url', 'campaign', '']))
})

test.each([
  { json: 'null' },
  { json: '[]' },
  { json: '"text"' },
  { json: '{"name":"a","time":1}' },
  { json: '{"name":"a","time":1e18}' },
  { json: '{"name":"a","time":1700000000,"sentAt":1e300}' },
  { json: '{"name":"a","time":"2026-02-30T00:00:00Z"}' },
  { json: '{"name":"a","ip":"localhost"}' },
  { json: '{"name":"a","__proto__":{"b":1}}' },
  { json: '{"name":"a","properties":{"__proto__":{"b":1}}}' },
  { json: '{"name":"a","campaign":{"__proto__":{"b":1}}}' },
  { json: '{"name":"a","properties":[1]}' },
])('$json is refused', ({ json }) => {
  expect(issuesOf(JSON.parse(json))).not.toEqual([])
})

test.each(['properties', 'campaign', 'name', 'other'])(
  '10,000 levels of JSON in %s are refused, not followed',
  (field) => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`)
    expect(issuesOf({ name: 'a', [field]: deep })).not.toEqual([])
  },
)

test('NUL and lone surrogates are replaced', () => {
  expect(eventOf({ name: 'a\0', title: '\ud800', properties: { a: '\0' } })).toMatchObject({
    name: 'a\ufffd',
    title: '\ufffd',
    properties: { a: '\ufffd' },
  })
})

test('place, hints and policy are applied before the address is gone', () => {
  const placeOf = () => ({ country: 'NP', city: 'Kathmandu' })
  const hints = { userAgent: 'Browser/1', clientHints: { platform: 'Linux' }, botHint: 'prefetch' }
  expect(eventOf({ name: 'a' }, { placeOf, ...hints })).toMatchObject({
    country: 'NP',
    city: 'Kathmandu',
    clientHints: { platform: 'Linux' },
    botHint: 'prefetch',
  })
  expect(eventOf({ name: 'a', ip: '192.0.2.9' }, { placeOf, ...hints })).not.toHaveProperty('clientHints')

  const cookieless = compilePolicy(SourceSettings.parse({ privacy: 'cookieless' }))
  const kept = eventOf({ name: 'a', id: '1', userId: 'u', anonymousId: 'x' }, { policy: cookieless })
  expect(kept).toMatchObject({ idFrom: 'client', visitorKind: 'stable_hash' })
  expect(JSON.stringify(kept)).not.toMatch(/userAgent|"u"|"x"/)
})

test('an event of a page that its source does not want is not collected', () => {
  const policy = compilePolicy(SourceSettings.parse({ blockedPaths: ['/admin/*'] }))
  expect(collectNativeEvent({ name: 'a', url: '/admin/x' }, { ...context, policy })).toEqual({ drop: 'path' })
})

test('a masked address knows a network and not a line', () => {
  const policy = compilePolicy(SourceSettings.parse({ privacy: 'masked' }))
  expect(eventOf({ name: 'a' }, { policy }).visitor).toBe(
    eventOf({ name: 'a' }, { policy, address: '192.0.77.1' }).visitor,
  )
})
