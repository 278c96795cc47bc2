import { describe, expect, test } from 'vitest'
import type { ParsedLine } from './log-format.ts'
import { LOG_FORMATS } from './log-formats.ts'

const NOW = Date.parse('2026-01-15T12:00:00Z')
const CONTEXT = { nowMs: NOW, environment: 'production' } as const
const combined = (line: string) => LOG_FORMATS.combined.parse(line, CONTEXT)
const common = (line: string) => LOG_FORMATS.common.parse(line, CONTEXT)

const TIME = '[17/May/2015:10:05:03 +0000]'
const AT = Date.parse('2015-05-17T10:05:03Z')

function eventOf(parsed: ParsedLine) {
  if (!('draft' in parsed)) throw new Error(JSON.stringify(parsed))
  return parsed.draft.event
}
function reasonOf(parsed: ParsedLine) {
  return 'rejected' in parsed ? parsed.rejected : undefined
}
const requestOf = (request: string) => eventOf(common(`192.0.2.1 - - ${TIME} "${request}" 200 1`))

describe('the combined format', () => {
  test('a line gives all that it says', () => {
    const parsed = combined(
      `192.0.2.1 - - ${TIME} "GET /images/search.png?size=2 HTTP/1.1" 200 203023 "http://example.com/from/" "Mozilla/5.0 (X11)"`,
    )
    expect(parsed).toEqual({
      draft: {
        address: '192.0.2.1',
        event: {
          at: AT,
          name: 'request',
          method: 'GET',
          url: '/images/search.png?size=2',
          status: 200,
          bytes: 203023,
          referrer: 'http://example.com/from/',
          userAgent: 'Mozilla/5.0 (X11)',
          properties: { protocol: 'HTTP/1.1', kind: 'asset' },
        },
      },
    })
  })

  test('what is absent is left out', () => {
    const parsed = combined(`- - - ${TIME} "-" 408 - "-" "-"`)
    const event = { at: AT, name: 'request', status: 408, properties: { kind: 'error' } }
    expect(parsed).toEqual({ draft: { address: undefined, event } })
  })

  test.each([{ host: '2001:db8::1' }, { host: '::ffff:192.0.2.1' }, { host: 'crawl-1.bot.example.com' }])(
    'the address may be $host',
    ({ host }) => {
      expect(combined(`${host} - - ${TIME} "GET / HTTP/1.1" 200 5 "-" "-"`)).toMatchObject({ draft: { address: host } })
    },
  )

  test.each([
    { user: '-', properties: { protocol: 'HTTP/1.1' } },
    { user: 'frank', properties: { protocol: 'HTTP/1.1', remote_user: 'frank' } },
    { user: 'frank the tank', properties: { protocol: 'HTTP/1.1', remote_user: 'frank the tank' } },
    { user: 'a [b] "c"', properties: { protocol: 'HTTP/1.1', remote_user: 'a [b] "c"' } },
  ])('the user $user is a property, and no identity', ({ user, properties }) => {
    const event = eventOf(combined(`192.0.2.1 - ${user} ${TIME} "GET / HTTP/1.1" 200 5 "-" "-"`))
    expect(event.properties).toEqual(properties)
    expect(event.userId).toBeUndefined()
  })

  test.each([
    { escaped: String.raw`say \"hi\"`, text: 'say "hi"' },
    { escaped: String.raw`back\\slash`, text: String.raw`back\slash` },
    { escaped: String.raw`ends with \\`, text: 'ends with \\' },
    { escaped: String.raw`\x22quoted\x22`, text: '"quoted"' },
    { escaped: String.raw`gr\xc3\xbcn`, text: 'grün' },
    { escaped: 'grün', text: 'grün' },
    { escaped: String.raw`http://\xe4\xe5\xe3/`, text: String.raw`http://\xe4\xe5\xe3/` },
    { escaped: String.raw`\x41\xff`, text: String.raw`A\xff` },
    { escaped: String.raw`\x16\x03\x01\x7f`, text: String.raw`\x16\x03\x01\x7f` },
    { escaped: String.raw`\n\t\q\x1`, text: String.raw`\n\t\q\x1` },
  ])('the escaped $escaped is $text', ({ escaped, text }) => {
    expect(eventOf(combined(`h - - ${TIME} "GET / HTTP/1.1" 200 5 "${escaped}" "${escaped}"`))).toMatchObject({
      referrer: text,
      userAgent: text,
    })
  })
})

describe('a request', () => {
  test.each([
    { request: 'GET /a b?c d HTTP/1.1', method: 'GET', url: '/a b?c d', properties: { protocol: 'HTTP/1.1' } },
    {
      request: 'GET http://example.com/a HTTP/1.0',
      method: 'GET',
      url: 'http://example.com/a',
      properties: { protocol: 'HTTP/1.0' },
    },
    {
      request: 'CONNECT example.com:443 HTTP/1.1',
      method: 'CONNECT',
      url: 'example.com:443',
      properties: { protocol: 'HTTP/1.1', kind: 'other' },
    },
    { request: 'OPTIONS * HTTP/1.1', method: 'OPTIONS', url: '*', properties: { protocol: 'HTTP/1.1', kind: 'other' } },
    {
      request: 'M-SEARCH /x HTTP/2.0',
      method: 'M-SEARCH',
      url: '/x',
      properties: { protocol: 'HTTP/2.0', kind: 'other' },
    },
    { request: 'GET /old', method: 'GET', url: '/old', properties: undefined },
    { request: 'GET HTTP/1.1', method: 'GET', url: 'HTTP/1.1', properties: undefined },
  ])('of "$request" has the method $method and the URL $url', ({ request, method, url, properties }) => {
    const event = requestOf(request)
    expect([event.method, event.url, event.properties]).toEqual([method, url, properties])
  })

  test.each([
    { request: String.raw`\x16\x03\x01\x02` },
    { request: 'hello there old friend' },
    { request: '\u{1F600} / HTTP/1.1' },
    { request: 'GET' },
    { request: 'GET  HTTP/1.1' },
  ])('that is no HTTP, $request, is a hit all the same, with its text', ({ request }) => {
    const properties = { request, kind: 'other' }
    expect(requestOf(request)).toEqual({ at: AT, name: 'request', status: 200, bytes: 1, properties })
  })

  test('NUL is replaced', () => {
    expect(requestOf('GET /a\0b HTTP/1.1').url).toBe('/a\ufffdb')
  })
})

describe('the time', () => {
  const at = (time: string) => common(`192.0.2.1 - - [${time}] "GET / HTTP/1.1" 200 1`)

  test.each([
    { time: '17/May/2015:10:05:03 +0000', instant: '2015-05-17T10:05:03Z' },
    { time: '17/May/2015:10:05:03 +0530', instant: '2015-05-17T04:35:03Z' },
    { time: '31/Dec/2015:23:30:00 -0330', instant: '2016-01-01T03:00:00Z' },
    { time: '29/Feb/2016:00:00:00 +0000', instant: '2016-02-29T00:00:00Z' },
    { time: '01/Jan/1970:00:00:00 +0000', instant: '1970-01-01T00:00:00Z' },
    { time: '31/Dec/2016:23:59:60 +0000', instant: '2016-12-31T23:59:59.999Z' },
    { time: '01/Jan/2017:05:29:60 +0530', instant: '2016-12-31T23:59:59.999Z' },
    { time: '16/Jan/2026:11:59:59 +0000', instant: '2026-01-16T11:59:59Z' },
  ])('$time is $instant', ({ time, instant }) => {
    expect(eventOf(at(time)).at).toBe(Date.parse(instant))
  })

  test.each([
    '31/Feb/2015:10:05:03 +0000',
    '29/Feb/2015:10:05:03 +0000',
    '00/May/2015:10:05:03 +0000',
    '17/Mai/2015:10:05:03 +0000',
    '17/05x/2015:10:05:03 +0000',
    '17/May/2015:24:05:03 +0000',
    '17/May/2015:10:60:03 +0000',
    '17/May/2015:10:05:60 +0000',
    '17/May/2015:10:05:61 +0000',
    '17/May/2015:1a:05:03 +0000',
    '17/May/2015 10:05:03 +0000',
    '17/May/2015:10:05:03 00000',
    '17/May/2015:10:05:03 +0060',
    '17/May/2015:10:05:03 +2400',
  ])('[%s] is rejected as no time', (time) => {
    expect(reasonOf(at(time))).toBe(`expected a time such as [17/May/2015:10:05:03 +0000], got "[${time}]"`)
  })

  test.each([
    '31/Dec/1969:23:59:59 +0000',
    '01/Jan/0099:00:00:00 +0000',
    '16/Jan/2026:12:00:01 +0000',
    '17/May/9999:10:05:03 +0000',
  ])('[%s] is rejected as out of range', (time) => {
    expect(reasonOf(at(time))).toBe(`expected a time between 1970 and tomorrow, got "${time}"`)
  })
})

describe('a line that is not understood is rejected with what was expected', () => {
  const START = `192.0.2.1 - - ${TIME}`
  test.each([
    { line: 'hello', reason: 'expected a host and a space at the start, got "hello"' },
    { line: ' - -', reason: 'expected a host and a space at the start, got " - -"' },
    { line: 'h -', reason: 'expected an ident and a space after the host, got "-"' },
    { line: 'h - - x', reason: 'expected a user and a time such as [17/May/2015:10:05:03 +0000], got "- x"' },
    { line: START, reason: 'expected a quoted request after the time, got the end of the line' },
    { line: `${START} GET /`, reason: 'expected a quoted request after the time, got " GET /"' },
    { line: `${START} "GET /`, reason: 'expected a quote that closes the request, got the end of the line' },
    { line: `${START} "GET /\\"`, reason: 'expected a quote that closes the request, got the end of the line' },
    { line: `${START} "-" x 1`, reason: 'expected a status such as 200, got " x 1"' },
    { line: `${START} "-" 2000 1`, reason: 'expected a status such as 200, got " 2000 1"' },
    { line: `${START} "-" 200`, reason: 'expected a size in bytes or - after the status, got the end of the line' },
    { line: `${START} "-" 200 5x`, reason: 'expected a size in bytes or - after the status, got " 5x"' },
    { line: `${START} "-" 200 -5`, reason: 'expected a size in bytes or - after the status, got " -5"' },
    {
      line: `${START} "-" 200 99999999999999999999`,
      reason: 'expected a size in bytes or - after the status, got " 99999999999999999999"',
    },
    { line: `${START} "-" 200 5`, reason: 'expected a quoted referrer after the size, got the end of the line' },
    { line: `${START} "-" 200 5 "x`, reason: 'expected a quote that closes the referrer, got the end of the line' },
    {
      line: `${START} "-" 200 5 "-"`,
      reason: 'expected a quoted user agent after the referrer, got the end of the line',
    },
    // The shape of the broken line in the sample: cut off in the user agent.
    {
      line: `${START} "GET /lib.py HTTP/1.1" 200 235 "-" "Mozilla/5.0 (compatible; Bot/2.1; +http://www.example.com/bot.html`,
      reason: 'expected a quote that closes the user agent, got the end of the line',
    },
    {
      line: `${START} "-" 200 5 "-" "-" "more"`,
      reason: 'expected the end of the line after the user agent, got " \\"more\\""',
    },
  ])('$line', ({ line, reason }) => {
    expect(reasonOf(combined(line))).toBe(reason)
  })

  test('a combined line is no common line, and the reason says so', () => {
    expect(reasonOf(common(`${START} "-" 200 5 "-" "-"`))).toBe(
      'expected the end of the line after the size (is this the combined format?), got " \\"-\\" \\"-\\""',
    )
  })
})

test('no line makes a parser throw, and each is either an event or rejected', () => {
  let seed = 20_260_115
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  const whole = `192.0.2.1 - - ${TIME} "GET /a\\x41 HTTP/1.1" 200 5 "-" "Mozilla \\"x\\""`
  const pieces = [' ', '"', '[', ']', '\\', '\\x', '-', '\0', '{"name":', '}', 'ü', '\ud800', whole, TIME, '9', ':']
  for (let round = 0; round < 20_000; round++) {
    const noise = Array.from({ length: random(12) }, () => pieces[random(pieces.length)]).join('')
    const cut = random(whole.length)
    const line = random(2) === 0 ? noise : whole.slice(0, cut) + noise + whole.slice(cut + random(4))
    for (const format of Object.values(LOG_FORMATS)) {
      const parsed = format.parse(line, CONTEXT)
      if ('rejected' in parsed) expect(parsed.rejected).toMatch(/\S/)
      else if ('draft' in parsed) expect(parsed.draft.event.at).toBeGreaterThanOrEqual(0)
    }
  }
}, 60_000)
