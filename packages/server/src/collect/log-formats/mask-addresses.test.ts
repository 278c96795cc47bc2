import { describe, expect, test } from 'vitest'
import { maskAddresses } from './mask-addresses.ts'

describe('of an address only the start is left:', () => {
  test.each([
    { text: '192.0.2.17', masked: '192.0.x.x' },
    { text: '192.0.2.17:8080', masked: '192.0.x.x:8080' },
    { text: 'http://192.0.2.17/a?ip=198.51.100.7&b', masked: 'http://192.0.x.x/a?ip=198.51.x.x&b' },
    { text: 'fwd="198.51.100.7, 10.0.0.1"', masked: 'fwd="198.51.x.x, 10.0.x.x"' },
    { text: 'x.192.0.2.17.y', masked: 'x.192.0.x.x.y' },
    { text: 'a192.0.2.17b', masked: 'a192.0.x.xb' },
    { text: '192.000.002.017', masked: '192.000.x.x' },
    { text: '0000192.0.2.17', masked: '0000192.0.x.x' },
    { text: '192.0.2.17192.0.2.18', masked: '192.0.x.x92.0.x.x' },
    { text: '1.2.3.4.5.6.7.8', masked: '1.2.x.x.5.6.x.x' },
    { text: 'crawl-192-0-2-17.example.com', masked: 'crawl-192-0-x-x.example.com' },
    { text: '2001:db8:85a3:8d3:1319:8a2e:370:7348', masked: '2001:db8:x' },
    { text: '2001:DB8:85A3:8D3:1319:8A2E:370:7348', masked: '2001:DB8:x' },
    { text: '[2001:db8::1]:443', masked: '[2001:db8:x]:443' },
    { text: '2001:db8:85a3:8d3:13', masked: '2001:db8:x' },
    { text: 'fe80::1%eth0', masked: 'fe80::x%eth0' },
    { text: '::1', masked: '::x' },
    { text: 'ip=2001%3Adb8%3A%3A17&x', masked: 'ip=2001%3Adb8%3Ax&x' },
    { text: 'z2001:db8::17z', masked: 'z2001:db8:xz' },
    { text: 'beef2001:db8::17', masked: 'beef2001:db8:x' },
    { text: '::ffff:192.0.2.17', masked: '::x.0.x.x' },
    { text: '64:ff9b::192.0.2.17', masked: '64:ff9b:x.0.x.x' },
  ])('$text is $masked', ({ text, masked }) => {
    expect(maskAddresses(text)).toBe(masked)
  })
})

test.each([
  '[17/May/2015:10:05:03 +0000] "GET /a.html HTTP/1.1" 200 12',
  '2026-07-22T00:06:26.123+02:00 2026-07-22 00:06:26,5',
  '10:05:03:123',
  'Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/44.0.2403.157 Safari/537.36',
  'ActiveRecord::Base std::add file.js:12:34 a:b:c :: ::: ==::==',
  '0f8fad5b-d9cd-469f-a165-70867728950e',
])('%s is not touched', (text) => {
  expect(maskAddresses(text)).toBe(text)
})

// With an expression that turns back, this takes longer than the test may.
test.each(['a', '1', '1.', '1.1', ':', 'a:', '::', '%3a', '0', '0.', '1-', 'f::'])(
  'a line of nothing but %j is masked in time',
  (piece) => {
    expect(maskAddresses(piece.repeat(500_000)).length).toBeGreaterThan(0)
  },
)
