import { expect, test } from 'vitest'
import { makeVisitor } from '../people/visitor.ts'
import { acquisitionOf, storeFactorOn } from './acquisition.ts'
import { CHANNELS } from './channels.ts'

const calendar = { firstDay: 20_000 }
const CAMPAIGN_DAY = 20_024
const visitors = (day: number, channelName: string) => {
  const channel = CHANNELS.find(({ name }) => name === channelName)
  if (!channel) throw new Error(`there is no channel ${channelName}`)
  return Array.from({ length: 400 }, (_, number) => makeVisitor(day, number, channel, undefined))
}
const sourcesOn = (day: number) =>
  visitors(day, 'app_store').map((visitor) => ({ visitor, campaign: acquisitionOf(calendar, visitor) }))

test('an install has the same channel whenever it is asked for', () => {
  for (const { visitor, campaign } of sourcesOn(20_010)) expect(acquisitionOf(calendar, visitor)).toEqual(campaign)
})

test('who was not paid for has a network and nothing else, all others have the four levels', () => {
  for (const { campaign } of sourcesOn(20_010)) {
    const levels = [campaign?.source, campaign?.name, campaign?.content, campaign?.term]
    expect(levels.filter((level) => level !== undefined)).toHaveLength(campaign?.source === 'Organic' ? 1 : 4)
  }
})

test('no Android phone came by Apple Search Ads', () => {
  const platforms = sourcesOn(20_010)
    .filter(({ campaign }) => campaign?.source === 'Apple Search Ads')
    .map(({ visitor }) => visitor.phone.platform)
  expect(new Set(platforms)).toEqual(new Set(['ios']))
})

test('campaigns are those of their days, and bring more without taking from those who come by themselves', () => {
  const names = (day: number) => new Set(sourcesOn(day).map(({ campaign }) => campaign?.name))
  expect(names(20_010)).toEqual(new Set([undefined, 'always-on']))
  expect(names(CAMPAIGN_DAY)).toEqual(new Set([undefined, 'always-on', 'first-month-free']))
  expect(storeFactorOn(calendar, 20_010)).toBe(1)
  expect(storeFactorOn(calendar, CAMPAIGN_DAY)).toBeGreaterThan(2)
})

test('members get the app from the company’s own pages', () => {
  const [visitor] = visitors(20_010, 'organic_search')
  expect(visitor && acquisitionOf(calendar, visitor)?.source).toBe('Website')
})
