import { expect, test } from 'vitest'
import type { TrackingLink } from '../api/links.ts'
import { draftOf, type LinkDraft, linkChange, linkOf, previewTarget, previewUrl } from './link-draft.ts'

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

const link: TrackingLink = {
  ...linkOf({ ...draft, label: 'Spring', parameters: 'a=1\nb=x=y' }),
  code: 'spring',
  url: 'https://s.example/l/spring',
  createdAt: '2026-11-22T10:00:00Z',
  archivedAt: null,
  clicks: 5,
  installs: 1,
}

test('a form that nobody touched changes nothing', () => {
  expect(linkChange(link, draftOf(link), true)).toEqual({})
  const archived = { ...link, archivedAt: '2026-11-22T11:00:00Z' }
  expect(linkChange(archived, draftOf(archived), false)).toEqual({})
})

test('only what was changed is sent, and an emptied field too', () => {
  expect(linkChange(link, { ...draftOf(link), network: '', campaign: 'May' }, true)).toEqual({
    network: '',
    campaign: 'May',
  })
  expect(linkChange(link, { ...draftOf(link), parameters: 'a=2' }, true)).toEqual({ parameters: { a: '2' } })
})

test('a link stops working and works again', () => {
  expect(linkChange(link, draftOf(link), false)).toEqual({ archived: true })
  const archived = { ...link, archivedAt: '2026-11-22T11:00:00Z' }
  expect(linkChange(archived, draftOf(archived), true)).toEqual({ archived: false })
})
