import type { Reading } from '@almanac/core/charts/drawing.ts'
import { LIGHT } from '@almanac/core/charts/theme.ts'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ReadingCard } from './reading-card.tsx'

const card = (reading: Partial<Reading>) =>
  renderToStaticMarkup(<ReadingCard reading={{ title: 'Tue', lines: [], picks: [], ...reading }} theme={LIGHT} />)

test('a tooltip has the value, its colour, what it is compared with and whether that is good', () => {
  const delta = { text: '+12%', tone: 'good', direction: 'up', against: 'previous period' } as const
  const html = card({
    note: 'Still running',
    lines: [
      { label: 'Hits', text: '1,204', ink: 1 },
      { label: 'Previous period', text: '1,075', ink: 1, isGhost: true, delta },
    ],
  })
  for (const text of ['Still running', '1,204', LIGHT.series[0] ?? '', 'border-dotted', '+12%', '(better)'])
    expect(html).toContain(text)
})

test('names in it are text', () => {
  const html = card({ title: '<b>x</b>', lines: [{ label: '<img src=x onerror=alert(1)>', text: '1' }] })
  expect(html).not.toMatch(/<b>|<img/)
})

test('of very many lines some are counted', () => {
  const lines = Array.from({ length: 40 }, (_, i) => ({ label: `s${i}`, text: '1' }))
  expect(card({ lines })).toContain('and 26 more')
})
