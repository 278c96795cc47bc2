import { expect, test } from 'vitest'
import { jsonLines } from './json-lines.ts'

const CONTEXT = { nowMs: Date.parse('2026-01-15T12:00:00Z'), environment: 'production' } as const
const parse = (value: unknown) => jsonLines.parse(typeof value === 'string' ? value : JSON.stringify(value), CONTEXT)

test('a line is a native event, and its time is taken as it is, however long after it was sent', () => {
  const event = {
    id: 'm-1',
    name: 'signup',
    time: '2025-03-01T10:00:00+01:00',
    sentAt: '2025-03-01T11:00:00+01:00',
    userId: 'u1',
    ip: '192.0.2.1',
    properties: { plan: 'pro' },
  }
  expect(parse(event)).toEqual({
    draft: {
      address: '192.0.2.1',
      event: {
        name: 'signup',
        at: Date.parse('2025-03-01T09:00:00Z'),
        sentAt: Date.parse('2025-03-01T10:00:00Z'),
        messageId: 'm-1',
        userId: 'u1',
        properties: { plan: 'pro' },
      },
    },
  })
})

test.each([
  { line: '{"name":', reason: /^expected JSON: / },
  { line: '42', reason: /expected object/ },
  { line: { time: 1 }, reason: /^name: / },
  { line: { name: 'a', time: 1_700_000_000, nmae: 'b' }, reason: /nmae/ },
  { line: { name: 'a' }, reason: /^expected a time: an imported event without one has no place$/ },
  {
    line: { name: 'a', time: '9999-01-01T00:00:00Z' },
    reason: /^expected a time before tomorrow, got 9999-01-01T00:00:00.000Z$/,
  },
  { line: { name: 'a', time: 1 }, reason: /^expected a time after 1990, got 1970-01-01T00:00:01.000Z$/ },
  { line: { name: 'a', time: 1e18 }, reason: /^time: expected seconds, milliseconds or microseconds since 1970/ },
  {
    line: { name: 'a', time: 1_700_000_000, environment: 'sandbox' },
    reason: /^expected the import's environment, production, got sandbox$/,
  },
  {
    line: `{"name":"a","time":1700000000,"properties":{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}}`,
    reason: /expected at most 16 levels$/,
  },
  { line: `${'['.repeat(10_000)}${']'.repeat(10_000)}`, reason: /expected object/ },
])('$line is rejected: $reason', ({ line, reason }) => {
  const parsed = parse(line)
  expect('rejected' in parsed && parsed.rejected).toMatch(reason)
})
