import type { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'
import { isStatic } from '@almanac/core/charts/static-kinds.ts'
import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react'
import { CardBody } from './card/card-body.tsx'
import { CardHeader } from './card/card-header.tsx'
import { type CardAction, CardMenu, figureActions } from './card/card-menu.tsx'
import { asOfText } from './card/frame-note.ts'
import { tableOf } from './card/frame-table.ts'
import { FullScreen } from './card/full-screen.tsx'
import { useDownloads } from './card/use-downloads.ts'
import { preloadChart } from './chart/canvas/preload-charts.ts'
import type { ChartActions } from './chart/chart-view-props.ts'
import type { Loadable } from './loadable.ts'

export interface WidgetCardProps extends ChartActions {
  readonly title: string
  readonly description?: string | undefined
  /** A range of its own, in words. */
  readonly range?: string | undefined
  readonly spec: ChartSpec
  /** Text, images and embedded pages have no figures: whatever is in it, they are shown. */
  readonly loadable: Loadable<Frame>
  /** Filters of the board that the widget's cube has no dimension for, by the names that are shown. */
  readonly ignored: readonly string[]
  readonly actions: readonly CardAction[]
  /** The card is being arranged: nothing in it but its header reacts to the pointer. */
  readonly isEditing?: boolean | undefined
}

/** A widget with its header, menu and every state. It fills its box and never changes its size. */
export function WidgetCard(props: WidgetCardProps): ReactElement {
  const { title, description, range, spec, loadable, ignored, actions, isEditing = false, ...chartActions } = props
  const { data, error, isSuperseded } = loadable
  const body = useRef<HTMLDivElement>(null)
  const [isTable, setTable] = useState(false)
  const [isFull, setFull] = useState(false)
  const [hidden, setHidden] = useState(NONE_HIDDEN)
  const downloads = useDownloads(title, spec, data, body)
  useEffect(() => preloadChart(spec.kind), [spec.kind])

  const asTable = useMemo(() => (isTable && data ? tableOf(spec, data) : undefined), [isTable, spec, data])
  const hasFigures = !isStatic(spec.kind)
  const drawn = {
    ...chartActions,
    title,
    hidden,
    onHidden: setHidden,
    spec: asTable?.spec ?? spec,
    loadable: asTable ? { ...loadable, data: asTable.frame } : loadable,
  }
  const figures = figureActions({
    isTable,
    canSwitch: spec.kind !== 'table',
    onSwitch: () => setTable(!isTable),
    onCsv: downloads.csv,
    onPng: downloads.png,
    onFullScreen: () => setFull(true),
  })
  const menu = (
    <CardMenu
      title={title}
      figures={data && hasFigures ? figures : []}
      actions={actions}
      note={data && asOfText(data)}
    />
  )

  return (
    // Not a section: that is a landmark, and two of one name are no help to find one's way.
    <article
      aria-label={title || 'Widget'}
      aria-busy={hasFigures && ((data === undefined && !error) || isSuperseded)}
      className="card group/card relative isolate flex h-full min-h-0 min-w-0 flex-col"
    >
      {title || hasFigures || isEditing ? (
        <CardHeader
          title={title}
          range={range}
          description={description}
          ignored={ignored}
          loadable={loadable}
          menu={menu}
        />
      ) : (
        <div className="absolute top-1.5 right-1.5 z-10">{menu}</div>
      )}
      {downloads.problem && (
        <p role="alert" className="absolute inset-x-0 top-10 z-20 bg-negative-soft px-4 py-1.5 text-sm text-negative">
          {downloads.problem}
        </p>
      )}
      <div
        ref={body}
        inert={isEditing}
        className={`min-h-0 flex-1 overflow-hidden ${title || hasFigures ? 'rounded-b-lg' : `rounded-lg ${spec.kind === 'text' ? 'pt-3' : ''}`} ${isSuperseded ? 'superseded' : ''}`}
      >
        <CardBody {...drawn} />
      </div>
      {isFull && (
        <FullScreen title={title} isOpen onClose={() => setFull(false)}>
          <CardBody {...drawn} />
        </FullScreen>
      )}
    </article>
  )
}

const NONE_HIDDEN: ReadonlySet<string> = new Set()
