import { expect, test } from 'vitest'
import type { CollectedEvent, FrameHeader } from '../../collect/events/collected-event.ts'
import { BOT_RULES } from '../enrich/bot-verdict.ts'
import { EventRows } from './event-row.ts'

const HEADER: FrameHeader = { v: 1, source: 'website', environment: 'production', receivedAt: Date.UTC(2026, 0, 1) }
const PLACE = { logId: '00000000-0000-4000-8000-000000000001', position: 7, index: 2 }
const EVENT = { id: '00000000-0000-4000-8000-000000000002', name: 'page_view', at: Date.UTC(2026, 0, 1) }
const CURL = 'curl/8.0'

function rowOf(event: Partial<CollectedEvent>, header: Partial<FrameHeader> = {}): Record<string, unknown> {
  const rows = new EventRows()
  const values = JSON.parse(rows.row({ ...HEADER, ...header }, { ...EVENT, ...event }, PLACE))
  return Object.fromEntries(rows.columns.map((name, n) => [name, values[n]]))
}

test('the way to a page is in its columns', () => {
  const row = rowOf({
    url: 'https://www.example.com/a?utm_source=google&utm_medium=cpc&utm_id=9&mtm_group=g&mtm_placement=p&gclid=Cj',
    referrer: 'https://www.bing.com/search?q=shoes',
  })
  expect(row).toMatchObject({
    campaign_source: 'google',
    campaign_medium: 'cpc',
    campaign_id: '9',
    campaign_group: 'g',
    campaign_placement: 'p',
    click_id: 'Cj',
    click_id_kind: 'gclid',
    referrer_host: 'bing.com',
    referrer_kind: 'campaign',
    referrer_name: 'Google',
    search_term: 'shoes',
    channel: 'Paid Search',
  })
})

test('a page of the site itself is not where a visit came from', () => {
  const row = rowOf({ url: 'https://example.com/b', referrer: 'https://www.example.com/a' })
  expect(row).toMatchObject({ referrer: 'https://www.example.com/a', referrer_kind: 'internal' })
  expect(row).not.toHaveProperty('referrer_host')
  expect(row).not.toHaveProperty('channel')
})

test('a bot is flagged with its reasons and the rules', () => {
  expect(rowOf({ userAgent: CURL, botHint: 'prefetch' })).toMatchObject({
    is_bot: true,
    bot_reason: expect.stringMatching(/^prefetch; user agent: /),
    bot_rules: BOT_RULES,
  })
})

test('what a server sends is never a bot', () => {
  const row = rowOf({ userAgent: CURL }, { kind: 'server' })
  expect(row).toMatchObject({ user_agent: CURL })
  for (const column of ['is_bot', 'bot_reason', 'bot_rules']) expect(row).not.toHaveProperty(column)
})

test('facts in place of the user agent are taken as they are', () => {
  const agentFacts = {
    browser: 'Firefox',
    browserVersion: '140',
    os: 'Linux',
    osVersion: '',
    deviceType: 'desktop',
    deviceModel: '',
    botReason: '',
  }
  const row = rowOf({ agentFacts })
  expect(row).toMatchObject({ browser: 'Firefox', browser_version: '140', os: 'Linux', device_type: 'desktop' })
  expect(row).not.toHaveProperty('user_agent')
})

test('client hints put the user agent right', () => {
  const userAgent =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36'
  expect(rowOf({ userAgent, clientHints: { platform: 'Windows', platformVersion: '15.0.0' } })).toMatchObject({
    os_version: '11',
  })
})

test('language and screen are written in one way, and what is none of them is left out', () => {
  expect(rowOf({ language: 'de-de', screen: '1920 x 1080' })).toMatchObject({ language: 'de-DE', screen: '1920x1080' })
  const row = rowOf({ language: '*', screen: 'wide' })
  expect(row).not.toHaveProperty('language')
  expect(row).not.toHaveProperty('screen')
})

test('a column gets its place with the first event that has a value for it; rows from before are shorter', () => {
  const rows = new EventRows()
  const before = JSON.parse(rows.row(HEADER, EVENT, PLACE))
  const click = JSON.parse(rows.row(HEADER, { ...EVENT, url: 'https://example.com/?gclid=x' }, PLACE))
  const after = JSON.parse(rows.row(HEADER, { ...EVENT, title: 'A' }, PLACE))
  const place = rows.columns.indexOf('click_id')

  expect(rows.columns).not.toContain('search_term')
  expect(before.length).toBeLessThanOrEqual(place)
  expect(click[place]).toBe('x')
  expect(after[place]).toBe('')
  expect(after[rows.columns.indexOf('title')]).toBe('A')
})

test('the next batch begins with the columns that the one before it used', () => {
  const first = new EventRows()
  first.row(HEADER, { ...EVENT, title: 'A' }, PLACE)
  const second = new EventRows(first)
  second.row(HEADER, EVENT, PLACE)

  expect(second.columns).toEqual(first.columns)
  expect(new EventRows(second).columns).toEqual(first.columns.filter((name) => name !== 'title'))
})
