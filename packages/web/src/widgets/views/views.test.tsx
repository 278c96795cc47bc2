import type { ChartKind, ChartOf, ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import { draw } from '@almanac/core/charts/draw.ts'
import type { Drawing } from '@almanac/core/charts/drawing.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'
import { HOSTILE_NAMES } from '@almanac/core/charts/testing/frames.ts'
import {
  CHECKS,
  COHORTS,
  DEVICES_BY_CITY,
  dimension,
  frameOf,
  HEADLINE,
  measure,
  PAGES,
  SOURCES,
  TEAMS,
} from '@almanac/core/charts/testing/frames-parts.ts'
import { LOOK } from '@almanac/core/charts/testing/look.ts'
import { LIGHT } from '@almanac/core/charts/theme.ts'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { DrawingView } from '../chart/drawing-view.tsx'
import Markdown from './markdown.tsx'

const SIZE = { widthPx: 640, heightPx: 320 }
const nothing = () => undefined
const view = (spec: ChartSpec, frame: Frame, onPick?: () => void) => shown(draw(spec, frame, LOOK), onPick)
const shown = (drawing: Drawing, onPick?: () => void) =>
  renderToStaticMarkup(
    <DrawingView
      kind="table"
      drawing={drawing}
      size={SIZE}
      theme={LIGHT}
      title="Title"
      isAnimated={false}
      onPick={onPick}
    />,
  )
const count = (html: string, pattern: RegExp) => html.match(pattern)?.length ?? 0

describe('names are text', () => {
  test.each<ChartKind>(['ranked_list', 'table', 'bullet'])('in a %s', (kind) => {
    const html = view({ kind } as ChartSpec, HOSTILE_NAMES)
    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html).toMatch(/<bdi[^>]*>عنوان الصفحة الرئيسية/)
  })
})

describe('a number', () => {
  test('stands with its changes, whether they are good, and its line', () => {
    const html = view({ kind: 'number', value: 'visitors' }, HEADLINE)
    for (const text of ['6,120', '+5.5%', '(better)', 'vs previous month', '<svg']) expect(html).toContain(text)
  })

  test('shows how much of its target is reached, and no more than all of it', () => {
    const html = view({ kind: 'number', value: 'visitors', target: { value: 1000, label: 'Goal' } }, HEADLINE)
    expect(html).toContain('width:100%')
    expect(html).toContain('Goal')
  })
})

describe('a table', () => {
  test('of 200,000 rows has only those near the screen in the page', () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => ({ page: `/${i}`, hits: i }))
    const html = view({ kind: 'table' }, frameOf([dimension('page', 'Page'), measure('hits', 'Hits')], rows))
    expect(html).toContain('aria-rowcount="200001"')
    expect(count(html, /<tr/g)).toBeLessThan(60)
  })

  test('has bars, shades, totals and changes', () => {
    const html = view({ kind: 'table', bars: ['hits'], heat: ['visitors'], totals: true }, PAGES)
    expect(html).toContain('bg-bar')
    expect(html).toMatch(/background:#[0-9a-f]{6}/)
    expect(html).toMatch(/<tfoot.*Total.*2,210/s)
    expect(html).toContain('+5.3%')
  })

  test('says of each column how it is sorted', () => {
    expect(count(view({ kind: 'table' }, PAGES), /aria-sort="none"/g)).toBe(6)
  })
})

test('a pivot table has a header for each value across and one for the measures', () => {
  const html = view({ kind: 'pivot', rows: ['country', 'city'], columns: ['device'] }, DEVICES_BY_CITY)
  expect(count(html, /scope="colgroup"/g)).toBe(3)
  expect(html).toContain('Total Germany')
})

describe('a ranked list', () => {
  test('has buttons where a click filters, and none where it does not', () => {
    expect(count(view({ kind: 'ranked_list' }, SOURCES, nothing), /<button/g)).toBe(4)
    expect(view({ kind: 'ranked_list' }, SOURCES)).not.toContain('<button')
  })
})

test('cohorts are shaded', () => {
  expect(view({ kind: 'cohort_grid' }, COHORTS)).toMatch(/<td[^>]*style="background:#/)
})

test('a timeline draws a span for each state and says what the colours mean', () => {
  const bands: ChartOf<'status_timeline'>['bands'] = [
    { from: 0.99, tone: 'good', label: 'Up' },
    { to: 0.99, tone: 'bad', label: 'Down' },
  ]
  const html = view({ kind: 'status_timeline', bands }, CHECKS)
  expect(html).toContain('Down')
  expect(count(html, /data-span/g)).toBeGreaterThan(4)
})

test('bullets have a mark where the target is', () => {
  expect(count(view({ kind: 'bullet', target: { value: 500 } }, TEAMS), /bg-ink/g)).toBe(3)
})

test('what does not fit says why', () => {
  expect(view({ kind: 'sankey' }, TEAMS)).toContain('It needs')
})

describe('pages and pictures of others', () => {
  test('a page runs in a box without our origin', () => {
    const html = view({ kind: 'embed', address: 'https://example.com/x' }, TEAMS)
    expect(html).toContain('sandbox="allow-scripts allow-forms allow-popups"')
    expect(html).toContain('title="Title"')
    expect(html).not.toContain('allow-same-origin')
    // Behind it, as long as it has not come.
    expect(html).toContain('Waiting for example.com')
  })

  test('a picture has its words', () => {
    expect(view({ kind: 'image', address: '/x.png', alternative: 'A chart' }, TEAMS)).toContain('alt="A chart"')
  })
})

describe('Markdown', () => {
  const html = (text: string) => renderToStaticMarkup(<Markdown text={text} />)

  test('keeps HTML as text', () => {
    expect(html('a <img src=x onerror=alert(1)> b')).not.toContain('<img')
    expect(html('<script>alert(1)</script>')).not.toContain('<script')
  })

  test('links open beside, and tell the other page nothing', () => {
    expect(html('[x](https://example.com)')).toMatch(
      /<a href="https:\/\/example.com" target="_blank" rel="noopener noreferrer"/,
    )
  })

  test('drops an address that would run', () => {
    expect(html('[x](javascript:alert(1))')).not.toContain('javascript:')
  })

  test('has tables and lists of tasks', () => {
    expect(html('| a |\n| - |\n| 1 |')).toContain('<table')
    expect(html('- [x] done')).toContain('type="checkbox"')
  })
})
