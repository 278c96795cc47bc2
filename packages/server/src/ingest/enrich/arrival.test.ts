import { expect, test } from 'vitest'
import { arrivalFacts } from './arrival.ts'

interface Told {
  readonly query?: string
  readonly referrer?: string
}
const arrivalOf = ({ query = '', referrer }: Told) =>
  arrivalFacts({ url: `https://www.example.com/page${query}`, ...(referrer && { referrer }) }, 'www.example.com')

test.each([
  { told: {}, kind: 'direct', name: '', channel: 'Direct' },
  { told: { referrer: 'garbage' }, kind: 'direct', name: '', channel: 'Direct' },
  { told: { referrer: 'https://example.com/other' }, kind: 'internal', name: '', channel: '' },
  { told: { referrer: 'https://www.google.com/' }, kind: 'search', name: 'Google', channel: 'Organic Search' },
  { told: { referrer: 'https://l.facebook.com/l.php' }, kind: 'social', name: 'Facebook', channel: 'Organic Social' },
  { told: { referrer: 'https://youtu.be/x' }, kind: 'social', name: 'YouTube', channel: 'Organic Video' },
  { told: { referrer: 'https://www.idealo.de/' }, kind: 'website', name: 'idealo', channel: 'Organic Shopping' },
  { told: { referrer: 'https://mail.google.com/' }, kind: 'email', name: 'Gmail', channel: 'Email' },
  { told: { referrer: 'https://chatgpt.com/' }, kind: 'ai', name: 'ChatGPT', channel: 'AI Assistants' },
  { told: { referrer: 'https://x.doubleclick.net/' }, kind: 'website', name: 'Google Ads', channel: 'Display' },
  { told: { referrer: 'https://www.heise.de/a' }, kind: 'website', name: 'heise.de', channel: 'Referral' },
])('with $told an event comes by $channel, from $kind $name', ({ told, kind, name, channel }) => {
  expect(arrivalOf(told)).toMatchObject({ kind, name, channel })
})

const GOOGLE = 'https://www.google.com/'
test.each([
  { query: 'utm_source=google&utm_medium=cpc', channel: 'Paid Search', name: 'Google' },
  { query: 'utm_source=google&utm_medium=organic', channel: 'Organic Search', name: 'Google' },
  { query: 'utm_source=bing&utm_medium=PPC', channel: 'Paid Search', name: 'Bing' },
  { query: 'utm_source=fb&utm_medium=paid_social', channel: 'Paid Social', name: 'Facebook' },
  { query: 'utm_source=agency&utm_medium=paid-social', channel: 'Paid Social', name: 'agency' },
  { query: 'utm_source=facebook&utm_medium=social', channel: 'Organic Social', name: 'Facebook' },
  { query: 'utm_source=agency&utm_medium=social-media', channel: 'Organic Social', name: 'agency' },
  { query: 'utm_source=youtube', channel: 'Organic Video', name: 'YouTube' },
  { query: 'utm_source=youtube&utm_medium=cpc', channel: 'Paid Video', name: 'YouTube' },
  { query: 'utm_source=agency&utm_medium=video', channel: 'Organic Video', name: 'agency' },
  { query: 'utm_source=idealo&utm_medium=cpc', channel: 'Paid Shopping', name: 'idealo' },
  { query: 'utm_source=agency&utm_medium=cpc&utm_campaign=may-shopping', channel: 'Paid Shopping', name: 'agency' },
  { query: 'utm_source=google&utm_medium=cpc&utm_campaign=Cross-network+1', channel: 'Cross-network', name: 'Google' },
  { query: 'utm_source=agency&utm_medium=banner', channel: 'Display', name: 'agency' },
  { query: 'utm_source=agency&utm_medium=cpm', channel: 'Display', name: 'agency' },
  { query: 'utm_source=agency&utm_medium=retargeting', channel: 'Paid Other', name: 'agency' },
  { query: 'utm_source=newsletter', channel: 'Email', name: 'newsletter' },
  { query: 'utm_source=may&utm_medium=e-mail', channel: 'Email', name: 'may' },
  { query: 'utm_source=agency&utm_medium=affiliate', channel: 'Affiliates', name: 'agency' },
  { query: 'utm_source=spotify&utm_medium=audio', channel: 'Audio', name: 'spotify' },
  { query: 'utm_source=sms', channel: 'SMS', name: 'sms' },
  { query: 'utm_source=app&utm_medium=webpush', channel: 'Mobile Push', name: 'app' },
  { query: 'utm_source=partner.example&utm_medium=referral', channel: 'Referral', name: 'partner.example' },
  { query: 'utm_source=chatgpt.com', channel: 'AI Assistants', name: 'ChatGPT' },
  { query: 'utm_source=partner.example', channel: 'Referral', name: 'partner.example' },
  { query: 'utm_source=poster&utm_medium=offline', channel: 'Other', name: 'poster' },
  { query: 'utm_source=direct&utm_medium=none', channel: 'Direct', name: 'direct' },
  { query: 'mtm_campaign=spring', channel: 'Other', name: 'spring' },
  { query: 'ref=producthunt', channel: 'Other', name: 'producthunt' },
  { query: 'ref=hn', channel: 'Organic Social', name: 'Hacker News' },
  { query: 'gclid=x', channel: 'Paid Search', name: 'Google' },
  { query: 'dclid=x', channel: 'Display', name: 'Google Ads' },
  { query: 'msclkid=x', channel: 'Paid Search', name: 'Bing' },
  { query: 'ttclid=x', channel: 'Paid Social', name: 'TikTok' },
  { query: 'fbclid=x', channel: 'Organic Social', name: 'Facebook' },
  { query: 'fbclid=x&utm_source=may&utm_medium=email', channel: 'Email', name: 'may' },
  { query: 'fbclid=x&utm_medium=paid', channel: 'Paid Social', name: 'paid' },
  { query: 'gclid=x&utm_source=agency', channel: 'Paid Search', name: 'agency' },
  { query: 'irclickid=x', channel: 'Affiliates', name: 'Impact' },
])('a page opened with $query came by $channel, named $name', ({ query, channel, name }) => {
  expect(arrivalOf({ query: `?${query}` })).toMatchObject({ kind: 'campaign', channel, name })
})

test('a click on an ad in a search engine is the search engine, paid for', () => {
  expect(arrivalOf({ query: '?gclid=x', referrer: GOOGLE })).toMatchObject({
    kind: 'search',
    name: 'Google',
    channel: 'Paid Search',
    click: { kind: 'gclid', id: 'x' },
  })
})

test.each([
  { site: ['www.example.com'], referrer: 'https://example.com/a', kind: 'internal' },
  { site: ['example.com'], referrer: 'http://www.example.com:8080/a', kind: 'internal' },
  { site: ['example.org', 'example.com'], referrer: 'https://EXAMPLE.com/', kind: 'internal' },
  { site: ['*.example.com'], referrer: 'https://shop.example.com/', kind: 'internal' },
  { site: ['*.example.com'], referrer: 'https://www.example.com/', kind: 'internal' },
  { site: ['example.com'], referrer: 'https://shop.example.com/', kind: 'website' },
  { site: ['*.example.com'], referrer: 'https://notexample.com/', kind: 'website' },
  { site: ['www.example.com'], referrer: 'https://www.google.com/', kind: 'search' },
  { site: [], referrer: 'https://www.example.com/', kind: 'website' },
])('a page of the site $site that a log tells of was opened from $referrer: $kind', ({ site, referrer, kind }) => {
  const facts = arrivalFacts({ url: '/page', referrer }, '', site)
  expect(facts.kind).toBe(kind)
  if (kind === 'internal') expect(facts).toMatchObject({ referrerHost: '', name: '', channel: '' })
})

test('a link between two hosts of a site leads from nowhere else', () => {
  const event = { url: 'https://www.example.com/page', referrer: 'https://shop.example.net/' }
  expect(arrivalFacts(event, 'www.example.com', ['shop.example.net']).kind).toBe('internal')
  expect(arrivalFacts(event, 'www.example.com').kind).toBe('website')
})

test('a campaign goes before the referrer', () => {
  const facts = arrivalOf({ query: '?utm_source=poster&utm_medium=offline', referrer: GOOGLE })
  expect(facts).toMatchObject({ kind: 'campaign', name: 'poster', channel: 'Other', referrerHost: 'google.com' })
})

test('a loose source on a link inside of the site is none', () => {
  expect(arrivalOf({ query: '?ref=menu', referrer: 'https://example.com/' })).toMatchObject({
    kind: 'internal',
    campaign: {},
  })
})

test('a campaign in a link inside of the site is one all the same: somebody marked it', () => {
  expect(arrivalOf({ query: '?utm_source=banner', referrer: 'https://example.com/' })).toMatchObject({
    kind: 'campaign',
  })
})

test('what the client says of the campaign goes before the address', () => {
  const url = 'https://example.com/?utm_source=a&utm_term=b'
  expect(arrivalFacts({ url, campaign: { source: 'c' } }, 'example.com').campaign).toEqual({ source: 'c' })
  expect(arrivalFacts({ url, campaign: {} }, 'example.com').campaign).toEqual({ source: 'a', term: 'b' })
})

test('an event without a page and a referrer came no way that is known', () => {
  expect(arrivalFacts({}, '')).toMatchObject({ kind: '', name: '', channel: '' })
})

test.each([
  { url: '/?utm_source=mail&utm_medium=email&utm_campaign=may', said: { name: 'may' }, medium: 'email' },
  { url: '/?utm_source=mail&utm_medium=email', said: { name: 'mail' }, medium: 'email' },
  { url: '/?utm_source=mail&utm_medium=email&utm_campaign=may', said: { name: 'june' }, medium: undefined },
  { url: '/thanks', said: { name: 'may' }, medium: undefined },
])('at $url, a campaign told as $said has the medium $medium', ({ url, said, medium }) => {
  const { campaign } = arrivalFacts({ url: `https://www.example.com${url}`, campaign: said }, 'www.example.com')
  expect(campaign.medium).toBe(medium)
  expect([campaign.name, campaign.source]).toContain(said.name)
})
