import { expect, test } from 'vitest'
import type { BulletDrawing, GridDrawing, RankedDrawing, TimelineDrawing } from '../drawing.ts'
import { contrast } from '../shades.ts'
import {
  CHANNELS,
  CHECKS,
  COHORTS,
  HARD_NAMES,
  HEADLINE,
  ONE_FIGURE,
  SOURCES,
  STEPS,
  TEAMS,
} from '../testing/frames-parts.ts'
import { LOOK } from '../testing/look.ts'
import { DARK } from '../theme.ts'
import { drawBullet } from './bullet.ts'
import { drawCohortGrid } from './cohort-grid.ts'
import { drawRankedList } from './ranked-list.ts'
import { drawStatusTimeline } from './status-timeline.ts'

/** The spaces and dashes in a range vary with the version of the language data. */
const plain = (text: string) => text.replaceAll(/\s*–\s*/g, ' – ')

const rankedOf = (spec: Omit<Parameters<typeof drawRankedList>[0], 'kind'>, frame = SOURCES) =>
  drawRankedList({ kind: 'ranked_list', ...spec }, frame, LOOK) as RankedDrawing

test('shares are of everybody, not of the sum of the lines, and the rest has no bar', () => {
  const { rows } = rankedOf({ share: true })
  expect(rows.map(({ label, text, share, bar }) => [label, text, share, Number(bar.toFixed(2))])).toEqual([
    ['google', '4,210', '48.8%', 1],
    ['(empty)', '2,875', '33.3%', 0.68],
    ['newsletter', '1,204', '14.0%', 0.29],
    ['news.example.com', '640', '7.4%', 0.15],
    ['Everything else', '1,533', '17.8%', 0],
  ])
  expect(rows[0]?.delta).toMatchObject({ text: '+7.9%', tone: 'good' })
  expect(rows.map(({ picks }) => picks.length)).toEqual([1, 1, 1, 1, 0])
})

test('of what does not add up there is no share without a total', () => {
  expect(rankedOf({ share: true }, STEPS).rows.map(({ share }) => share)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('lines by one of several dimensions are added up where that is right, greatest first', () => {
  const { rows } = rankedOf({ by: 'channel' }, CHANNELS)
  expect(rows.map(({ label, exact }) => `${label} ${exact}`)).toEqual([
    'Search 6,720',
    'Social 3,430',
    'Direct 2,760',
    'E-mail 820',
  ])
})

test('names of any kind are text, and a missing figure is a dash', () => {
  const { rows } = rankedOf({}, HARD_NAMES)
  expect(rows[0]?.label).toBe('<img src=x onerror=alert(1)>')
  expect(rows.at(-1)).toMatchObject({ label: '(empty)', text: '–', bar: 0 })
})

test('bars of a bullet share one scale, and the target is in sight', () => {
  const bullet = drawBullet({ kind: 'bullet', target: { value: 600 } }, TEAMS, LOOK) as BulletDrawing
  expect(bullet.rows.map(({ label, tone, progress }) => [label, tone, progress])).toEqual([
    ['North', 'bad', '68.7%'],
    ['South', 'bad', '44.7%'],
    ['Online', 'good', '109.2%'],
  ])
  expect(bullet.rows[0]?.bar).toBeCloseTo(412 / 660)
  expect(bullet.rows[0]?.target).toEqual({ at: 600 / 660, text: '600', label: 'Target' })
})

test('a bullet of one figure by day is that of the whole range', () => {
  const bullet = drawBullet({ kind: 'bullet', max: 10_000 }, HEADLINE, LOOK) as BulletDrawing
  expect(bullet.rows).toMatchObject([{ label: 'Visitors', text: '6,120', bar: 0.612 }])
})

test('bands say how good the value is, and lie on its scale', () => {
  const bands = [
    { to: 0.01, tone: 'good' as const },
    { from: 0.01, tone: 'bad' as const },
  ]
  const { rows } = drawBullet({ kind: 'bullet', bands, max: 0.02 }, ONE_FIGURE, LOOK) as BulletDrawing
  expect(rows[0]).toMatchObject({
    tone: 'bad',
    bands: [
      { from: 0, to: 0.5 },
      { from: 0.5, to: 1 },
    ],
  })
})

test('a cohort is a line, its periods are cells, and what has not begun is blank', () => {
  const grid = drawCohortGrid({ kind: 'cohort_grid' }, COHORTS, LOOK) as GridDrawing
  expect(grid.columns).toEqual(['Week 0', 'Week 1', 'Week 2', 'Week 3'])
  expect(
    grid.rows.map(({ label, size, cells }) => [plain(label), size, cells.map(({ text }) => text).join(' ')]),
  ).toEqual([
    ['Average', '1,320', '100.0% 42.9% 31.0% '],
    ['Sep 28 – Oct 4, 2026', '420', '100.0% 42.0% 31.0% 27.0%'],
    ['Oct 5 – 11, 2026', '388', '100.0% 44.0% 29.0% '],
    ['Oct 12 – 18, 2026', '512', '100.0% 40.0%  '],
    ['Oct 19 – 25, 2026', '0', '   '],
  ])
  expect(grid.summary).toBe('4 cohorts; on average came back 100.0% in week 0, 42.9% in week 1, 31.0% in week 2.')
})

test('what still runs says so, and counts can be shown instead of shares', () => {
  const grid = drawCohortGrid({ kind: 'cohort_grid', show: 'count' }, COHORTS, LOOK) as GridDrawing
  const cell = grid.rows[1]?.cells[3]
  expect(cell).toMatchObject({ text: '113', isOpen: true, reading: { note: 'Still running' } })
})

test.each([LOOK, { ...LOOK, theme: DARK }])(
  'every cell of a cohort can be read, and most shades are in use',
  (look) => {
    const { rows } = drawCohortGrid({ kind: 'cohort_grid' }, COHORTS, look) as GridDrawing
    const cells = rows.flatMap((row) => row.cells).filter(({ text }) => text !== '')
    for (const { ink, background } of cells) expect(contrast(ink, background)).toBeGreaterThanOrEqual(4.5)
    expect(new Set(cells.map(({ background }) => background)).size).toBeGreaterThan(2)
  },
)

test('a table that is not of cohorts says which columns it lacks', () => {
  expect(() => drawCohortGrid({ kind: 'cohort_grid' }, SOURCES, LOOK)).toThrow(
    'missing: cohort, period, size, persons, share',
  )
})

const BANDS = [
  { from: 0.999, label: 'Up', tone: 'good' as const },
  { from: 0.99, to: 0.999, label: 'Slow', tone: 'warning' as const },
  { to: 0.99, label: 'Down', tone: 'bad' as const },
]

test('equal states in a row are one span, and no data is a state of its own', () => {
  const timeline = drawStatusTimeline({ kind: 'status_timeline', bands: BANDS }, CHECKS, LOOK) as TimelineDrawing
  const spans = timeline.lanes.map((lane) =>
    lane.spans.map(({ from, to, text }) => `${text} ${from.toFixed(3)}-${to.toFixed(3)}`),
  )
  expect(timeline.lanes.map(({ label }) => label)).toEqual(['collect', 'query'])
  expect(spans).toEqual([
    ['Up 0.000-0.375', 'Down 0.375-0.500', 'Up 0.500-1.000'],
    ['No data 0.000-0.250', 'Up 0.250-0.750', 'Slow 0.750-1.000'],
  ])
  expect(timeline.legend.map(({ label }) => label)).toEqual(['Up', 'Slow', 'Down', 'No data'])
  expect(timeline.lanes[0]?.spans[1]?.reading.lines.map(({ text }) => text)).toEqual(['Oct 21, 2026', '94.0%'])
  expect(timeline.summary).toContain('collect good 87.5% of the time')
})

test('without bands, checks of 0 and 1 are bad and good', () => {
  const rows = CHECKS.rows.map((row, at) => ({ ...row, availability: at % 4 < 2 ? 0 : 1 }))
  const { lanes } = drawStatusTimeline({ kind: 'status_timeline' }, { ...CHECKS, rows }, LOOK) as TimelineDrawing
  expect(lanes[0]?.spans.map(({ tone }) => tone).slice(0, 2)).toEqual(['bad', 'good'])
})

test('without bands, a figure that is no check is not judged, and no data is a gap', () => {
  const rows = CHECKS.rows.map((row, at) => ({ ...row, availability: at === 0 ? null : at }))
  const drawn = drawStatusTimeline({ kind: 'status_timeline' }, { ...CHECKS, rows }, LOOK) as TimelineDrawing
  const spans = drawn.lanes.flatMap((lane) => lane.spans)
  expect(new Set(spans.map(({ tone, text }) => `${tone} ${text}`))).toEqual(new Set(['muted Not judged']))
  expect([drawn.isUnjudged, drawn.legend]).toEqual([true, [{ tone: 'muted', label: 'Not judged' }]])
  expect(drawn.summary).toContain('collect not judged')
})

test('what lies ahead is not drawn', () => {
  const frame = { ...CHECKS, openFrom: '2026-10-20T00:00:00+02:00', asOf: '2026-10-20T12:00:00+02:00' }
  const { lanes } = drawStatusTimeline({ kind: 'status_timeline', bands: BANDS }, frame, LOOK) as TimelineDrawing
  expect(lanes[0]?.spans.map(({ to, reading }) => [to.toFixed(3), reading.note])).toEqual([['0.375', 'Still running']])
})

test('without time there is no timeline', () => {
  expect(() => drawStatusTimeline({ kind: 'status_timeline' }, TEAMS, LOOK)).toThrow('It needs the time')
})

test('of very many lines, bars and lanes the first are shown, and the summary says that there are more', () => {
  const rows = Array.from({ length: 3000 }, (_, at) => ({
    time: CHECKS.rows[0]?.time ?? null,
    service: `s${at}`,
    availability: 1,
  }))
  const many = { ...CHECKS, rows }
  const list = rankedOf({ by: 'service' }, { ...many, columns: CHECKS.columns.slice(1) })
  expect([list.rows.length, list.summary.includes('The first 1000 are shown')]).toEqual([1000, true])
  const bullet = drawBullet({ kind: 'bullet' }, { ...many, columns: CHECKS.columns.slice(1) }, LOOK) as BulletDrawing
  expect([bullet.rows.length, bullet.summary.includes('The first 200 are shown')]).toEqual([200, true])
  const timeline = drawStatusTimeline({ kind: 'status_timeline' }, many, LOOK) as TimelineDrawing
  expect([timeline.lanes.length, timeline.summary.includes('2800 more')]).toEqual([200, true])
})
