import { expect, test } from 'vitest'
import { type ArrivedEvent, EMPTY_LIST, type LiveAction, liveList, matching } from './live-events.ts'

const arrived = (name: string, more: Partial<ArrivedEvent> = {}): LiveAction => ({
  kind: 'arrived',
  event: {
    receivedAt: '2026-11-22T10:00:00Z',
    protocol: 'native',
    raw: `{"name":"${name}"}`,
    understood: { name },
    ...more,
  },
})
const after = (...actions: readonly LiveAction[]) => actions.reduce(liveList, EMPTY_LIST)
const namesOf = (events: readonly { name: string | undefined }[]) => events.map(({ name }) => name)

test('the newest event is on top', () => {
  expect(namesOf(after(arrived('a'), arrived('b')).shown)).toEqual(['b', 'a'])
})

test('a paused list stands still, and shows what came in the meantime when it goes on', () => {
  const paused = after(arrived('a'), { kind: 'toggle' }, arrived('b'), arrived('c'))
  expect(namesOf(paused.shown)).toEqual(['a'])
  expect(paused.held).toHaveLength(2)
  expect(namesOf(liveList(paused, { kind: 'toggle' }).shown)).toEqual(['c', 'b', 'a'])
})

test('clearing forgets what is held too, and does not resume', () => {
  const cleared = after(
    arrived('a'),
    { kind: 'toggle' },
    arrived('b'),
    { kind: 'skipped', count: 3 },
    { kind: 'clear' },
  )
  expect(cleared).toMatchObject({ shown: [], held: [], skipped: 0, isPaused: true })
})

test('no more than 200 events are kept, shown or held, and no two have the same id', () => {
  const many = Array.from({ length: 250 }, (_, n) => arrived(`e${n}`))
  const list = after(...many, { kind: 'toggle' }, ...many)
  expect([list.shown.length, list.held.length]).toEqual([200, 200])
  const resumed = liveList(list, { kind: 'toggle' })
  expect(resumed.shown).toHaveLength(200)
  expect(new Set([...list.shown, ...list.held].map(({ id }) => id)).size).toBe(400)
})

test('JSON is laid out, other text stays as it came', () => {
  const [json] = after(arrived('a')).shown
  expect(json?.rawText).toBe('{\n  "name": "a"\n}')
  const [text] = after(arrived('a', { raw: 'idsite=1&rec=1' })).shown
  expect(text?.rawText).toBe('idsite=1&rec=1')
})

test('an event that was refused has a reason and no name', () => {
  const [refused] = after(arrived('a', { understood: { reason: 'expected a name' } })).shown
  expect(refused).toMatchObject({ name: undefined, reason: 'expected a name' })
})

test('the filter looks at all of an event, whatever the case, and can keep problems only', () => {
  const list = after(
    arrived('signup', { understood: { name: 'signup', userId: 'Ada' } }),
    arrived('x', { protocol: 'matomo', understood: { reason: 'no site' } }),
  ).shown
  expect(namesOf(matching(list, 'ADA', false))).toEqual(['signup'])
  expect(matching(list, 'matomo', false)).toHaveLength(1)
  expect(matching(list, '', false)).toHaveLength(2)
  expect(matching(list, '', true).map(({ reason }) => reason)).toEqual(['no site'])
})
