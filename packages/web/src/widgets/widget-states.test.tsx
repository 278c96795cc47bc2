import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { ApiError } from '../api/api-error.ts'
import { EmptySeriesView } from '../dashboards/empty-series.tsx'
import { AwayBannerView, LiveIndicatorView } from '../dashboards/live-indicator.tsx'
import { topRows } from '../dashboards/top-rows.ts'
import { WEB_CUBE } from '../dashboards/web-cube.ts'
import { BigNumbersView } from './big-numbers.tsx'
import type { Loadable } from './loadable.ts'
import { SeriesTableView } from './series-table.tsx'
import { SeriesWidgetView } from './series-widget.tsx'
import { TopListView } from './top-list.tsx'

const nothing = () => undefined
const error = new ApiError(504, { code: 'query_timeout', message: 'Too slow.', hint: 'Ask for less.', requestId: 'r1' })
const loading = { data: undefined, error: undefined, isSuperseded: false, retry: nothing }
const failed = { ...loading, error }
const ready = <T,>(data: T): Loadable<T> => ({ ...loading, data })

const list = (rows: Loadable<ReturnType<typeof topRows>>) =>
  renderToStaticMarkup(
    <TopListView title="Top pages" rows={rows} visible={2} selected={['/a']} onSelect={nothing} onShowMore={nothing} />,
  )
const rowsOf = (...paths: string[]) =>
  topRows(
    paths.map((path) => ({ path, hits: 1, visitors: 1 })),
    'path',
    10,
    'en',
  )

describe('a list', () => {
  test('shows lines of nothing while it waits', () => {
    expect(list(loading)).toContain('aria-label="Loading"')
  })

  test('says what failed, what to do, and offers another try', () => {
    const html = list(failed)
    for (const text of ['Too slow.', 'Ask for less.', 'r1', 'Try again']) expect(html).toContain(text)
  })

  test('keeps its rows when a newer answer fails', () => {
    const html = list({ ...ready(rowsOf('/a')), error })
    expect(html).toContain('Not up to date')
    expect(html).toContain('/a')
  })

  test('says that there is nothing', () => {
    expect(list(ready([]))).toContain('Nothing in this range')
  })

  test('offers the rest only when there is one', () => {
    expect(list(ready(rowsOf('/a', '/b')))).not.toContain('Show more')
    expect(list(ready(rowsOf('/a', '/b', '/c')))).toContain('Show more')
  })

  test('shows names as text, whatever is in them', () => {
    const html = list(ready(rowsOf('<img src=x onerror=alert(1)>', 'عروض')))
    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html).toContain('<bdi')
  })

  test('marks the values that are filtered by', () => {
    expect(list(ready(rowsOf('/a', '/b'))).match(/aria-pressed="true"/g)).toHaveLength(1)
  })

  test('has the same height in every state', () => {
    for (const rows of [loading, failed, ready([]), ready(rowsOf('/a'))]) expect(list(rows)).toContain('height:3.75rem')
  })
})

describe('the big numbers', () => {
  const { hits } = WEB_CUBE.measures
  const numbers = (state: Parameters<typeof BigNumbersView>[0]['numbers']) =>
    renderToStaticMarkup(
      <BigNumbersView
        numbers={state}
        shapes={new Map([['hits', [1, 2, 3]]])}
        comparedWith={{ short: '1 – 18 Oct', exact: '1 Oct 2026, 00:00 – 18 Oct 2026, 10:42' }}
        names={['hits']}
        selected="hits"
        onSelect={nothing}
      />,
    )

  test('show the figure, its change and what it is compared with', () => {
    const delta = { kind: 'change', ratio: 0.5, tone: 'good' } as const
    const html = numbers(ready([{ name: 'hits', measure: hits, value: 1500, previous: 1000, delta }]))
    for (const text of ['Hits', '1,500', '+50%', 'vs 1 – 18 Oct', '1,000 in 1 Oct 2026']) expect(html).toContain(text)
  })

  test('keep old figures while others are on their way, and say so', () => {
    const value = { name: 'hits', measure: hits, value: 7, previous: undefined, delta: undefined }
    const html = numbers({ ...ready([value]), isSuperseded: true })
    expect(html).toContain('aria-busy="true"')
    expect(html).toContain('superseded')
  })

  test('tell an error', () => {
    expect(numbers(failed)).toContain('Too slow.')
  })
})

describe('the chart’s frame', () => {
  const frame = (state: Loadable<boolean>) =>
    renderToStaticMarkup(
      <SeriesWidgetView title="Hits by day" state={state} isTable={false} onToggleTable={nothing} empty={<p>empty</p>}>
        <p>drawing</p>
      </SeriesWidgetView>,
    )

  test.each([
    { name: 'a skeleton while it waits', state: loading, has: 'aria-label="Loading"' },
    { name: 'the error', state: failed, has: 'Too slow.' },
    { name: 'the drawing', state: ready(true), has: 'drawing' },
    { name: 'why it is empty', state: ready(false), has: 'empty' },
    { name: 'a badge over an old drawing', state: { ...ready(true), error }, has: 'Not up to date' },
  ])('shows $name', ({ state, has }) => {
    expect(frame(state)).toContain(has)
  })
})

test('the table has the newest first, exact figures, and leaves out what is ahead', () => {
  const columns = [{ name: 'bytes', label: 'Bytes sent', format: 'bytes' as const }]
  const rows = [
    { key: '1', label: 'Mon', state: 'closed' as const, figures: { bytes: 1_234_567 } },
    { key: '2', label: 'Tue', state: 'open' as const, figures: { bytes: 5 } },
    { key: '3', label: 'Wed', state: 'ahead' as const, figures: undefined },
  ]
  const html = renderToStaticMarkup(<SeriesTableView caption="Bytes by day" columns={columns} rows={rows} />)
  expect(html.indexOf('Tue')).toBeLessThan(html.indexOf('Mon'))
  expect(html).toContain('still running')
  expect(html).toContain('1,234,567 bytes')
  expect(html).not.toContain('Wed')
})

test('an empty range says where data is', () => {
  const from = Temporal.ZonedDateTime.from('2015-05-17T00:00[UTC]')
  const view = (extent: { from: typeof from; to: typeof from } | undefined, hasFilters: boolean) =>
    renderToStaticMarkup(
      <EmptySeriesView
        rangeLabel="Today"
        extent={extent}
        hasFilters={hasFilters}
        onShowAll={nothing}
        onClearFilters={nothing}
      />,
    )
  const extent = { from, to: from.add({ days: 4 }) }
  expect(view(extent, false)).toMatch(/Today.*There is data for .*2015.*Show all time/s)
  expect(view(extent, false)).not.toContain('Clear filters')
  expect(view(extent, true)).toContain('Clear filters')
  expect(view(undefined, false)).toContain('almanac import')
})

test('the indicator says how old the figures are', () => {
  const asOf = Temporal.Instant.from('2026-11-18T09:42:07Z')
  const html = renderToStaticMarkup(
    <LiveIndicatorView state="live" asOf={asOf} timezone="Europe/Berlin" onToggle={nothing} />,
  )
  expect(html).toMatch(/Live.*as of 10:42:07/s)
  expect(renderToStaticMarkup(<AwayBannerView asOf={asOf} timezone="Europe/Berlin" />)).toContain(
    'connection to Almanac is lost',
  )
})
