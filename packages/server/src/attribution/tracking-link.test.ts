import { trackingUrl } from '@almanac/core/links/tracking-url.ts'
import { expect, test } from 'vitest'
import { CHOSEN_CODE, newLinkCode } from './link-code.ts'
import { testLink } from './testing/memory-links.ts'

test.each([
  { link: {}, url: 'https://stats.example.com/l/spring' },
  { link: { campaign: 'Spring', parameters: { a: '1' } }, url: 'https://stats.example.com/l/spring' },
  {
    link: {
      campaign: '{campaign_name}',
      creative: '__CID__',
      parameters: { a: '1', 'site.id': '[SITE]', b: '\x24{B}' },
    },
    url: 'https://stats.example.com/l/spring?campaign={campaign_name}&creative=__CID__&site.id=[SITE]&b=\x24{B}',
  },
  { link: { adgroup: '{{adset.name}}' }, url: 'https://stats.example.com/l/spring?adgroup={{adset.name}}' },
])('the address to give away holds what the network is to fill in: $url', ({ link, url }) => {
  expect(trackingUrl('https://stats.example.com/', testLink(link))).toBe(url)
})

test('codes that are made differ, may be chosen as well, and have no letters that look alike', () => {
  const codes = Array.from({ length: 200 }, newLinkCode)
  expect(new Set(codes).size).toBe(200)
  for (const code of codes) expect(code).toMatch(/^[^01IOl]{8}$/)
  for (const code of codes) expect(code).toMatch(CHOSEN_CODE)
})

test.each(['ab', '-abc', '_abc', 'a b', 'ä-b', 'a/b', 'a'.repeat(51)])('%j is no code', (code) => {
  expect(code).not.toMatch(CHOSEN_CODE)
})
