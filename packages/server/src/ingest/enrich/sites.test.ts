import { expect, test } from 'vitest'
import { SITE_TABLE } from './site-table.ts'
import { siteOf, siteOfSource } from './sites.ts'

test.each([
  ['google.com', 'Google', 'search'],
  ['google.co.uk', 'Google', 'search'],
  ['google.com.br', 'Google', 'search'],
  ['google.de', 'Google', 'search'],
  ['images.google.fr', 'Google', 'search'],
  ['com.google.android.googlequicksearchbox', 'Google', 'search'],
  ['gemini.google.com', 'Gemini', 'ai'],
  ['mail.google.com', 'Gmail', 'email'],
  ['shopping.google.co.uk', 'Google Shopping', 'shopping'],
  ['cn.bing.com', 'Bing', 'search'],
  ['de.search.yahoo.com', 'Yahoo', 'search'],
  ['mail.yahoo.co.jp', 'Yahoo Mail', 'email'],
  ['yandex.com.tr', 'Yandex', 'search'],
  ['tieba.baidu.com', 'Baidu Tieba', 'social'],
  ['m.baidu.com', 'Baidu', 'search'],
  ['suche.web.de', 'WEB.DE', 'search'],
  ['l.facebook.com', 'Facebook', 'social'],
  ['lm.facebook.com', 'Facebook', 'social'],
  ['t.co', 'X', 'social'],
  ['old.reddit.com', 'Reddit', 'social'],
  ['pinterest.co.uk', 'Pinterest', 'social'],
  ['m.youtube.com', 'YouTube', 'video'],
  ['amazon.co.jp', 'Amazon', 'shopping'],
  ['chatgpt.com', 'ChatGPT', 'ai'],
  ['eur01.safelinks.protection.outlook.com', 'Outlook', 'email'],
  ['googleads.g.doubleclick.net', 'Google Ads', 'ads'],
])('%s is %s, of the kind %s', (host, name, kind) => {
  expect(siteOf(host)).toMatchObject({ name, kind })
})

test.each([
  'example.com',
  'docs.google.com',
  'google.evil.com',
  'google.com.evil.example',
  'notgoogle.com',
  'google.zip',
  'xt.co',
  'aws.amazon.com',
  'com',
  '',
  '.',
  'a.'.repeat(4000),
])('%s is no known site', (host) => {
  expect(siteOf(host)).toBeUndefined()
})

test.each([
  ['google', 'Google'],
  [' Facebook ', 'Facebook'],
  ['fb', 'Facebook'],
  ['chatgpt.com', 'ChatGPT'],
  ['https://www.reddit.com/r/x', 'Reddit'],
  ['newsletter', undefined],
  ['example.com', undefined],
])('the source "%s" of a campaign means %s', (source, name) => {
  expect(siteOfSource(source)?.name).toBe(name)
})

test('no name and no host is in the table twice', () => {
  const rows = Object.values(SITE_TABLE).flat() as readonly (readonly string[])[]
  const names = rows.map(([name]) => name)
  const hosts = rows.flatMap(([, hosts = '']) => hosts.trim().split(/\s+/))
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
  expect(hosts.filter((host, i) => hosts.indexOf(host) !== i)).toEqual([])
  for (const host of hosts) expect(host).toMatch(/^=?[a-z0-9-]+(\.[a-z0-9-]+)*(\.\*)?$/)
})
