import { expect, test } from 'vitest'
import { patternFormat } from './pattern.ts'

const CONTEXT = { nowMs: Date.parse('2026-01-15T12:00:00Z'), environment: 'production' } as const

test.each([
  { time: '17/May/2015:10:05:03 +0200', at: '2015-05-17T08:05:03Z' },
  { time: '2015-05-17T10:05:03.5+02:00', at: '2015-05-17T08:05:03.5Z' },
  { time: '2015-05-17 10:05:03', at: '2015-05-17T10:05:03Z' },
  { time: '1431857103.25', at: '2015-05-17T10:05:03.25Z' },
  { time: '1431857103250', at: '2015-05-17T10:05:03.25Z' },
])('the time $time is $at', ({ time, at }) => {
  const parsed = patternFormat('^<(?<time>[^>]+)>').parse(`<${time}>`, CONTEXT)
  expect(parsed).toMatchObject({ draft: { event: { at: Date.parse(at) } } })
})

test('groups are fields by their names, and properties by any other', () => {
  const format = patternFormat(
    String.raw`^(?<address>\S+) (?<time>\S+) "(?<request>[^"]*)" (?<status>\d+) (?<bytes>\d+|-) (?<seconds>\S+) (?<pool>\w+)$`,
  )
  expect(format.parse('192.0.2.1 2015-05-17T10:05:03Z "GET /a HTTP/1.1" 200 - 0.25 blue', CONTEXT)).toEqual({
    draft: {
      address: '192.0.2.1',
      event: {
        at: Date.parse('2015-05-17T10:05:03Z'),
        name: 'page_view',
        method: 'GET',
        url: '/a',
        status: 200,
        durationMs: 250,
        properties: { protocol: 'HTTP/1.1', pool: 'blue' },
      },
    },
  })
})

test.each([
  { line: 'nothing', reason: /^expected a line that the expression matches, got "nothing"$/ },
  { line: `<${'x'.repeat(70_000)}>`, reason: /^expected a line of at most 65536 characters, got 70002$/ },
  { line: '<yesterday>', reason: /^expected a time such as/ },
])('$reason', ({ line, reason }) => {
  expect(patternFormat('<(?<time>.*)>').parse(line, CONTEXT)).toEqual({ rejected: expect.stringMatching(reason) })
})

// With the usual engine alone, this takes longer than the test may.
test('an expression that would turn back for ever ends in linear time', () => {
  const parsed = patternFormat('^(?<time>(?:a|a)*)b$').parse(`${'a'.repeat(60_000)}c`, CONTEXT)
  expect(parsed).toHaveProperty('rejected')
})
