import { expect, test } from 'vitest'
import { type LinkDraft, linkOf, previewTarget, previewUrl } from './link-draft.ts'

const draft: LinkDraft = {
  code: '',
  source: 'game',
  environment: 'production',
  label: '',
  target: 'https://example.com/app?c={click_id}&n={network}&s={sub}',
  network: 'News & Co',
  campaign: '',
  adgroup: '',
  creative: '',
  parameters: '',
}
const text = (parts: ReturnType<typeof previewTarget>) => parts.map((part) => part.text).join('')

test('a code that is left empty is left to the server', () => {
  expect(linkOf(draft)).not.toHaveProperty('code')
  expect(linkOf({ ...draft, code: ' spring ' }).code).toBe('spring')
})

test('parameters are lines, parted at the first sign of equality', () => {
  expect(linkOf({ ...draft, parameters: 'a=1\n\n b = x=y \nflag' }).parameters).toEqual({ a: '1', b: 'x=y', flag: '' })
})

test('the address has the code, and what the ad network fills in', () => {
  expect(previewUrl('https://s.example', draft)).toBe('https://s.example/l/…')
  const filled = {
    ...draft,
    code: 'spring',
    campaign: '{{campaign.name}}',
    creative: 'Video',
    parameters: 'site={site_id}\na=1',
  }
  expect(previewUrl('https://s.example', filled)).toBe(
    'https://s.example/l/spring?campaign={{campaign.name}}&site={site_id}',
  )
})

test('placeholders are filled with what is known, and what only a click knows stays', () => {
  const parts = previewTarget(draft)
  expect(text(parts)).toMatch(/^https:\/\/example\.com\/app\?c=[\w-]{22}&n=News%20%26%20Co&s=\{sub\}$/)
  expect(parts.filter(({ isFilled }) => isFilled)).toHaveLength(3)
  expect(text(previewTarget({ ...draft, parameters: 'sub=7' }))).toMatch(/&s=7$/)
})
