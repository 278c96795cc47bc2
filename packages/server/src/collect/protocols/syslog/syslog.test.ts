import { describe, expect, test } from 'vitest'
import { answerOf, asked, eventsOf, HOSTILE_BODIES, reasonsOf } from '../testing/requests.ts'
import { syslog } from './syslog.ts'
import { parseSyslogMessage } from './syslog-message.ts'

const understand = (body: string | Buffer) =>
  syslog.routes[1]?.understand({ ...asked('/syslog/alm_key', body), params: { key: 'alm_key' } }) ?? expect.fail()

describe('a message of RFC 5424', () => {
  test('with structured data', () => {
    const line = `<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut="3" eventSource="App \\"x\\" \\]"][other@1 class="high"] \ufeffAn event`
    expect(parseSyslogMessage(line)).toEqual({
      facility: 20,
      severity: 5,
      timeMs: Date.parse('2003-10-11T22:14:15.003Z'),
      hasFraction: true,
      host: 'mymachine.example.com',
      app: 'evntslog',
      process: undefined,
      messageId: 'ID47',
      data: { 'exampleSDID@32473': { iut: '3', eventSource: 'App "x" ]' }, 'other@1': { class: 'high' } },
      text: 'An event',
    })
  })

  test.each([
    { line: '<34>1 2003-10-11T22:14:15Z h su - ID47 - failed', text: 'failed' },
    { line: '<34>1 2003-10-11T22:14:15Z h su - ID47 failed', text: 'failed' },
    { line: '<34>1 2003-10-11T22:14:15Z h su - - [GET] /x', text: '[GET] /x' },
    { line: '<34>1 2003-10-11T22:14:15Z h su - ID47 -', text: '' },
    { line: '<34>1 - h su - ID47 - x', text: 'x', timeMs: undefined },
    {
      line: '<34>Oct 11 22:14:15 mymachine su: failed',
      text: 'Oct 11 22:14:15 mymachine su: failed',
      timeMs: undefined,
    },
  ])('$line has the text "$text"', ({ line, ...fields }) => {
    expect(parseSyslogMessage(line)).toMatchObject(fields)
  })

  test.each(['no priority', '<999>1 x', '<>1', ''])('is not %s', (line) => {
    expect(parseSyslogMessage(line)).toBeUndefined()
  })
})

test('lines and octet counts are told apart by the body', () => {
  const message = '<34>1 2003-10-11T22:14:15.1Z h su - - - one'
  const events = [{ name: 'log_line', properties: { message: 'one' } }]
  expect(eventsOf(understand(`${message}\r\n\n`))).toMatchObject(events)
  expect(eventsOf(understand(`${message.length} ${message}`))).toMatchObject(events)
  expect(eventsOf(understand(`${message.length} ${message}`.repeat(2)))).toHaveLength(2)
})

test('the visitor in structured data is not told', () => {
  const body = '<34>1 2003-10-11T22:14:15.1Z h su - - [request@1 ip="198.51.100.7" path="/a"] served'
  expect(eventsOf(understand(body))).toMatchObject([
    { properties: { 'request@1': { ip: '198.51.x.x', path: '/a' }, message: 'served' } },
  ])
})

test('a body that comes again has the same ids, when its times are fine enough to tell new messages from old ones', () => {
  const ids = (body: string) => eventsOf(understand(body)).map((event) => (event as { id?: string }).id)
  const fine = '<34>1 2003-10-11T22:14:15.1Z h su - - - one\n<34>1 2003-10-11T22:14:15.1Z h su - - - one\n'
  expect(ids(fine)).toEqual(ids(fine))
  expect(new Set(ids(fine)).size).toBe(2)
  expect(ids(fine.replaceAll('.1Z', 'Z'))).toEqual([undefined, undefined])
})

test('what is no message is kept in quarantine, and the answer is empty', () => {
  const understood = understand('hello\n<34>1 - h su - - - x\n')
  expect(eventsOf(understood)).toHaveLength(1)
  expect(reasonsOf(understood)).toEqual(['expected a syslog message, which begins with <PRI>'])
  expect(answerOf(understood)).toMatchObject({ status: 204, body: '' })
})

test.each(HOSTILE_BODIES)('$what throws nothing', ({ body }) => {
  expect(eventsOf(understand(body))).toEqual([])
})

// With an expression that turns back, this takes longer than the test may.
test('no structured data are slow to read', () => {
  const start = '<34>1 2003-10-11T22:14:15Z h su - - '
  for (const data of ['[a b="', '[a', '[a b="\\', '[a ="', '[[', '[a b="c" ']) {
    expect(parseSyslogMessage(start + data.repeat(50_000))?.data).toBeUndefined()
  }
})
