import { Board } from '@almanac/core/boards/board.ts'
import { expect, test } from 'vitest'
import { readerChoice } from '../../board/choice/reader-choice.ts'
import { usualCube } from '../start/usual-cube.ts'
import { withShownDefaults } from './shown-defaults.ts'

const asking = (id: string, cube: string, y: number) => ({
  id,
  place: { x: 0, y, w: 6, h: 4 },
  chart: { kind: 'line' as const },
  data: [{ from: 'cube' as const, cube, measures: ['hits'] }],
})
const board = Board.parse({
  title: 'Shop',
  variables: [{ name: 'plan', label: 'Plan', cube: 'revenue', dimension: 'plan' }],
  tabs: [
    {
      id: 'a',
      title: '',
      sections: [{ id: 'b', widgets: [asking('x', 'web', 0), asking('y', 'revenue', 4), asking('z', 'web', 8)] }],
    },
  ],
})
const now = Temporal.Instant.from('2026-03-12T10:00:00Z')

test('what is looked at becomes what readers see who have chosen nothing', () => {
  const search = {
    range: '7d',
    grain: 'day' as const,
    compare: ['previous_year'],
    filters: '[["country","in","DE"]]',
    'var-plan': ['pro'],
    refresh: '5m' as const,
  }
  const after = withShownDefaults(board, readerChoice(board, search, now, 'UTC'))
  expect(after).toMatchObject({
    range: '7d',
    grain: 'day',
    refresh: '5m',
    compare: [{ with: 'previous_year', align: 'date', toDate: false }],
    filters: [{ dimension: 'country', op: 'in', values: ['DE'] }],
    variables: [{ name: 'plan', values: ['pro'] }],
  })
  expect(Board.parse(after)).toEqual(after)
})

test('who has chosen nothing changes nothing', () => {
  expect(withShownDefaults(board, readerChoice(board, {}, now, 'UTC'))).toEqual(board)
})

test('the usual cube of a board is the one that is asked most', () => {
  expect(usualCube(board)).toBe('web')
  expect(usualCube({ ...board, tabs: [] })).toBeUndefined()
})
