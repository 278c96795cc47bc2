import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ApiError } from '../api/api-error.ts'
import type { TrashedBoard } from '../api/boards.ts'
import type { Loadable } from '../widgets/loadable.ts'
import { TrashList } from './trash-list.tsx'

const nothing = () => undefined
const NOW = Temporal.Instant.from('2026-11-22T12:00:00Z')
const BOARD: TrashedBoard = {
  id: 'x',
  slug: 'sales',
  title: '<b>Sales</b>',
  visibility: 'team',
  ownerName: 'Ada',
  deletedAt: '2026-11-20T12:00:00Z',
  deletedBy: null,
}
const html = (boards: Partial<Loadable<readonly TrashedBoard[]>>) =>
  renderToStaticMarkup(
    <TrashList
      boards={{ data: undefined, error: undefined, isSuperseded: false, retry: nothing, ...boards }}
      keptDays={30}
      now={NOW}
      onRestore={nothing}
      onEnd={nothing}
    />,
  )

test('a deleted board says when it was deleted, by whom, and how long it stays, as text', () => {
  const text = html({ data: [BOARD] })
  for (const part of [
    '&lt;b&gt;Sales&lt;/b&gt;',
    'sales, of Ada',
    '2 days ago',
    'somebody who is gone',
    '28 days left',
  ]) {
    expect(text).toContain(part)
  }
  expect(text).toMatch(/aria-label="Restore [^"]*Sales[^"]*"/)
  expect(text).toMatch(/aria-label="Delete [^"]*Sales[^"]* for good"/)
})

test('what was deleted just now has all of its days', () => {
  expect(html({ data: [{ ...BOARD, deletedAt: '2026-11-22T11:59:58Z' }] })).toContain('30 days left')
})

test('the list waits, fails with what can be done, and says that it is empty', () => {
  const error = new ApiError(503, { code: 'engine_unavailable', message: 'Not now.', hint: 'Come back.' })
  expect(html({})).toContain('aria-label="Loading"')
  expect(html({ error })).toContain('Come back.')
  expect(html({ data: [] })).toContain('The trash is empty')
})
