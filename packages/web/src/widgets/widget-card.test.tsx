import type { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'
import { HITS_BY_DAY } from '@almanac/core/charts/testing/frames.ts'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { ApiError } from '../api/api-error.ts'
import type { Loadable } from './loadable.ts'
import { WidgetCard, type WidgetCardProps } from './widget-card.tsx'

const nothing = () => undefined
const error = new ApiError(504, { code: 'query_timeout', message: 'Too slow.', hint: 'Ask for less.', requestId: 'r1' })
const loading: Loadable<Frame> = { data: undefined, error: undefined, isSuperseded: false, retry: nothing }
const ready = { ...loading, data: HITS_BY_DAY }

const card = (loadable: Loadable<Frame>, more: Partial<WidgetCardProps> = {}) =>
  renderToStaticMarkup(
    <WidgetCard title="Hits" spec={{ kind: 'line' }} loadable={loadable} ignored={[]} actions={[]} {...more} />,
  )

describe('a card', () => {
  test('is busy and shows a skeleton while it waits', () => {
    expect(card(loading)).toMatch(/aria-busy="true".*aria-label="Loading"/s)
  })

  test('says what failed, what to do, and offers another try', () => {
    const html = card({ ...loading, error })
    for (const text of ['role="alert"', 'Too slow.', 'Ask for less.', 'r1', 'Try again', 'aria-busy="false"'])
      expect(html).toContain(text)
  })

  test('keeps its figures when a newer answer fails, or is overdue, and says so', () => {
    expect(card({ ...ready, error })).toContain('Not up to date')
    expect(card({ ...ready, isStale: true })).toContain('Not up to date')
    expect(card({ ...ready, error })).not.toContain('Too slow.')
    expect(card(ready)).not.toContain('Not up to date')
  })

  test('fades figures that answer an earlier question', () => {
    expect(card({ ...ready, isSuperseded: true })).toMatch(/aria-busy="true".*superseded/s)
  })

  test('tells of filters that do not reach it and of rows that were left out', () => {
    const html = card({ ...ready, data: { ...HITS_BY_DAY, isTruncated: true } }, { ignored: ['Country'] })
    expect(html).toContain('Filters that do not apply')
    expect(html).toContain('Not all rows')
    expect(card(ready)).not.toMatch(/do not apply|Not all rows/)
  })

  test('says which range it shows, where that is not the one of its board', () => {
    expect(card(ready, { range: 'Quarter to date' })).toMatch(/<p title="Quarter to date"[^>]*>Quarter to date<\/p>/)
  })

  test('shows its title as text, whatever is in it', () => {
    const html = card(ready, { title: '<img src=x onerror=alert(1)> عنوان' })
    expect(html).not.toContain('<img')
    expect(html).toContain('<bdi>&lt;img src=x onerror=alert(1)&gt; عنوان</bdi>')
  })

  test('has a menu once it has figures', () => {
    expect(card(ready)).toContain('aria-label="Menu: Hits"')
    expect(card(loading)).not.toContain('Menu')
    expect(card(loading, { actions: [{ id: 'edit', label: 'Edit', icon: null, run: nothing }] })).toContain(
      'Menu: Hits',
    )
  })

  test('that is being arranged does not react to the pointer', () => {
    expect(card(ready, { isEditing: true })).toMatch(/<div[^>]* inert=""/)
    expect(card(ready)).not.toContain('inert')
  })
})

test.each<ChartSpec>([
  { kind: 'text', text: 'Read me' },
  { kind: 'image', address: '/logo.png', alternative: 'Our mark' },
  { kind: 'embed', address: 'https://example.com' },
])('$kind needs no figures, and has no menu of them', (spec) => {
  const html = card(loading, { spec, title: '' })
  expect(html).not.toContain('aria-busy="true"')
  expect(html).not.toContain('Menu')
  expect(html).not.toContain('<h2')
})
