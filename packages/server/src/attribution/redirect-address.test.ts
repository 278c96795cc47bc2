import { expect, test } from 'vitest'
import { redirectAddress, targetProblem, writtenTarget } from './redirect-address.ts'

const VALUES: Record<string, string> = { click_id: 'Cl-1', network: 'News & co', campaign: 'a/b?c#d', sub: '€ 5' }
const fill = (name: string) => VALUES[name] ?? ''
const redirect = (target: string, passedOn: Record<string, string> = {}) =>
  redirectAddress(target, fill, new Map(Object.entries(passedOn)))

test.each([
  { target: 'https://example.com', location: 'https://example.com/' },
  { target: 'https://example.com/{campaign}/x', location: 'https://example.com/a%2Fb%3Fc%23d/x' },
  {
    target: 'https://example.com/?c={click_id}&n={network}',
    location: 'https://example.com/?c=Cl-1&n=News%20%26%20co',
  },
  {
    target: 'https://example.com/?{network}=1#{campaign}',
    location: 'https://example.com/?News%20%26%20co=1#a%2Fb%3Fc%23d',
  },
  { target: 'https://example.com/?a={unknown}&b=1', location: 'https://example.com/?a=&b=1' },
  { target: 'https://example.com/?a=x+y&b=%7e&&c', location: 'https://example.com/?a=x+y&b=%7e&c' },
  { target: 'https://example.com/?a=x+{sub}', location: 'https://example.com/?a=x%20%E2%82%AC%205' },
  { target: 'https://bücher.example/{sub}', location: 'https://xn--bcher-kva.example/%E2%82%AC%205' },
])('$target leads to $location', ({ target, location }) => {
  expect(redirect(target)).toBe(location)
})

test('a value inside of an address or query that stands in a parameter is encoded for both', () => {
  const location = redirect('https://example.com/?next=https%3A%2F%2Fshop.example%2F%3Fc%3D{campaign}%26n%3D{network}')
  const next = new URL(new URL(location).searchParams.get('next') ?? '')
  expect([...next.searchParams]).toEqual([
    ['c', 'a/b?c#d'],
    ['n', 'News & co'],
  ])
})

test('the address of an app in Google’s store gets the click as its referrer, unless it has one', () => {
  const store = 'https://play.google.com/store/apps/details?id=com.example.game'
  const referrer = new URLSearchParams(new URL(redirect(store)).searchParams.get('referrer') ?? '')
  expect(Object.fromEntries(referrer)).toEqual({
    click_id: 'Cl-1',
    utm_source: 'News & co',
    utm_campaign: 'a/b?c#d',
    utm_content: '',
    utm_term: '',
  })
  expect(redirect(`${store}&referrer=own`, { referrer: 'other' })).toBe(`${store}&referrer=own`)
})

test('parameters are passed on, except what the target says itself', () => {
  expect(redirect('https://example.com/?a=1#end', { a: '2', 'b c': '3&4' })).toBe(
    'https://example.com/?a=1&b%20c=3%264#end',
  )
  expect(redirect('https://example.com/', { a: 'x'.repeat(7000), b: 'y'.repeat(7000), c: '1' }).length).toBeLessThan(
    8100,
  )
})

test.each([
  'https://example.com',
  'HTTP://example.com:8080/{a}?b={c.d-e}#{f}',
  'https://apps.apple.com/app/id123?ct={campaign}&mt=8',
  'https://[2001:db8::1]/x',
])('%s is a target', (target) => {
  expect(targetProblem(target)).toBeUndefined()
})

test.each([
  'javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'market://details?id=x',
  '//example.com',
  '/path',
  'example.com',
  'https://',
  'https:///example.com',
  'https:example.com',
  'https://{host}/',
  'https://example.com{a}/',
  'https://{a}@example.com/',
  'https://user:password@example.com/',
  'https://example.com\\{a}',
  'https://example.com\\@evil.example/',
  'https://example.com/a b',
  'https://example.com/{',
  'https://example.com/{a b}',
  'https://example.com/{{campaign.name}}',
  `https://example.com/${'{a}'.repeat(21)}`,
  '',
])('%j is no target', (target) => {
  expect(targetProblem(target)).toMatch(/^expected /)
})

test('no value changes the host, the scheme or what the target says', () => {
  const targets = ['https://example.com', 'https://example.com/{a}', 'https://example.com:8443/x{a}{b}?k={a}&{b}=z#{a}']
  const pieces = [
    '/',
    '\\',
    '@',
    ':',
    '#',
    '?',
    '&',
    '=',
    '..',
    '.',
    '%',
    '%2f',
    '\r\n',
    '\0',
    '//evil.example',
    'evil',
    '{a}',
    ' ',
    'é',
    '\ud800',
  ]
  for (let seed = 0; seed < 4000; seed++) {
    const [one, other] = [7, 31].map((factor) =>
      Array.from({ length: 1 + (seed % 4) }, (_, n) => pieces[(seed * factor + n * n * 13) % pieces.length]).join(''),
    ) as [string, string]
    for (const target of targets) {
      const location = redirectAddress(target, (name) => (name === 'a' ? one : other), new Map([[one, other]]))
      expect(new URL(location).origin).toBe(new URL(target).origin)
      expect(new URL(location).username).toBe('')
      expect(location).toMatch(/^[\x21-\x7e]+$/)
    }
  }
})

test('braces that a browser encoded are braces again', () => {
  expect(writtenTarget(' https://example.com/?c=%7Bclick_id%7d&d=%7B%20 ')).toBe(
    'https://example.com/?c={click_id}&d=%7B%20',
  )
})
