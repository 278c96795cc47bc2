import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import type { ShareLink } from '../api/sharing.ts'
import { embedCode } from './embed-code.ts'
import { LinkListView } from './link-section.tsx'
import { allowedWords, choicesOf, expiresAtOf, historyWords, isOver } from './share-words.ts'

const NOW = Temporal.Instant.from('2026-11-18T10:00:00Z')
const VARIABLES = ['plan', 'range'].map((name) => ({
  name,
  label: name.toUpperCase(),
  cube: 'web',
  dimension: name,
  isMultiple: true,
  values: [],
}))
const link = (more: Partial<ShareLink> = {}): ShareLink => ({
  id: 'one',
  label: 'Investors',
  hasPassword: false,
  allow: [],
  timezone: 'UTC',
  createdBy: 'Ada',
  createdAt: '2026-11-17T10:00:00Z',
  expiresAt: null,
  lastUsedAt: null,
  ...more,
})

describe('what a link lets its reader choose', () => {
  test('is time in three ways and the variables of the board, each once', () => {
    expect(choicesOf({ variables: VARIABLES }).map(({ id }) => id)).toEqual(['range', 'grain', 'compare', 'plan'])
  })

  test('is told by its names', () => {
    expect(allowedWords([], VARIABLES)).toBe('Sees it as it is')
    expect(allowedWords(['range', 'compare', 'plan', 'gone'], VARIABLES)).toBe(
      'May choose range, comparison, PLAN, gone',
    )
  })
})

test('a link says who made it, whether it was opened and until when it works', () => {
  expect(historyWords(link(), NOW)).toBe('made yesterday by Ada · never opened')
  const over = link({ createdBy: null, lastUsedAt: '2026-11-18T09:00:00Z', expiresAt: '2026-11-18T09:30:00Z' })
  expect(historyWords(over, NOW)).toMatch(/by somebody who is gone · last opened 1 hour ago · expired/)
  expect([isOver(over, NOW), isOver(link(), NOW)]).toEqual([true, false])
})

test.each([
  { expiry: 'never', at: undefined },
  { expiry: 'day', at: '2026-02-01T12:00:00Z' },
  { expiry: 'month', at: '2026-02-28T12:00:00Z' },
  { expiry: 'year', at: '2027-01-31T12:00:00Z' },
] as const)('a link that expires after $expiry expires at $at', ({ expiry, at }) => {
  expect(expiresAtOf(expiry, Temporal.ZonedDateTime.from('2026-01-31T12:00[UTC]'))).toBe(at)
})

test('the list shows names as text, and which links have a password', () => {
  const html = renderToStaticMarkup(
    <LinkListView
      links={{
        data: [link({ label: '<b>x</b>', hasPassword: true }), link({ id: 'two', label: '' })],
        error: undefined,
        isSuperseded: false,
        retry: () => undefined,
      }}
      variables={[]}
      now={NOW}
      onEnd={() => undefined}
    />,
  )
  expect(html).not.toContain('<b>')
  expect(html).toContain('with a password')
  expect(html).toContain('Without a name')
})

describe('the code to embed a board', () => {
  const url = 'https://almanac.example.com/embed/deGsFmcSvyxAVePOijRd'

  test('is a frame with the look in its address', () => {
    const code = embedCode({ url, title: 'Our figures', theme: 'dark', background: 'transparent', isGrowing: false })
    expect(code).toContain(`src="${url}?theme=dark&amp;background=transparent"`)
    expect(code).not.toContain('<script>')
  })

  test('hears the height of its own frame alone', () => {
    const code = embedCode({ url, title: 'Our figures', isGrowing: true })
    expect(code).toContain('id="almanac-deGsFmcS"')
    expect(code).toContain(`getElementById('almanac-deGsFmcS')`)
    expect(code).toContain('source === frame.contentWindow')
  })

  test('a title can’t break out of it', () => {
    const code = embedCode({ url, title: '"></iframe><script>alert(1)</script>', isGrowing: false })
    expect(code).not.toContain('<script>')
    expect(code).toContain('title="&quot;&gt;&lt;/iframe&gt;')
  })
})
