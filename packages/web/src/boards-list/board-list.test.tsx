import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterContextProvider,
} from '@tanstack/react-router'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { ApiError } from '../api/api-error.ts'
import type { BoardEntry } from '../api/boards.ts'
import type { Loadable } from '../widgets/loadable.ts'
import { BoardCards } from './board-cards.tsx'
import { BoardListView } from './board-list-view.tsx'
import { changedText, ownerText } from './board-words.ts'
import { parseListSearch } from './list-search.ts'
import { placeText } from './place-text.ts'
import type { BoardList } from './tree/board-tree.ts'
import { BoardLine } from './tree/lines.tsx'

const nothing = () => undefined
const NOW = Temporal.Instant.from('2026-11-22T12:00:00Z')
const BOARD: BoardEntry = {
  slug: 'sales',
  title: '<b>Sales</b>',
  description: 'What we sell',
  folderId: null,
  visibility: 'private',
  origin: 'made',
  ownerName: 'Ada',
  updatedAt: '2026-11-22T11:00:00Z',
  isFavourite: true,
  mayEdit: true,
}
const READY: BoardEntry = { ...BOARD, slug: 'web', title: 'Web', origin: 'ready', ownerName: null, updatedAt: null }

/** Links know where they lead by a router; nothing here follows one. */
const root = createRootRoute()
const router = createRouter({
  routeTree: root.addChildren([createRoute({ getParentRoute: () => root, path: '/dashboards/$slug' })]),
  history: createMemoryHistory(),
})
const html = (element: React.ReactElement) =>
  renderToStaticMarkup(<RouterContextProvider router={router as never}>{element}</RouterContextProvider>)

describe('the list', () => {
  const loading: Loadable<BoardList> = { data: undefined, error: undefined, isSuperseded: false, retry: nothing }
  const view = (list: Loadable<BoardList>, more: { q?: string; isViewer?: boolean } = {}) =>
    html(
      <BoardListView
        list={list}
        search={more.q ? { q: more.q } : {}}
        hidden={new Set()}
        now={NOW}
        onOpen={nothing}
        onMake={more.isViewer ? undefined : nothing}
        onClear={nothing}
        onStar={nothing}
        onDrop={undefined}
        actions={undefined}
      />,
    )

  test('waits, and fails with what can be done', () => {
    const error = new ApiError(503, { code: 'engine_unavailable', message: 'Not now.', hint: 'Come back.' })
    expect(view(loading)).toContain('aria-label="Loading"')
    for (const text of ['Not now.', 'Come back.', 'Try again']) expect(view({ ...loading, error })).toContain(text)
  })

  test('says why it is empty', () => {
    const empty = { ...loading, data: { boards: [], folders: [] } }
    expect(view(empty)).toContain('Make the first one')
    expect(view(empty, { isViewer: true })).not.toContain('Make the first one')
    const found = view({ ...loading, data: { boards: [BOARD], folders: [] } }, { q: 'zzz' })
    expect(found).toContain('No dashboard fits this')
    expect(found).toContain('Show all')
  })
})

describe('a line of the list', () => {
  const line = (board: BoardEntry) =>
    html(
      <BoardLine
        line={{ kind: 'board', id: `board:${board.slug}`, board, folder: undefined }}
        level={1}
        isFlat
        now={NOW}
        actions={undefined}
        onStar={nothing}
      />,
    )

  test('tells whose the board is, who sees it and when it was changed, as text', () => {
    const text = line(BOARD)
    expect(text).toContain('&lt;b&gt;Sales&lt;/b&gt;')
    for (const part of ['Ada', 'Private', '1 hour ago', 'What we sell']) expect(text).toContain(part)
    expect(text).toContain('href="/dashboards/sales"')
  })

  test('names its star after the board, and says whether it is one', () => {
    expect(line(BOARD)).toMatch(/aria-label="Remove [^"]*Sales[^"]* from favourites"/)
    expect(line({ ...BOARD, isFavourite: false })).toMatch(/aria-label="Add [^"]*Sales[^"]* to favourites"/)
  })

  test('offers no menu to those who only look', () => {
    expect(line(BOARD)).not.toContain('More about')
  })
})

test('boards that are likely wanted are links; without any there is no heading', () => {
  expect(html(<BoardCards label="Favourites" boards={[BOARD]} />)).toContain('href="/dashboards/sales"')
  expect(html(<BoardCards label="Favourites" boards={[]} />)).toBe('')
})

test('a board that nobody made here says where it comes from', () => {
  expect([ownerText(BOARD), ownerText(READY), ownerText({ ...READY, origin: 'workspace' })]).toEqual([
    'Ada',
    'Ready-made',
    'Workspace',
  ])
  expect(changedText(READY, NOW)).toBe('–')
})

test('an address is understood leniently', () => {
  expect(parseListSearch({ q: 'sales', from: 'ready' })).toEqual({ q: 'sales', from: 'ready' })
  expect(parseListSearch({ q: ['a'], from: 'moon' })).toEqual({})
  expect(parseListSearch({ q: '' })).toEqual({})
})

test('a problem of a file is told at its place in the code', () => {
  expect(placeText(['tabs', 0, 'sections', '1', 'title'])).toBe('tabs[0].sections[1].title')
  expect(placeText([])).toBe('')
})
