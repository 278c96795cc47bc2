import { SourceSettings } from '@almanac/core/sources/source-settings.ts'
import { expect, test } from 'vitest'
import { compilePolicy, OPEN_POLICY } from '../policy/source-policy.ts'
import { createVisitors } from '../visitors/visitor.ts'
import { collectNativeEvent, type NativeEventContext } from './native-events.ts'
import { plainEventLine } from './plain-event-line.ts'

const visitors = createVisitors(Buffer.alloc(32, 1), { kind: 'daily', saltOf: () => Buffer.alloc(16, 2) })
const context: NativeEventContext = {
  source: 'website',
  policy: OPEN_POLICY,
  environment: 'production',
  receivedAtMs: Date.UTC(2026, 4, 17),
  address: '192.0.2.1',
  userAgent: 'curl/8 "quoted"',
  visitors,
}

test.each([
  { name: 'play' },
  { name: 'play', userId: 'u-1', anonymousId: 'a-1' },
  { name: 'play', anonymousId: 'a-1', properties: { list: [1, { deep: 'é' }], none: null } },
  { name: 'page_view', url: 'https://example.com/?a="b"', userAgent: 'Mozilla/5.0', status: 404, title: 'a\nb' },
  { name: 'play', properties: {} },
  { name: 'play', userAgent: 'curl/8 "quoted"' },
])('the line of %j holds what the event holds', (input) => {
  const hints = { clientHints: { platform: 'Linux', brands: '"Brave";v="1"' }, botHint: 'prefetch' }
  const placeOf = () => ({ country: 'NP', city: 'Kathmandu' })
  for (const seen of [context, { ...context, ...hints, placeOf }, { ...context, userAgent: undefined, ...hints }]) {
    const line = plainEventLine(JSON.stringify(input), input, seen)
    const collected = collectNativeEvent(input, seen)

    const expected = 'event' in collected ? JSON.parse(JSON.stringify(collected.event)) : undefined
    expect(JSON.parse(line ?? '')).toEqual({ ...expected, id: expect.stringMatching(/^[0-9a-f-]{36}$/) })
  }
})

test('there is none for a source that restricts anything', () => {
  const policy = compilePolicy(SourceSettings.parse({ privacy: 'masked' }))
  expect(plainEventLine('{"name":"play"}', { name: 'play' }, { ...context, policy })).toBeUndefined()
})

test.each([
  ['an id', '{"name":"play","id":"1"}'],
  ['an id with an escaped name', '{"name":"play","\\u0069d":"1"}'],
  ['a time', '{"name":"play","time":1}'],
  ['a visitor', '{"name":"play","visitor":"1"}'],
  ['a line break between fields', '{"name":"play",\n"title":"a"}'],
  ['a carriage return between fields', '{"name":"play",\r"title":"a"}'],
  ['space before it', ' {"name":"play"}'],
  ['half a character', '{"name":"play","title":"\\ud800"}'],
  ['half a character in a property', '{"name":"play","properties":{"a":"\\ud800"}}'],
  ['properties that go too deep', `{"name":"play","properties":${'{"a":'.repeat(40)}1${'}'.repeat(41)}`],
  ['a prototype', '{"name":"play","__proto__":{"id":"1"}}'],
  ['no name', '{"title":"a"}'],
  ['a list', '["name"]'],
])('there is none of a text with %s', (_what, text) => {
  expect(plainEventLine(text, JSON.parse(text), context)).toBeUndefined()
})
