import { describe, expect, test } from 'vitest'
import { logplex } from './logplex.ts'
import { answerOf, asked, eventsOf, HOSTILE_BODIES, reasonsOf, UNKNOWN } from './testing/requests.ts'

const HEADERS = {
  'content-type': 'application/logplex-1',
  'logplex-frame-id': '09C557EAFCFB6CF2740EE62F62971098',
  'logplex-drain-token': 'd.fc6b',
  'user-agent': 'Logplex/v49',
}
const framed = (lines: readonly string[]) => lines.map((line) => `${Buffer.byteLength(`${line}\n`)} ${line}\n`).join('')
const understand = (lines: readonly string[] | string, headers: Record<string, string> = {}) =>
  logplex.routes[1]?.understand({
    ...asked('/logplex/alm_key', typeof lines === 'string' ? lines : framed(lines), { ...HEADERS, ...headers }),
    params: { key: 'alm_key' },
  }) ?? expect.fail()
const eventOf = (line: string) => eventsOf(understand([line]))[0]
const AT = Date.parse('2012-07-22T00:06:26Z')

test('a frame as Logplex sends it: lines with their place, and ids of frame and position', () => {
  const line = '<174>1 2012-07-22T00:06:26+00:00 host erlang console - Hi from erlang'
  const understood = understand([line, line, `${line} ü\nsecond line`], { 'logplex-msg-count': '3' })
  const properties = { host: 'host', app: 'erlang', process: 'console', severity: 'info', drain: 'd.fc6b' }
  const event = { name: 'log_line', timeMs: AT, address: '' }
  const id = (index: number) => `09C557EAFCFB6CF2740EE62F62971098#${index}`
  expect(eventsOf(understood)).toEqual([
    { ...event, id: id(0), properties: { ...properties, message: 'Hi from erlang' } },
    { ...event, id: id(1), properties: { ...properties, message: 'Hi from erlang' } },
    { ...event, id: id(2), properties: { ...properties, message: 'Hi from erlang ü\nsecond line' } },
  ])
  expect(reasonsOf(understood)).toEqual([])
})

describe('a line of an app', () => {
  const printed = (text: string) => `<190>1 2012-07-22T00:06:26.5+00:00 d.fc6b app web.1 - ${text}`

  test.each([
    { text: '@[production.item] {"price":7,"name":"tea"}' },
    { text: '- @[production.item]   {"price":7,"name":"tea"}' },
    { text: '@[production.item] {"price":7,"name":"tea","time":1342915000}', timeMs: 1_342_915_000_000 },
    { text: '@[production.item] {"price":7,"name":"tea","time":"1342915000.5"}', timeMs: 1_342_915_000_500 },
    { text: '@[production.item] {"price":7,"name":"tea","time":"2012-07-21 23:56:40"}', timeMs: 1_342_915_000_000 },
    {
      text: '@[production.item] {"price":7,"name":"tea","time":"2012-07-22T01:56:40+02:00"}',
      timeMs: 1_342_915_000_000,
    },
  ])('$text is a row of its table, and nothing is added to what was printed', ({ text, timeMs = AT + 500 }) => {
    expect(eventOf(printed(text))).toEqual({
      id: expect.any(String),
      name: 'production.item',
      timeMs,
      address: '',
      app: { platform: 'log' },
      properties: { price: 7, name: 'tea' },
    })
  })

  test.each([12, 0.5, null, 'level 3', 'noon', '2012-07-22', [1342915000], true])(
    'that has %j as its time has it as a column, for it is none',
    (time) => {
      expect(eventOf(printed(`@[a.b] ${JSON.stringify({ time })}`))).toMatchObject({
        timeMs: AT + 500,
        properties: { time },
      })
    },
  )

  test('keeps fields that are called as something of ours', () => {
    const fields = { database: 'x', drain: 'y', source: 'z' }
    expect(eventOf(printed(`@[a.b] ${JSON.stringify(fields)}`))).toMatchObject({ name: 'a.b', properties: fields })
  })

  test.each(['@[a-b.c] {}', '@[a] {}', '@[a.b.c] {}', `@[${'a'.repeat(100)}.b] {}`, 'x @[a.b] {}'])(
    '%s has another name than a table may have, and is a plain line',
    (text) => expect(eventOf(printed(text))).toMatchObject({ name: 'log_line', properties: { message: text } }),
  )

  test.each(['@[production.item] {"price":7,"na', '@[production.item] [1]', '@[production.item]'])(
    '%s, a broken event, is kept in quarantine',
    (text) => {
      const understood = understand([printed(text)])
      expect(eventsOf(understood)).toEqual([])
      expect(reasonsOf(understood)).toEqual(['expected a JSON object after @[production.item]'])
    },
  )
})

test("the router's lines are requests", () => {
  const line =
    '<158>1 2012-07-22T00:06:26+00:00 host heroku router - at=info method=GET path="/shop?a=b c" host=app.example.com request_id=8601 fwd="198.51.100.7, 10.0.0.1" dyno=web.1 connect=1ms service=18ms status=200 bytes=13 protocol=https'
  expect(eventOf(line)).toEqual({
    id: '09C557EAFCFB6CF2740EE62F62971098#0',
    name: 'page_view',
    timeMs: AT,
    url: 'https://app.example.com/shop?a=b c',
    method: 'GET',
    status: 200,
    bytes: 13,
    address: '198.51.100.7',
    durationMs: 18,
    properties: {
      at: 'info',
      request_id: '8601',
      dyno: 'web.1',
      connect: '1ms',
      protocol: 'https',
      process: 'router',
      drain: 'd.fc6b',
    },
  })
  const failed = '<158>1 2012-07-22T00:06:26+00:00 host heroku router - at=error code=H12 method=GET path=/ status=503'
  expect(eventOf(failed)).toMatchObject({
    name: 'request',
    url: '/',
    status: 503,
    properties: { code: 'H12', kind: 'error' },
  })
})

test.each([
  { text: 'Error L10 (output buffer overflow): 491 messages dropped since 2012-07-22T00:06:26+00:00.', count: 491 },
  {
    text: "Error L10 (output buffer overflow): drain 'd.fc6b' dropped 1 message since 2012-07-22T00:06:26+00:00.",
    count: 1,
  },
])('$text is counted as a loss', ({ text, count }) => {
  expect(eventOf(`<172>1 2012-07-22T00:06:26+00:00 host heroku logplex - ${text}`)).toMatchObject({
    name: 'log_loss',
    properties: { code: 'L10', count, since: '2012-07-22T00:06:26+00:00', severity: 'warning' },
  })
})

describe('a frame that is not whole', () => {
  const line = '<174>1 2012-07-22T00:06:26+00:00 host app web.1 - one'

  test('gives its whole lines, and the rest is kept', () => {
    const understood = understand(`${framed([line])}99 <174>1 cut off`)
    expect(eventsOf(understood)).toHaveLength(1)
    expect(reasonsOf(understood)).toEqual(['expected a length and a message of as many bytes'])
  })

  test('that should have more lines is kept as it came, and is answered all the same', () => {
    const understood = understand([line], { 'logplex-msg-count': '2' })
    expect(reasonsOf(understood)).toEqual(['expected 2 messages, as Logplex-Msg-Count says, got 1'])
    expect(understood.deliveries[0]?.rejected?.[0]?.raw).toBe(framed([line]))
    expect(answerOf(understood)).toMatchObject({ status: 204, body: '' })
  })
})

test.each([
  { authorization: `Basic ${btoa('alm_key:')}`, credential: 'alm_key' },
  { authorization: `Basic ${btoa('drain:alm_key')}`, credential: 'alm_key' },
  { authorization: 'Bearer alm_key', credential: 'alm_key' },
  { authorization: 'Basic %%%', credential: undefined },
  { authorization: '', credential: undefined },
])('the key may stand in $authorization', ({ authorization, credential }) => {
  const understood = logplex.routes[0]?.understand(asked('/logplex', '', { authorization }))
  expect(understood?.deliveries[0]?.credential).toBe(credential)
})

test('an unknown key is told, for Heroku shows it to nobody but the drain goes on for nothing', () => {
  expect(answerOf(understand(''), UNKNOWN).status).toBe(401)
})

test.each([
  { line: 'app web.1 - Started GET "/" for 198.51.100.7 at noon', kept: 'Started GET "/" for 198.51.x.x at noon' },
  { line: 'heroku router - at=error fwd="2001:db8::17"', kept: 'at=error fwd="2001:db8:x"' },
])('the visitor in the plain line $line is not told', ({ line, kept }) => {
  expect(eventOf(`<190>1 2012-07-22T00:06:26+00:00 host ${line}`)).toMatchObject({
    name: 'log_line',
    properties: { message: kept },
  })
})

test('nor is the visitor in what goes to quarantine', () => {
  const broken = '<190>1 2012-07-22T00:06:26+00:00 host app web.1 - @[a.b] {"ip":"198.51.100.7"'
  const understood = understand([broken, 'no message for 198.51.100.7'], { 'logplex-msg-count': '3' })
  const kept = JSON.stringify(understood.deliveries[0]?.rejected)
  expect(kept.match(/198\.51\.x\.x/g)).toHaveLength(4)
  expect(kept).not.toContain('198.51.100.7')
})

test.each(HOSTILE_BODIES)('$what throws nothing', ({ body }) => {
  expect(eventsOf(understand(body.toString()))).toEqual([])
})
