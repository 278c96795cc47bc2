import { isbot } from 'isbot'
import { expect, test } from 'vitest'
import { BOT_AGENTS } from './bots/bot-agents.ts'
import { GENRES, HIT, TITLES } from './company/catalogue.ts'
import { COUNTRIES } from './company/countries.ts'
import { appUserAgent, appVersionOn, PHONES } from './company/phones.ts'
import { PLANS, priceOf } from './company/plans.ts'
import { WEB_CLIENTS } from './company/web-clients.ts'

test.each(WEB_CLIENTS)('$userAgent is a person', ({ userAgent }) => {
  expect(isbot(userAgent)).toBe(false)
})

test.each(PHONES)('the app on $model is a person', (phone) => {
  expect(isbot(appUserAgent(phone, '6.1.0'))).toBe(false)
})

test.each(BOT_AGENTS)('$userAgent is a robot', ({ userAgent }) => {
  expect(isbot(userAgent)).toBe(true)
})

test('there are some forty browsers, and no user agent comes twice', () => {
  expect(WEB_CLIENTS.length).toBeGreaterThanOrEqual(38)
  expect(new Set(WEB_CLIENTS.map(({ userAgent }) => userAgent)).size).toBe(WEB_CLIENTS.length)
})

test.each(COUNTRIES)('$code has a price for each plan, a better one for a year', ({ currency }) => {
  for (const { name } of PLANS) {
    expect(priceOf(name, currency, true)).toBeLessThan(12 * priceOf(name, currency, false))
  }
})

test('every title is of a genre that can be browsed, and every genre has titles', () => {
  expect(new Set([HIT, ...TITLES].map(({ genre }) => genre))).toEqual(new Set(GENRES))
})

test('an app release spreads over days: some phones have it at once, most after two weeks, a few never', () => {
  const shareWith = (day: number) => {
    const phones = Array.from({ length: 500 }, (_, n) => appVersionOn(day, 20_000, n))
    return phones.filter((version) => version === '5.4.0').length / 500
  }
  expect(shareWith(33)).toBe(0)
  expect(shareWith(35)).toBeGreaterThan(0.1)
  expect(shareWith(35)).toBeLessThan(0.5)
  expect(shareWith(48)).toBeGreaterThan(0.9)
  expect(shareWith(48)).toBeLessThan(1)
})
