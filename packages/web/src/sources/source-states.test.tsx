import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { ApiError } from '../api/api-error.ts'
import type { TrackingLink } from '../api/links.ts'
import type { Source } from '../api/sources.ts'
import { LinkListView } from '../links/link-list.tsx'
import type { Loadable } from '../widgets/loadable.ts'
import { HealthView } from './health/health-tab.tsx'
import { LiveEventLine } from './live/live-event-line.tsx'
import { SourceListView } from './source-list.tsx'

const nothing = () => undefined
const error = new ApiError(503, { code: 'engine_unavailable', message: 'Not now.', hint: 'Come back.' })
const loading = { data: undefined, error: undefined, isSuperseded: false, retry: nothing }
const ready = <T,>(data: T): Loadable<T> => ({ ...loading, data })

describe('the list of sources', () => {
  const list = (sources: Loadable<readonly Source[]>, onMake: (() => void) | undefined = nothing) =>
    renderToStaticMarkup(<SourceListView sources={sources} row={({ name }) => <tr key={name} />} onMake={onMake} />)

  test('waits, fails and is empty in words, with what can be done', () => {
    expect(list(loading)).toContain('aria-label="Loading"')
    for (const text of ['Not now.', 'Come back.', 'Try again']) expect(list({ ...loading, error })).toContain(text)
    expect(list(ready([]))).toContain('Make the first source')
  })

  test('offers nothing to those who may not make one', () => {
    expect(renderToStaticMarkup(<SourceListView sources={ready([])} row={nothing} onMake={undefined} />)).not.toContain(
      'Make the first source',
    )
  })
})

describe('the list of links', () => {
  const link: TrackingLink = {
    code: 'spring',
    url: 'https://s.example/l/spring',
    source: 'game',
    environment: 'sandbox',
    label: '<b>Spring</b>',
    target: 'https://example.com/',
    network: 'Newsletter',
    campaign: 'Spring',
    adgroup: '',
    creative: 'Video',
    parameters: {},
    createdAt: '2026-11-22T10:00:00Z',
    archivedAt: null,
    clicks: 1284,
    installs: 97,
  }
  const html = (act: (() => void) | undefined, archivedAt: string | null = null) =>
    renderToStaticMarkup(
      <LinkListView
        links={ready([{ ...link, archivedAt }])}
        labelOf={() => 'My game'}
        onMake={nothing}
        onEdit={act}
        onArchive={act}
      />,
    )

  test('says what a link stands for and what came of it, as text', () => {
    for (const text of ['&lt;b&gt;Spring', 'Newsletter › Spring › Video', 'My game', 'Sandbox', '1,284', '97']) {
      expect(html(nothing)).toContain(text)
    }
  })

  test('lets only those edit and archive who may', () => {
    expect(html(nothing)).toMatch(/Edit &lt;b&gt;Spring.*Archive &lt;b&gt;Spring/)
    expect(html(undefined)).not.toMatch(/Archive|Edit/)
  })

  test('does not offer to archive what is archived, but to edit it', () => {
    expect(html(nothing, '2026-11-22T11:00:00Z')).toContain('Edit')
    expect(html(nothing, '2026-11-22T11:00:00Z')).not.toContain('Archive')
  })
})

test('a source that never had an event says so, without a figure that looks like one', () => {
  const counts = { accepted: 0, duplicates: 0, rejected: [], filtered: [] }
  const health = { eventsPerSecond: 0, lastEventAt: null, lastHour: counts, today: counts }
  const html = renderToStaticMarkup(
    <HealthView health={health} rates={[]} now={Temporal.Instant.from('2026-11-22T10:00:00Z')} />,
  )
  expect(html).toContain('No event yet')
})

test('what people send is text in the debugger, whatever is in it', () => {
  const event = {
    id: 1,
    receivedAt: '2026-11-22T10:00:00Z',
    protocol: 'native',
    name: '<img src=x onerror=alert(1)>',
    reason: undefined,
    gist: '<script>',
    rawText: '',
    understoodText: '',
  }
  expect(renderToStaticMarkup(<LiveEventLine event={event} />)).not.toMatch(/<(img|script)/)
})
