import { describe, expect, test } from 'vitest'
import { parsePromql, parseSelector } from './promql.ts'

const hits = { kind: 'selector', metric: 'web:hits', matchers: [] }

test.each([
  { text: 'web:hits', is: hits },
  { text: ' ( web:hits{} ) # note', is: hits },
  { text: '{__name__="web:hits"}', is: hits },
  { text: 'sum(web:hits)', is: { kind: 'sum', by: [], of: hits } },
  { text: 'sum by (country, path) (web:hits)', is: { kind: 'sum', by: ['country', 'path'], of: hits } },
  { text: 'sum(web:hits) by (country,)', is: { kind: 'sum', by: ['country'], of: hits } },
  { text: 'topk(3, web:hits)', is: { kind: 'topk', count: 3, of: hits } },
  { text: 'bottomk(2, sum(web:hits))', is: { kind: 'bottomk', count: 2, of: { kind: 'sum', by: [], of: hits } } },
  { text: '1+1', is: { kind: 'number', value: 2 } },
  { text: '2 + 3 * -(4 - 2) / 0.5', is: { kind: 'number', value: -10 } },
])('$text is understood', ({ text, is }) => {
  expect(parsePromql(text)).toEqual(is)
})

test('matchers are read with all operators, quotes and escapes', () => {
  expect(parseSelector(String.raw`web:hits{a="x\"y", b!='z', c=~"\\d|e", d!~${'`\\d`'},}`).matchers).toEqual([
    { label: 'a', op: '=', value: 'x"y' },
    { label: 'b', op: '!=', value: 'z' },
    { label: 'c', op: '=~', value: String.raw`\d|e` },
    { label: 'd', op: '!~', value: String.raw`\d` },
  ])
})

describe('what is not answered is refused with its place:', () => {
  test.each([
    { text: '', says: '1:1: parse error: expected a metric such as web:visitors, sum(…) or topk(…), got the end' },
    { text: 'rate(web:hits[5m])', says: '1:1: parse error: rate() is not answered here' },
    { text: 'web:hits[5m]', says: '1:9: parse error: ranges such as [5m] are not answered' },
    { text: 'web:hits offset 5m', says: '"offset" is not answered' },
    { text: 'sum without (a) (web:hits)', says: '"without" is not answered' },
    { text: 'topk by (a) (3, web:hits)', says: 'topk is not answered with "by"' },
    { text: 'topk(1.5, web:hits)', says: 'expected a whole number, got "1.5"' },
    { text: 'web:hits / web:visitors', says: 'define a derived measure' },
    { text: 'web:hits{a}', says: 'expected one of = != =~ !~, got "}"' },
    { text: 'web:hits{a=1}', says: 'expected a text in quotes, got "1"' },
    { text: 'web:hits{a="1"', says: 'expected ",", got the end' },
    { text: 'web:hits web:hits', says: 'expected the end of the query, got "web:hits"' },
    { text: '{a="b"}', says: 'the series needs the name of a metric' },
    { text: 'sum(1)', says: 'sum(…) takes a metric, got number' },
    { text: 'web:hits; DROP', says: 'unexpected ";"' },
    { text: String.raw`web:hits{a="\d"}`, says: 'unknown escape' },
  ])('$text', ({ text, says }) => {
    expect(() => parsePromql(text)).toThrow(says)
  })
})

test('a query of brackets alone does not exhaust the stack', () => {
  expect(() => parsePromql('('.repeat(9_999))).toThrow(/parse error/)
})
