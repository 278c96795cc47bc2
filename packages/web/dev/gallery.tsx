import '../src/ui/base.css'
import type { ChartAnnotation } from '@almanac/core/charts/drawing.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'
import { HITS_BY_DAY } from '@almanac/core/charts/testing/frames.ts'
import { NOTHING } from '@almanac/core/charts/testing/frames-parts.ts'
import { Pencil, Trash2 } from 'lucide-react'
import { type ReactElement, StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiError } from '../src/api/api-error.ts'
import type { Loadable } from '../src/widgets/loadable.ts'
import { WidgetCard } from '../src/widgets/widget-card.tsx'
import { type Case, HARD, KINDS, manyMinutes, manyRows } from './gallery-cases.ts'

/**
 * Every kind of widget, the cases that break widgets, and every state, from figures that are made up: with `vite` running, open
 * /dev/gallery.html. `?part=kinds`, `hard`, `states` or `large`; `&only=` and a part of a title shows what has it.
 */
const search = new URLSearchParams(location.search)
const part = search.get('part') ?? 'kinds'
const only = search.get('only') ?? ''
const ERROR = new ApiError(504, {
  code: 'query_timeout',
  message: 'The query took longer than 30 seconds.',
  hint: 'Choose a shorter range or a coarser grain.',
  requestId: 'req-7f3a',
})
const nothing = () => undefined
const ready = (data: Frame): Loadable<Frame> => ({ data, error: undefined, isSuperseded: false, retry: nothing })
const loading: Loadable<Frame> = { data: undefined, error: undefined, isSuperseded: false, retry: nothing }
const ACTIONS = [
  { id: 'edit', label: 'Edit', icon: <Pencil size={14} aria-hidden />, run: nothing },
  { id: 'delete', label: 'Delete', icon: <Trash2 size={14} aria-hidden />, run: nothing },
]
const ANNOTATIONS: readonly ChartAnnotation[] = [
  { at: '2026-10-14T11:00:00+02:00', title: 'Release 4.2' },
  { at: '2026-10-20T00:00:00+02:00', until: '2026-10-24T00:00:00+02:00', title: 'Autumn sale' },
]

const STATES: readonly (Case & { readonly state: Loadable<Frame>; readonly ignored?: readonly string[] })[] = [
  ...(['line', 'number', 'table', 'donut', 'treemap', 'ranked_list'] as const).map((kind) => ({
    title: `Loading ${kind}`,
    spec: { kind },
    frame: NOTHING,
    state: loading,
    width: 4,
    heightPx: 220,
  })),
  { title: 'Failed', spec: { kind: 'line' }, frame: NOTHING, state: { ...loading, error: ERROR }, width: 4 },
  {
    title: 'Failed, small',
    spec: { kind: 'number' },
    frame: NOTHING,
    state: { ...loading, error: ERROR },
    width: 3,
    heightPx: 180,
  },
  { title: 'Nothing', spec: { kind: 'line' }, frame: NOTHING, state: ready(NOTHING), width: 4 },
  {
    title: 'An old answer',
    spec: { kind: 'line' },
    frame: HITS_BY_DAY,
    state: { ...ready(HITS_BY_DAY), error: ERROR },
    width: 4,
  },
  {
    title: 'Superseded',
    spec: { kind: 'line' },
    frame: HITS_BY_DAY,
    state: { ...ready(HITS_BY_DAY), isSuperseded: true },
    width: 4,
  },
  {
    title: 'Not all rows, and a title that is longer than its card has room for',
    spec: { kind: 'line' },
    frame: HITS_BY_DAY,
    state: { ...ready({ ...HITS_BY_DAY, isTruncated: true }), isStale: true },
    ignored: ['Country', 'Plan'],
    width: 4,
  },
]

const LARGE: readonly Case[] =
  part === 'large'
    ? [
        {
          title: '200,000 rows',
          spec: { kind: 'table', bars: ['hits'] },
          frame: manyRows(200_000),
          width: 6,
          heightPx: 400,
        },
        { title: '200,000 points', spec: { kind: 'line' }, frame: manyMinutes(200_000), width: 6, heightPx: 400 },
        {
          title: '200,000 dots',
          spec: { kind: 'scatter', x: 'hits', y: 'revenue' },
          frame: manyRows(200_000),
          width: 6,
          heightPx: 400,
        },
        { title: '200,000 bars', spec: { kind: 'bar' }, frame: manyRows(200_000), width: 6, heightPx: 400 },
      ]
    : []

function Gallery(): ReactElement {
  const [time, setTime] = useState<string>()
  const [did, setDid] = useState('')
  const parts: Readonly<Record<string, readonly Case[]>> = { kinds: KINDS, hard: HARD, states: STATES, large: LARGE }
  const cases = (parts[part] ?? KINDS).filter(({ title }) => title.includes(only))
  return (
    <main className="p-4 sm:p-6">
      <h1 className="mb-4 text-xl font-semibold">Widgets: {part}</h1>
      <p role="log" className="sr-only">
        {did}
      </p>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-12">
        {cases.map((one: Case & { state?: Loadable<Frame>; ignored?: readonly string[] }) => (
          <div
            key={`${one.title} ${one.spec.kind}`}
            style={{ height: one.heightPx ?? 300 }}
            className={SPANS[one.width ?? 6]}
          >
            <WidgetCard
              title={one.title}
              description={one.title === 'Hits by day' ? 'Every request but those of bots.' : undefined}
              spec={one.spec}
              loadable={one.state ?? ready(one.frame)}
              ignored={one.ignored ?? []}
              actions={ACTIONS}
              crosshair={{ time, set: setTime }}
              annotations={one.title === 'Hits by day' ? ANNOTATIONS : []}
              onZoom={(from, to) => setDid(`zoom ${from} ${to}`)}
              onPick={(picks, isAdditive) => setDid(`pick ${JSON.stringify(picks)} ${isAdditive}`)}
              onDrill={(from, to) => setDid(`drill ${from} ${to}`)}
            />
          </div>
        ))}
      </div>
    </main>
  )
}

const SPANS: Readonly<Record<number, string>> = {
  3: 'sm:col-span-3',
  4: 'sm:col-span-4',
  5: 'sm:col-span-5',
  6: 'sm:col-span-6',
  7: 'sm:col-span-7',
  8: 'sm:col-span-8',
  12: 'sm:col-span-12',
}

if (!('Temporal' in globalThis)) await import('temporal-polyfill/global')
const root = document.getElementById('root')
if (!root) throw new Error('gallery.html has no element #root')
createRoot(root).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
)
