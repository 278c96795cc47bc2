import { expect, test } from 'vitest'
import type { CollectedEvent } from '../collect/events/collected-event.ts'
import { createVisitors } from '../collect/visitors/visitor.ts'
import { createLinkFinder, linkingIds } from './event-links.ts'

const visitors = createVisitors(Buffer.alloc(32, 7), { kind: 'stable' })
const user = (userId: string) => visitors.visitorOf({ userId, source: 's', atMs: 0 }).visitor ?? ''
const device = (anonymousId: string) => visitors.visitorOf({ anonymousId, source: 's', atMs: 0 }).visitor ?? ''

function eventOf(fields: Partial<CollectedEvent>): CollectedEvent {
  const { userId, anonymousId } = fields
  const who = visitors.visitorOf({ userId, anonymousId, source: 's', address: '10.0.0.1', atMs: 0 })
  return { id: '', name: 'page_view', at: 1000, ...who, ...fields }
}
const linksOf = (...events: Partial<CollectedEvent>[]) =>
  createLinkFinder(visitors).linksOf(events.map(eventOf).map((event) => ({ at: event.at, linking: linkingIds(event) })))

test('an event with a user and a device links the device to the user', () => {
  expect(linksOf({ userId: 'ada', anonymousId: 'd1' })).toEqual([{ from: device('d1'), to: user('ada'), since: 1000 }])
})

test.each([
  { why: 'a user alone', fields: { userId: 'ada' } },
  { why: 'a device alone', fields: { anonymousId: 'd1' } },
  { why: 'an address', fields: {} },
  { why: 'an address that calls itself something', fields: { properties: { previous_id: 'x' } } },
])('$why links nothing', ({ fields }) => {
  expect(linksOf(fields)).toEqual([])
})

test('a login never links another user', () => {
  const links = linksOf({ name: 'identify', userId: 'ada', properties: { previous_id: 'd1' } })
  expect(links).toEqual([{ from: device('d1'), to: user('ada'), since: 1000 }])
})

test('an alias links the former id, whether it was a user or a device', () => {
  const links = linksOf({ name: 'alias', userId: 'ada', properties: { previous_id: 'old' } })
  expect(links).toEqual([
    { from: device('old'), to: user('ada'), since: 1000 },
    { from: user('old'), to: user('ada'), since: 1000 },
  ])
})

test('a device that takes the place of another is linked to as a device', () => {
  const links = linksOf({ name: 'alias', anonymousId: 'new', properties: { previous_id: 'old' } })
  expect(links).toEqual([{ from: device('old'), to: device('new'), since: 1000 }])
})

test('of a link that comes again and again, only an earlier time is told', () => {
  const both = { userId: 'ada', anonymousId: 'd1' }
  expect(linksOf(both, both, { ...both, at: 500 }, both)).toEqual([{ from: device('d1'), to: user('ada'), since: 500 }])
})
