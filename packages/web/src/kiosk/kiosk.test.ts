import { Board, type WidgetInput } from '@almanac/core/boards/board.ts'
import { OVERVIEW_BOARD } from '@almanac/core/boards/ready/overview.ts'
import { describe, expect, test } from 'vitest'
import { kioskPages } from './kiosk-pages.ts'
import { kioskPath, listed, parseKioskSearch } from './kiosk-search.ts'
import { isNight } from './screen/night.ts'
import { stageZoom } from './slides/stage-zoom.ts'

const widget = (id: string, [x, y, w, h]: [number, number, number, number]): WidgetInput => ({
  id,
  place: { x, y, w, h },
  chart: { kind: 'text', text: id },
})
const section = (id: string, widgets: WidgetInput[], more: object = {}) => ({ id, widgets, ...more })
const pagesOf = (tabs: object[], shape: 'wide' | 'upright' = 'wide') =>
  kioskPages(Board.parse({ title: 'Shop', tabs }), shape)
const idsOf = (pages: ReturnType<typeof kioskPages>) => pages.map(({ widgets }) => widgets.map(({ id }) => id))

describe('pages of a wall screen', () => {
  test('a long tab is cut between rows of widgets', () => {
    const pages = kioskPages(Board.parse(OVERVIEW_BOARD), 'wide')

    expect(idsOf(pages)).toEqual([
      ['visitors', 'active', 'sign-ups', 'revenue', 'traffic', 'countries'],
      ['channels', 'activity'],
      ['pages', 'referrers', 'devices'],
      ['rhythm'],
    ])
    expect(pages.map(({ rows }) => rows)).toEqual([12, 8, 9, 8])
    expect(pages.every(({ widgets }) => Math.min(...widgets.map(({ place }) => place.y)) === 0)).toBe(true)
  })

  test('no cut goes through a widget, however high', () => {
    const beside = [widget('tall', [0, 0, 8, 20]), widget('a', [8, 0, 8, 8]), widget('b', [8, 8, 8, 12])]
    expect(pagesOf([{ id: 't', title: '', sections: [section('s', beside)] }])).toMatchObject([{ rows: 20 }])
  })

  test('tabs and sections with titles begin pages and are named; what is folded away is left out', () => {
    const one = [widget('one', [0, 0, 24, 4])]
    const pages = pagesOf([
      {
        id: 'a',
        title: 'Web',
        sections: [
          section('s1', one),
          section('s2', [widget('two', [0, 0, 24, 4])]),
          section('s3', [widget('three', [0, 0, 24, 4])], { title: 'Money' }),
          section('s4', [widget('four', [0, 0, 24, 4])], { title: 'Old', isCollapsed: true }),
          section('s5', [], { title: 'Empty' }),
        ],
      },
      { id: 'b', title: 'App', sections: [section('s6', [widget('six', [0, 0, 24, 4])])] },
    ])

    expect(idsOf(pages)).toEqual([['one', 'two'], ['three'], ['six']])
    expect(pages.map(({ heading }) => heading)).toEqual([['Web'], ['Web', 'Money'], ['App']])
    expect(pages[0]?.widgets.map(({ place }) => place.y)).toEqual([0, 4])
  })

  test('on an upright screen widgets stand below each other', () => {
    const beside = [widget('right', [12, 0, 12, 8]), widget('left', [0, 0, 12, 8])]
    const [page] = pagesOf([{ id: 't', title: '', sections: [section('s', beside)] }], 'upright')
    expect(page?.widgets.map(({ id, place }) => [id, place.x, place.y, place.w])).toEqual([
      ['left', 0, 0, 24],
      ['right', 0, 8, 24],
    ])
  })

  test('a board without widgets has no page', () => {
    expect(pagesOf([{ id: 't', title: '', sections: [section('s', [])] }])).toEqual([])
  })
})

describe('the address of a screen', () => {
  test('holds what is not usual, and is understood again', () => {
    const path = kioskPath(['overview', 'revenue'], { seconds: 45, theme: 'light', night: '20-7' })
    expect(path).toBe('/kiosk?boards=overview,revenue&seconds=45&theme=light&night=20-7')
    const search = parseKioskSearch(Object.fromEntries(new URL(path, 'http://localhost').searchParams))
    expect(search).toEqual({ boards: 'overview,revenue', seconds: 45, theme: 'light', night: '20-7' })
    expect(kioskPath(['a'], { seconds: 30 })).toBe('/kiosk?boards=a')
  })

  test.each([
    { raw: { seconds: '1' }, understood: { seconds: 5 } },
    { raw: { seconds: '1e9' }, understood: { seconds: 3600 } },
    { raw: { seconds: 'soon', theme: 'pink', night: '25-7', boards: '' }, understood: {} },
  ])('of $raw $understood is understood', ({ raw, understood }) => {
    expect(parseKioskSearch(raw)).toEqual(understood)
  })

  test('names a board once', () => {
    expect(listed('a, b,,a')).toEqual(['a', 'b'])
  })
})

test.each([
  { night: '20-7', dark: [20, 23, 0, 6], bright: [7, 12, 19] },
  { night: '1-5', dark: [1, 4], bright: [0, 5, 23] },
  { night: '18-24', dark: [18, 23], bright: [0, 17] },
  { night: undefined, dark: [], bright: [0, 12] },
  { night: '7-7', dark: [], bright: [7] },
])('the night of $night', ({ night, dark, bright }) => {
  expect(dark.filter((hour) => !isNight(night, hour))).toEqual([])
  expect(bright.filter((hour) => isNight(night, hour))).toEqual([])
})

test('the smallest type of a chart has 20 pixels on a screen of 1080 lines', () => {
  expect(11 * stageZoom(1920, 1080)).toBeGreaterThanOrEqual(20)
  expect(11 * stageZoom(3840, 2160)).toBeGreaterThanOrEqual(40)
  expect(stageZoom(390, 844)).toBe(1)
})
