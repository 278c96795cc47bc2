import { expect, test } from 'vitest'
import { clickEvent, clickTarget, linkClick, newClickId, noClickReason } from './link-click.ts'
import { testLink } from './testing/memory-links.ts'

const click = (query: string, fields: Parameters<typeof testLink>[0] = {}) =>
  linkClick(testLink(fields), new URLSearchParams(query), 'the-click')

test('a click has the names and parameters of its link, and those of the request go first', () => {
  const fields = { campaign: 'Spring', adgroup: 'Women', parameters: { publisher: 'own', budget: '1000' } }
  const event = clickEvent(click('campaign=Summer&creative=Video&publisher=asked&sub=1', fields), {
    referer: 'https://news.example/',
    'accept-language': 'de-DE,de;q=0.9',
  })
  expect(event).toEqual({
    name: 'link_click',
    id: 'the-click',
    referrer: 'https://news.example/',
    language: 'de-DE',
    campaign: { source: 'Newsletter', name: 'Summer', content: 'Women', term: 'Video' },
    properties: {
      publisher: 'asked',
      budget: '1000',
      sub: '1',
      network: 'Newsletter',
      campaign: 'Summer',
      adgroup: 'Women',
      creative: 'Video',
      link: 'spring',
      click_id: 'the-click',
    },
  })
})

test('a placeholder that the network did not fill says nothing', () => {
  const { channel, parameters } = click('campaign={campaign_name}&sub=__SITE__&a={{ad.id}}&b=\x24{B}&c=[C]&d=real&e=', {
    campaign: 'Spring',
    adgroup: '{adgroup_name}',
    parameters: { site: '{site_id}' },
  })
  expect(channel).toEqual({ network: 'Newsletter', campaign: 'Spring', adgroup: '', creative: '' })
  expect([...parameters]).toEqual([['d', 'real']])
})

test('the target gets ids, names and parameters, the link’s own only where it asks for them', () => {
  const fields = {
    target: 'https://example.com/?c={click_id}&n={network}&p={publisher}&s={sub}',
    parameters: { publisher: 'p1' },
  }
  expect(clickTarget(click('sub=7', fields))).toBe('https://example.com/?c=the-click&n=Newsletter&p=p1&s=7&sub=7')
})

test('a network’s own id of the click stands beside ours and cannot take its place', () => {
  const one = click('click_id=theirs&link=other&network=other', {
    target: 'https://example.com/?c={click_id}&t={network_click_id}',
  })
  expect(clickEvent(one, {}).properties).toMatchObject({
    click_id: 'the-click',
    network_click_id: 'theirs',
    link: 'spring',
    network: 'Newsletter',
  })
  expect(clickTarget(one)).toBe('https://example.com/?c=the-click&t=theirs&link=other&network=other')
})

test('a hostile query is bounded and cannot spoil the properties', () => {
  const many = Array.from({ length: 3000 }, (_, n) => `p${n}=${'v'.repeat(n === 0 ? 9999 : 1)}`).join('&')
  const { parameters } = click(`__proto__=x&${'n'.repeat(101)}=1&=2&${many}`)
  expect(parameters.size).toBe(100)
  expect(parameters.get('p0')).toHaveLength(500)
  expect(parameters.has('__proto__')).toBe(false)
})

test('ids of clicks differ and stand in an address as they are', () => {
  const ids = Array.from({ length: 100 }, newClickId)
  expect(new Set(ids).size).toBe(100)
  for (const id of ids) expect(id).toMatch(/^[\w-]{22}$/)
})

test.each([
  { method: 'GET', headers: {}, reason: undefined },
  { method: 'HEAD', headers: {}, reason: 'HEAD request' },
  { method: 'GET', headers: { 'sec-purpose': 'prefetch;prerender' }, reason: 'prefetch' },
  { method: 'GET', headers: { purpose: 'prefetch' }, reason: 'prefetch' },
  { method: 'GET', headers: { 'x-purpose': 'preview' }, reason: 'prefetch' },
  { method: 'GET', headers: { 'x-moz': 'prefetch' }, reason: 'prefetch' },
])('$method with $headers is no click because of: $reason', ({ method, headers, reason }) => {
  expect(noClickReason(method, headers)).toBe(reason)
})
