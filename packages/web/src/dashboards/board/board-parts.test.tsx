import { Board } from '@almanac/core/boards/board.ts'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import type { BoardAnswer } from '../../api/boards.ts'
import { crosshairStore } from '../live/crosshair.ts'
import type { Refreshing } from '../live/use-refresh.ts'
import { type BoardContext, BoardProvider } from './board-context.ts'
import type { BoardSearch } from './choice/board-search.ts'
import { readerChoice } from './choice/reader-choice.ts'
import { BoardMenu } from './head/board-menu.tsx'
import { CrumbBar } from './head/crumb-bar.tsx'
import { RefreshPicker } from './head/refresh-picker.tsx'
import { AwayBanner } from './notes/away-banner.tsx'
import { BoardNotes } from './notes/board-notes.tsx'
import { PrintHeading } from './print/print-heading.tsx'

const nothing = () => undefined
const BOARD = Board.parse({
  title: 'Shop',
  variables: [{ name: 'plan', label: 'Plan', cube: 'revenue', dimension: 'plan' }],
  tabs: [{ id: 'main', title: '', sections: [{ id: 's' }] }],
})
const choiceOf = (search: BoardSearch) =>
  readerChoice(BOARD, search, Temporal.Instant.from('2026-11-18T09:42:07Z'), 'Europe/Berlin')
const html = renderToStaticMarkup

describe('the state of the figures', () => {
  const picker = (refreshing: Refreshing) =>
    html(
      <RefreshPicker
        refresh={refreshing.state === 'off' ? 'off' : refreshing.state === 'timed' ? '30s' : 'live'}
        refreshing={refreshing}
        asOf="2026-11-18T09:42:07Z"
        timezone="Europe/Berlin"
        onChange={nothing}
      />,
    )

  test.each<{ refreshing: Refreshing; has: string }>([
    { refreshing: { state: 'live', nextAt: undefined }, has: 'Live' },
    { refreshing: { state: 'reconnecting', nextAt: undefined }, has: 'Reconnecting' },
    { refreshing: { state: 'off', nextAt: undefined }, has: 'Paused' },
    { refreshing: { state: 'timed', nextAt: Date.now() + 20_500 }, has: 'next in 21 s' },
  ])('says $has and how old they are', ({ refreshing, has }) => {
    expect(picker(refreshing)).toContain(has)
    expect(picker(refreshing)).toContain('as of 10:42:07')
  })

  test('is told over the page when the server is away', () => {
    const banner = html(<AwayBanner asOf="2026-11-18T09:42:07Z" timezone="Europe/Berlin" />)
    expect(banner).toMatch(/role="alert".*connection to Almanac is lost.*as of 10:42:07/s)
  })
})

describe('notes above the board', () => {
  const answer = (problems: BoardAnswer['problems']): BoardAnswer => ({
    slug: 'shop',
    title: 'Shop',
    description: '',
    folderId: null,
    visibility: 'team',
    origin: 'made',
    ownerName: null,
    updatedAt: null,
    isFavourite: false,
    mayEdit: true,
    version: 1,
    board: BOARD,
    problems,
  })

  test('are not there when all is well', () => {
    expect(html(<BoardNotes answer={answer([])} choice={choiceOf({})} />)).toBe('')
  })

  test('say which range could not be read, as text, and which is shown', () => {
    const notes = html(<BoardNotes answer={answer([])} choice={choiceOf({ range: '<img src=x>' })} />)
    expect(notes).toContain('&lt;img src=x&gt;')
    expect(notes).toContain('Last 28 days')
  })

  test('say what widgets ask for in vain', () => {
    const notes = html(
      <BoardNotes
        answer={answer([{ path: ['tabs', 0], message: 'the cube "web" has no measure "x"' }])}
        choice={choiceOf({})}
      />,
    )
    expect(notes).toContain('has no measure')
  })
})

test('the way into a range ends where the reader is', () => {
  const way = [
    { label: '2026', search: { range: '2026' } },
    { label: 'March 2026', search: { range: '2026-03' } },
  ]
  const bar = html(<CrumbBar crumbs={way} onGo={nothing} />)
  expect(bar).toMatch(/<button[^>]*>2026<\/button>.*aria-current="page"[^>]*>March 2026/s)
  expect(html(<CrumbBar crumbs={[]} onGo={nothing} />)).toBe('')
})

test('on paper, text says what the controls say on the screen', () => {
  const search: BoardSearch = {
    range: '7d',
    compare: ['previous_year'],
    filters: '[["country","not_in","DE"]]',
    'var-plan': ['pro'],
  }
  const context: BoardContext = {
    board: BOARD,
    slug: 'shop',
    choice: choiceOf(search),
    search,
    go: nothing,
    crosshair: crosshairStore(),
    annotations: [],
    isPrinting: true,
    isAway: false,
    labelOf: (dimension) => dimension.toUpperCase(),
    onAnnotate: undefined,
  }
  const heading = html(
    <BoardProvider value={context}>
      <PrintHeading asOf={undefined} />
    </BoardProvider>,
  )
  for (const text of [
    'Last 7 days',
    'Europe/Berlin',
    'Compared with previous year',
    'Plan: pro',
    'COUNTRY is not Germany',
  ]) {
    expect(heading).toContain(text)
  }
})

test('the menu’s button says what it is for', () => {
  const actions = { onCode: nothing, onPrint: nothing, onKiosk: nothing }
  const none = { onEdit: undefined, onShare: undefined, onDuplicate: undefined, onVersions: undefined }
  expect(html(<BoardMenu actions={{ ...actions, ...none }} />)).toContain('aria-label="More about this board"')
})
