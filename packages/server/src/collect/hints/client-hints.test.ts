import { expect, test } from 'vitest'
import { clientHintsOf, clientHintsOfData } from './client-hints.ts'

test('a browser that sends no hints has none', () => {
  expect(clientHintsOf({ 'user-agent': 'Mozilla/5.0', accept: '*/*' })).toBeUndefined()
})

test('the hints of a request are kept as they came, without the quotes of single values', () => {
  const headers = {
    'sec-ch-ua': '"Chromium";v="130", "Google Chrome";v="130", "Not?A_Brand";v="99"',
    'sec-ch-ua-platform': '"Windows"',
    'sec-ch-ua-platform-version': '"15.0.0"',
    'sec-ch-ua-mobile': '?0',
    'sec-ch-ua-model': '""',
  }
  expect(clientHintsOf(headers)).toEqual({
    brands: '"Chromium";v="130", "Google Chrome";v="130", "Not?A_Brand";v="99"',
    platform: 'Windows',
    platformVersion: '15.0.0',
    isMobile: false,
  })
})

test('the list of full versions goes before the short one', () => {
  const headers = { 'sec-ch-ua': '"Brave";v="130"', 'sec-ch-ua-full-version-list': '"Brave";v="130.1.2.3"' }
  expect(clientHintsOf(headers)).toEqual({ brands: '"Brave";v="130.1.2.3"' })
})

test('what a script read from navigator.userAgentData means the same as the headers', () => {
  const data = {
    brands: [{ brand: 'Chromium', version: '130' }],
    fullVersionList: [{ brand: 'Google Chrome', version: '130.0.6723.70' }],
    mobile: true,
    model: 'Pixel 9',
    platform: 'Android',
    platformVersion: '15.0.0',
  }
  expect(clientHintsOfData(data)).toEqual({
    brands: '"Google Chrome";v="130.0.6723.70"',
    platform: 'Android',
    platformVersion: '15.0.0',
    model: 'Pixel 9',
    isMobile: true,
  })
})

test.each([
  { data: {}, hints: undefined },
  { data: { brands: 'x', mobile: 'yes', model: 7 }, hints: undefined },
  { data: { brands: [null, 1, { version: '1' }, { brand: 'A"B', version: 2 }] }, hints: { brands: '"AB";v="2"' } },
  { data: { model: 'x'.repeat(1000) }, hints: { model: 'x'.repeat(200) } },
])('of $data is kept $hints', ({ data, hints }) => {
  expect(clientHintsOfData(data)).toEqual(hints)
})

test('a header that came twice is not taken for a text', () => {
  expect(clientHintsOf({ 'sec-ch-ua': ['a', 'b'], 'sec-ch-ua-platform': '"Linux"' })).toEqual({ platform: 'Linux' })
})
