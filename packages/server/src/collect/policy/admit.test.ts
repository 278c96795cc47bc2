import { SourceSettings as Settings, type SourceSettings } from '@almanac/core/sources/source-settings.ts'
import { describe, expect, test } from 'vitest'
import { admit, admitEvent, type RequestFacts } from './admit.ts'
import { compilePolicy, OPEN_POLICY } from './source-policy.ts'

const policyOf = (settings: Partial<SourceSettings>) => compilePolicy(Settings.parse(settings))
const FACTS: RequestFacts = { address: '198.51.100.1', headers: {}, eventCount: 1, nowMs: 0 }
const ask = (settings: Partial<SourceSettings>, facts: Partial<RequestFacts>) =>
  admit(policyOf(settings), { ...FACTS, ...facts })

test('a source without settings takes everything, by the one policy that stands for this', () => {
  expect(policyOf({})).toBe(OPEN_POLICY)
  expect(policyOf({ visitRule: 'matomo', timezone: 'Europe/Berlin' })).toBe(OPEN_POLICY)
  expect(admit(OPEN_POLICY, { ...FACTS, headers: { origin: 'null', dnt: '1', 'sec-gpc': '1' } })).toBe('admit')
})

test.each<Partial<SourceSettings>>([
  { privacy: 'masked' },
  { respectDoNotTrack: true },
  { respectGlobalPrivacyControl: true },
  { allowedOrigins: ['a.example'] },
  { blockedAddresses: ['192.0.2.1'] },
  { blockedPaths: ['/a'] },
  { eventsPerSecond: 1 },
])('a source with %j has a policy of its own', (settings) => {
  expect(policyOf(settings)).not.toBe(OPEN_POLICY)
})

describe('allowed origins', () => {
  const settings = { allowedOrigins: ['example.com', '*.shop.example', 'xn--bcher-kva.example'] }

  test.each([
    'https://example.com',
    'http://example.com:8080',
    'https://EXAMPLE.com',
    'https://example.com.',
    'https://a.shop.example',
    'https://a.b.shop.example',
    'https://bücher.example',
    'https://user:password@example.com',
  ])('%s is one', (origin) => {
    expect(ask(settings, { headers: { origin } })).toBe('admit')
  })

  test.each([
    'https://www.example.com',
    'https://example.com.evil.example',
    'https://notexample.com',
    'https://shop.example',
    'https://evilshop.example',
    'https://example.com@evil.example',
    'https://evil.example/example.com',
    'https://evil.example?example.com',
    'null',
    'NULL',
    'example.com',
    '//example.com',
    'https://',
    'file:///example.com',
    'data:text/html,example.com',
    'https://example.com https://evil.example',
    '\0',
  ])('"%s" is none', (origin) => {
    expect(ask(settings, { headers: { origin } })).toEqual({ drop: 'origin' })
  })

  test('the origin counts before the referrer, which counts when there is no origin', () => {
    expect(ask(settings, { headers: { referer: 'https://example.com/page?a=b' } })).toBe('admit')
    expect(ask(settings, { headers: { referer: 'https://evil.example/' } })).toEqual({ drop: 'origin' })
    expect(ask(settings, { headers: { referer: 'garbage' } })).toEqual({ drop: 'origin' })
    expect(ask(settings, { headers: { origin: 'null', referer: 'https://example.com/' } })).toEqual({ drop: 'origin' })
  })

  test('a request from no page is let in, and one with two origins is not', () => {
    expect(ask(settings, {})).toBe('admit')
    expect(ask(settings, { headers: { origin: ['https://example.com', 'https://example.com'] } })).toEqual({
      drop: 'origin',
    })
  })
})

describe('blocked addresses', () => {
  const settings = { blockedAddresses: ['192.0.2.7', '203.0.113.0/24', '2001:db8::/32', '::ffff:198.51.100.9'] }

  test.each([
    '192.0.2.7',
    '::ffff:192.0.2.7',
    '::ffff:c000:207',
    '192.0.2.7:443',
    '203.0.113.255',
    '::ffff:203.0.113.1',
    '2001:db8:1::1',
    '[2001:db8::1]:443',
    '2001:DB8:0:0::1%eth0',
    '198.51.100.9',
  ])('%s is one', (address) => {
    expect(ask(settings, { address })).toEqual({ drop: 'address' })
    expect(admitEvent(policyOf(settings), { address })).toEqual({ drop: 'address' })
  })

  test.each(['192.0.2.8', '203.0.112.255', '2001:db9::1', 'unknown', '', undefined])('%s is none', (address) => {
    expect(ask(settings, { address })).toBe('admit')
    expect(admitEvent(policyOf(settings), { address })).toBe('admit')
  })

  test('a range of IPv4 addresses that is written in IPv6 blocks them too', () => {
    expect(ask({ blockedAddresses: ['::ffff:192.0.2.0/120'] }, { address: '192.0.2.9' })).toEqual({ drop: 'address' })
  })
})

test('who asks not to be tracked is not, where the source respects it', () => {
  const headers = { dnt: '1', 'sec-gpc': '1' }

  expect(ask({ respectDoNotTrack: true }, { headers })).toEqual({ drop: 'do_not_track' })
  expect(ask({ respectGlobalPrivacyControl: true }, { headers })).toEqual({ drop: 'global_privacy_control' })
  expect(ask({ respectDoNotTrack: true }, { headers: { dnt: '0', 'sec-gpc': '1' } })).toBe('admit')
  expect(ask({ respectGlobalPrivacyControl: true }, { headers: { dnt: '1' } })).toBe('admit')
})

describe('blocked paths', () => {
  const policy = policyOf({ blockedPaths: ['/admin/*', '*.php'] })

  test.each([
    'https://example.com/admin/users?x=1#y',
    '/admin/users?x=1',
    'https://example.com/a.php',
    'https://example.com/%61dmin/users',
  ])('%s is on one', (url) => {
    expect(admitEvent(policy, { url })).toEqual({ drop: 'path' })
  })

  test.each(['https://example.com/admin', 'https://example.com/?/admin/', '/a?b=c.php', '/%zz', '', undefined])(
    '%s is not',
    (url) => {
      expect(admitEvent(policy, { url })).toBe('admit')
    },
  )
})

test('too many events are told when to come again, and what is filtered does not count among them', () => {
  const policy = policyOf({ eventsPerSecond: 1, respectDoNotTrack: true })
  for (let i = 0; i < 100; i++) admit(policy, { ...FACTS, headers: { dnt: '1' } })

  expect(admit(policy, { ...FACTS, eventCount: 3 })).toBe('admit')
  expect(admit(policy, FACTS)).toEqual({ drop: 'rate_limit', retryAfterSeconds: 2 })
  expect(admit(policy, { ...FACTS, nowMs: 2000 })).toBe('admit')
})
