import { expect, test } from 'vitest'
import { emptyBoard } from '../../dashboards/edit/start/empty-board.ts'
import { usualBoard, withWidget } from './put-on-board.ts'

const WIDGET = { title: 'Hits', chart: { kind: 'line' as const }, data: [], place: { w: 12, h: 7 } }

test('a widget lands at the first free spot of the first section, and a second one beside it', () => {
  const board = withWidget(withWidget(emptyBoard(), WIDGET), WIDGET)
  expect(board.tabs[0]?.sections[0]?.widgets).toMatchObject([
    { id: 'hits', place: { x: 0, y: 0, w: 12, h: 7 } },
    { id: 'hits-2', place: { x: 12, y: 0, w: 12, h: 7 } },
  ])
})

test('the board that was looked at last is meant, of those that may be changed; without one, none', () => {
  const mine = [{ slug: 'of-ben' }, { slug: 'sales' }, { slug: 'shop' }]
  expect(usualBoard(mine, [{ slug: 'ready' }, { slug: 'shop' }, { slug: 'sales' }])).toBe(mine[2])
  expect(usualBoard(mine, [{ slug: 'ready' }])).toBeUndefined()
})
