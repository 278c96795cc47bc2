import { expect, test } from 'vitest'
import type { Person } from './person.ts'
import { personLines } from './person-lines.ts'

const ADA: Person = { userId: 'ada@example.com', visitors: ['11', '12'] }
const HEADER = '{"v":1,"source":"ada@example.com"}'

const found = (person: Person, ...lines: string[]) =>
  personLines(person)
    .find(Buffer.from([HEADER, ...lines].join('\n')))
    .map(({ index }) => index)

test.each([
  { line: '{"id":"e","userId":"ada@example.com"}', why: 'the user id' },
  { line: '{"id":"e","userId":"\\u0061da@example.com"}', why: 'the user id as some client escapes it' },
  { line: '{"id":"e","visitor":"12","anonymousId":"device"}', why: 'a visitor that is the same person' },
  { line: '{"id":"e","userId":"ada2","properties":{"previous_id":"ada@example.com"}}', why: 'an alias of hers' },
  { line: '{"rejected":{"reason":"r","raw":"{\\"userId\\":\\"ada@example.com\\",","sizeBytes":9}}', why: 'JSON' },
  { line: '{"rejected":{"raw":"e=pv&uid=ada%40example.com&x=1"}}', why: 'a query string' },
  { line: '{"rejected":{"raw":"192.0.2.1 - ada@example.com [17/May/2015"}}', why: 'a line of a log file' },
  { line: 'no JSON, but "ada@example.com" is in it', why: 'a line that nobody can read' },
])('a line with $why is hers', ({ line }) => {
  expect(found(ADA, '{"id":"other","userId":"bob"}', line, '')).toEqual([2])
})

test.each([
  { line: '{"id":"e","userId":"ada@example.com.au","visitor":"5"}' },
  { line: '{"id":"e","userId":"bob","visitor":"5","properties":{"friend":"ada@example.com"}}' },
  { line: '{"id":"e","userId":"bob","visitor":"112"}' },
  { line: '{"id":"e","anonymousId":"ada@example.com","visitor":"5"}' },
  { line: '{"rejected":{"raw":"{\\"userId\\":\\"canada@example.com\\""}}' },
  { line: '{"rejected":{"raw":"uid=ada@example.com.au"}}' },
  { line: '{"redacted":true}   ' },
  { line: '' },
])('$line is not hers', ({ line }) => {
  expect(found(ADA, line)).toEqual([])
})

test('an id with characters that JSON may escape is found however it is written', () => {
  const person: Person = { userId: 'Zoë/"1"', visitors: [] }
  expect(found(person, '{"userId":"Zo\\u00eb\\/\\"1\\""}', '{"userId":"Zoë/\\"1\\""}', '{"userId":"Zoe"}')).toEqual([
    1, 2,
  ])
})

test('an anonymous id is looked for where anonymous ids are', () => {
  const person: Person = { anonymousId: 'd1', visitors: ['21'] }
  expect(found(person, '{"anonymousId":"d1","userId":"bob","visitor":"5"}', '{"userId":"d1","visitor":"6"}')).toEqual([
    1,
  ])
})

test('of a damaged stretch the lines go that name her', () => {
  const bytes = Buffer.from('\xff\x00"userId":"ada@example.com"}\n{"visitor":"11","na\n{"visitor":"111"}', 'latin1')
  const ranges = personLines(ADA).findInDamage(bytes)
  expect(ranges.map(({ from, to }) => bytes.toString('latin1', from, to))).toEqual([
    '\xff\x00"userId":"ada@example.com"}',
    '{"visitor":"11","na',
  ])
})
