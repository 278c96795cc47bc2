import { Board, type BoardInput } from '@almanac/core/boards/board.ts'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { type CubeEntry, cubesQuery } from '../../api/cubes.ts'
import type { BoardSearch } from '../board/choice/board-search.ts'
import { readerChoice } from '../board/choice/reader-choice.ts'
import { BoardToolbar } from './board-toolbar.tsx'

const WEB: CubeEntry = {
  name: 'web',
  label: 'Web',
  timezone: 'UTC',
  firstDayOfWeek: 1,
  fiscalYearStart: 1,
  dimensions: [{ name: 'path', label: 'Page', type: 'string', kind: 'expression' }],
  measures: [{ name: 'hits', label: 'Hits', format: 'integer', better: 'higher', class: 'additive' }],
}

function toolbar(search: BoardSearch, input: Partial<BoardInput> = {}): string {
  const widget = {
    id: 'w',
    place: { x: 0, y: 0, w: 8, h: 4 },
    chart: { kind: 'line' as const },
    data: [{ from: 'cube' as const, cube: 'web', measures: ['hits'] }],
  }
  const board = Board.parse({
    title: 'Shop',
    tabs: [{ id: 'main', title: '', sections: [{ id: 's', widgets: [widget] }] }],
    ...input,
  })
  const client = new QueryClient()
  client.setQueryData(cubesQuery.queryKey, [WEB])
  const choice = readerChoice(board, search, Temporal.Instant.from('2026-11-18T09:42:07Z'), 'UTC')
  return renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <BoardToolbar board={board} choice={choice} search={search} onChange={() => undefined} />
    </QueryClientProvider>,
  )
}

test('the range says its name and its dates', () => {
  expect(toolbar({ range: '7d' })).toMatch(/aria-label="Range: Last 7 days, [^"]*2026"/)
  expect(toolbar({ range: '2026-01-01 to 2026-02-01' })).toMatch(/aria-label="Range: [^"]*Jan[^"]*2026"/)
})

test('a grain that makes no sense for the range can’t be chosen', () => {
  const html = toolbar({ range: '12mo' })
  expect(html).toMatch(/aria-disabled="true"[^>]*>Hour</)
  expect(html).not.toMatch(/aria-disabled="true"[^>]*>Month</)
})

test('filters are named as the cube names them, and what is in them is text', () => {
  const html = toolbar({ filters: '[["path","not_in","/<b>"],["gone","in","x"]]' })
  expect(html).toContain('aria-label="Filter: Page is not /&lt;b&gt;"')
  expect(html).toContain('aria-label="Remove the filter: gone is x"')
  expect(html).toContain('Clear filters')
})

test('variables say what is chosen, comparisons how many there are', () => {
  const variables = [{ name: 'page', label: 'Page', cube: 'web', dimension: 'path' }]
  const html = toolbar({ 'var-page': ['/a', '/b'], compare: ['previous_year', 'previous_week'] }, { variables })
  expect(html).toContain('aria-label="Page: /a +1"')
  expect(html).toContain('aria-label="Comparison: vs 2 others"')
  expect(toolbar({}, { variables })).toContain('aria-label="Page: All"')
})
