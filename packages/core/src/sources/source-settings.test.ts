import { describe, expect, test } from 'vitest'
import { SourceSettings, SourceSettingsChange } from './source-settings.ts'

const messageOf = (settings: object) => SourceSettings.safeParse(settings).error?.issues[0]?.message

test('a source without settings has all defaults', () => {
  expect(SourceSettings.parse({})).toEqual({
    privacy: 'full',
    respectDoNotTrack: false,
    respectGlobalPrivacyControl: false,
    allowedOrigins: [],
    blockedAddresses: [],
    blockedPaths: [],
    eventsPerSecond: null,
    siteHosts: [],
    visitRule: 'standard',
    timezone: 'UTC',
  })
})

test('a change says nothing about what it does not name', () => {
  expect(SourceSettingsChange.parse({})).toEqual({})
  expect(SourceSettingsChange.parse({ eventsPerSecond: null })).toEqual({ eventsPerSecond: null })
})

test('a setting that does not exist is an error by name', () => {
  expect(messageOf({ privacyMode: 'full' })).toContain('privacyMode')
  expect(SourceSettingsChange.safeParse({ origins: [] }).error?.issues[0]?.message).toContain('origins')
})

describe('allowed origins', () => {
  test.each([
    { given: 'www.Example.com', kept: 'www.example.com' },
    { given: ' *.Example.com ', kept: '*.example.com' },
    { given: 'bücher.example', kept: 'xn--bcher-kva.example' },
    { given: 'localhost', kept: 'localhost' },
    { given: '127.0.0.1', kept: '127.0.0.1' },
  ])('"$given" is kept as $kept', ({ given, kept }) => {
    expect(SourceSettings.parse({ allowedOrigins: [given] }).allowedOrigins).toEqual([kept])
  })

  test.each([
    'https://example.com',
    'example.com/shop',
    'example.com:8080',
    'a b',
    '',
    '*',
    '*.',
    'www.*.com',
    'user@example.com',
    'example..com',
    '.example.com',
    'a'.repeat(64),
    'null\0',
  ])('"%s" is no host name', (host) => {
    expect(messageOf({ allowedOrigins: [host] })).toBe(
      `expected a host name such as www.example.com or *.example.com, without https:// and path, got "${host}"`,
    )
  })
})

describe('blocked addresses', () => {
  test.each(['192.0.2.7', '192.0.2.0/24', '2001:db8::1', '2001:db8::/32', '::ffff:192.0.2.7', '0.0.0.0/0'])(
    '%s is one',
    (address) => {
      expect(SourceSettings.parse({ blockedAddresses: [address] }).blockedAddresses).toEqual([address])
    },
  )

  test.each(['192.0.2', '192.0.2.256', '192.0.2.0/33', '2001:db8::/129', 'example.com', '192.0.2.1:80', '', '1'])(
    '"%s" is none',
    (address) => {
      expect(messageOf({ blockedAddresses: [address] })).toContain('expected an IP address or a range')
    },
  )
})

test.each(['/admin', '/admin/*', '*.php', '*'])('"%s" is a path to block', (path) => {
  expect(SourceSettings.parse({ blockedPaths: [path] }).blockedPaths).toEqual([path])
})

test.each(['admin', 'https://example.com/admin', ''])('"%s" is no path to block', (path) => {
  expect(messageOf({ blockedPaths: [path] })).toContain('expected a path such as /admin')
})

test.each(['Europe/Berlin', 'UTC', 'Asia/Kathmandu'])('%s is a time zone', (timezone) => {
  expect(SourceSettings.parse({ timezone }).timezone).toBe(timezone)
})

test.each(['CET+1', '+01:00', 'Mars/Olympus', ''])('"%s" is not a time zone', (timezone) => {
  expect(messageOf({ timezone })).toBe(`expected a time zone such as Europe/Berlin, got "${timezone}"`)
})

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, '10'])('%s is no rate', (eventsPerSecond) => {
  expect(SourceSettings.safeParse({ eventsPerSecond }).success).toBe(false)
})

test('every problem is told, with its place', () => {
  const { error } = SourceSettings.safeParse({ privacy: 'none', allowedOrigins: ['a.example', 'b c'] })

  expect(error?.issues.map(({ path }) => path)).toEqual([['privacy'], ['allowedOrigins', 1]])
})
