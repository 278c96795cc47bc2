import { expect, test } from 'vitest'
import { clockText, momentNote, momentValue } from './moment-values.ts'

const BERLIN = 'Europe/Berlin'

test.each([
  { type: 'DateTime', seconds: '1774821600', text: '2026-03-30 00:00' },
  { type: 'Nullable(DateTime)', seconds: '1774821601', text: '2026-03-30 00:00:01' },
  { type: 'DateTime64(3)', seconds: '1774821600.250', text: '2026-03-30 00:00:00.250' },
  { type: "DateTime('Asia/Kathmandu')", seconds: '1774821600', text: '2026-03-30 03:45' },
  { type: "DateTime64(3, 'UTC')", seconds: '1774821600', text: '2026-03-29 22:00' },
])('$text of $type is the moment $seconds, and back', ({ type, seconds, text }) => {
  expect(clockText(type, seconds, BERLIN)).toBe(text)
  expect(momentValue(type, text, BERLIN)).toBe(seconds)
})

test.each([
  { type: 'DateTime', text: '2026-03-30', sent: '1774821600' },
  { type: 'DateTime', text: '2026-03-30T00:00', sent: '1774821600' },
  { type: 'DateTime', text: '1774821600', sent: '1774821600' },
  { type: 'DateTime', text: '2026-02-31 00:00', sent: '2026-02-31 00:00' },
  { type: 'DateTime', text: 'yesterday', sent: 'yesterday' },
  { type: 'Date', text: '2026-03-30', sent: '2026-03-30' },
  { type: 'String', text: '2026-03-30', sent: '2026-03-30' },
])('$text of $type is sent as $sent', ({ type, text, sent }) => {
  expect(momentValue(type, text, BERLIN)).toBe(sent)
})

test('a field says whose clock it shows', () => {
  expect(momentNote('DateTime', '2026-03-30 00:00', BERLIN)).toBe(BERLIN)
  expect(momentNote("DateTime('UTC')", '1774821600', BERLIN)).toBe('2026-03-29 22:00, UTC')
  expect(momentNote('String', '1774821600', BERLIN)).toBeUndefined()
})
