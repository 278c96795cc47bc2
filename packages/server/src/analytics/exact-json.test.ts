import { expect, test } from 'vitest'
import { parseExactJson } from './exact-json.ts'

test.each([
  { json: '18446744073709551615', value: '18446744073709551615' },
  { json: '-9223372036854775807', value: '-9223372036854775807' },
  { json: '9007199254740993', value: '9007199254740993' },
  { json: '12345678901234567.8901', value: '12345678901234567.8901' },
])('$json would be rounded, and is kept as it is written', ({ json, value }) => {
  expect(parseExactJson(`{"data":[[${json}]]}`)).toEqual({ data: [[value]] })
})

test.each([
  '9007199254740991',
  '9007199254740994',
  '0.30000000000000004',
  '1.10000000000000000000',
  '0.0000000000000000000000',
  '1.7976931348623157e308',
  '-0.1',
  '404',
])('%s is a number, as it comes out as it went in', (json) => {
  expect(parseExactJson(`[\n\t[${json}]\n]`)).toEqual([[Number(json)]])
})

test('digits inside of a text stay what they are', () => {
  expect(parseExactJson('["18446744073709551615", 1]')).toEqual(['18446744073709551615', 1])
})
