import { expect, test } from 'vitest'
import { sessionize, type VisitEvent } from './sessionize.ts'
import { STANDARD_RULE, type VisitRule } from './visit-rule.ts'

const AT = Date.UTC(2026, 3, 1, 23)
const MINUTE = 60_000
let count = 0
const event = (minute: number, fields: Partial<VisitEvent> = {}): VisitEvent => ({
  id: `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
  name: 'page_view',
  at: AT + minute * MINUTE,
  path: '/',
  referrer: '',
  campaign: '',
  isInteractive: true,
  ...fields,
})
const minutes = (events: readonly VisitEvent[], rule: VisitRule = STANDARD_RULE) =>
  sessionize(events, rule).map(({ startedAt, endedAt }) => [(startedAt - AT) / MINUTE, (endedAt - AT) / MINUTE])
const BERLIN: VisitRule = { rule: 'matomo', timezone: 'Europe/Berlin' }
const UTC: VisitRule = { rule: 'matomo', timezone: 'UTC' }

test('a visit ends after thirty minutes of silence, to the millisecond', () => {
  const almost = { ...event(0), at: AT + 30 * MINUTE - 1 }
  expect(minutes([event(0), almost])).toHaveLength(1)
  expect(minutes([event(0), event(30)])).toEqual([
    [0, 0],
    [30, 30],
  ])
})

test('the order of arrival makes no difference', () => {
  expect(minutes([event(40), event(0), event(20)])).toEqual([[0, 40]])
})

test('by the standard rule midnight and campaigns end nothing', () => {
  expect(minutes([event(50), event(70, { campaign: 'spring' }), event(90, { campaign: 'summer' })])).toEqual([[50, 90]])
})

test('by Matomo’s rule a visit ends at midnight of the source’s zone', () => {
  const events = [event(-70), event(-50), event(50), event(70)]
  expect(minutes(events, UTC)).toEqual([
    [-70, -50],
    [50, 50],
    [70, 70],
  ])
  expect(minutes(events, BERLIN)).toEqual([
    [-70, -70],
    [-50, -50],
    [50, 70],
  ])
})

test.each([
  { campaigns: ['', 'a'], visits: 2 },
  { campaigns: ['a', ''], visits: 1 },
  { campaigns: ['a', '', 'a'], visits: 1 },
  { campaigns: ['a', 'b', 'b', 'a'], visits: 3 },
])('by Matomo’s rule pages of the campaigns $campaigns are $visits visits', ({ campaigns, visits }) => {
  const events = campaigns.map((campaign, i) => event(i, { campaign }))
  expect(minutes(events, UTC)).toHaveLength(visits)
})

test('by Matomo’s rule what a goal is owed to parts nothing, and is not where the visit came from', () => {
  const goal = { name: 'goal', campaign: 'mail' }
  expect(
    minutes([event(0, { campaign: 'spring' }), event(1, goal), event(2, { campaign: 'spring' })], UTC),
  ).toHaveLength(1)
  expect(sessionize([event(0, goal), event(1)], UTC)).toMatchObject([{ campaign: '' }])
})

test('signs of life lengthen a visit and begin none', () => {
  const [visit, ...others] = sessionize(
    [event(0), event(25, { name: 'ping' }), event(50, { name: 'ping' })],
    STANDARD_RULE,
  )
  expect(visit).toMatchObject({ events: 1, pageViews: 1, isBounce: true, startedAt: AT, endedAt: AT + 50 * MINUTE })
  expect(others).toEqual([])
  expect(sessionize([event(0, { name: 'ping' })], STANDARD_RULE)).toMatchObject([{ events: 0 }])
})

test('a visit that signs of life came before starts with its first event', () => {
  const [visit] = sessionize([event(0, { name: 'ping' }), event(20)], STANDARD_RULE)
  expect(visit).toMatchObject({ seenFrom: AT, startedAt: AT + 20 * MINUTE, events: 1 })
})

test.each([
  { what: 'one page', events: [event(0)], isBounce: true },
  { what: 'two pages', events: [event(0), event(1)], isBounce: false },
  { what: 'a page and a click', events: [event(0), event(1, { name: 'click' })], isBounce: false },
  {
    what: 'a page and what happens by itself',
    events: [event(0), event(1, { name: 'shown', isInteractive: false })],
    isBounce: true,
  },
  { what: 'a page and its pictures', events: [event(0), event(0, { name: 'request' })], isBounce: true },
  { what: 'no page at all', events: [event(0, { name: 'request' })], isBounce: false },
])('$what is a bounce: $isBounce', ({ events, isBounce }) => {
  expect(sessionize(events, STANDARD_RULE)).toMatchObject([{ isBounce }])
})

test('entry and exit are pages, where it came from is what the first event says', () => {
  const events = [
    event(0, { name: 'request', path: '/style.css', referrer: 'news.example', campaign: 'spring' }),
    event(1, { path: '/a', referrer: 'other.example' }),
    event(2, { path: '/b' }),
    event(3, { name: 'click', path: '/c' }),
  ]
  expect(sessionize(events, STANDARD_RULE)).toMatchObject([
    { entryPage: '/a', exitPage: '/b', referrer: 'news.example', campaign: 'spring' },
  ])
})
