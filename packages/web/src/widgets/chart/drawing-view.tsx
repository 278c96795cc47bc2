import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'
import type { Drawing } from '@almanac/core/charts/drawing.ts'
import type { ChartTheme } from '@almanac/core/charts/theme.ts'
import type { ReactElement } from 'react'
import { Lazily } from '../../lazy/lazily.tsx'
import { BulletView } from '../views/bullet-view.tsx'
import { EmbedView } from '../views/embed-view.tsx'
import { EmptyView } from '../views/empty-view.tsx'
import { ImageView } from '../views/image-view.tsx'
import { NumberView } from '../views/number-view.tsx'
import { RankedView } from '../views/ranked-view.tsx'
import { GridView } from '../views/table/grid-view.tsx'
import { PivotView } from '../views/table/pivot-view.tsx'
import { TableView } from '../views/table/table-view.tsx'
import { TextView } from '../views/text-view.tsx'
import { TimelineView } from '../views/timeline-view.tsx'
import { CHART_CANVAS } from './canvas/chart-canvas-part.ts'
import type { ChartActions } from './chart-view-props.ts'
import { KindSkeleton } from './kind-skeleton.tsx'
import type { Size } from './use-size.ts'

interface Props extends ChartActions {
  readonly kind: ChartKind
  readonly drawing: Drawing
  readonly theme: ChartTheme
  readonly size: Size
  readonly title: string
  readonly isAnimated: boolean
}

/** Each kind of drawing by its own view. */
export function DrawingView({ kind, drawing, size, isAnimated, ...rest }: Props): ReactElement {
  const { title, theme, onPick } = rest
  switch (drawing.as) {
    case 'chart':
      return (
        <Lazily
          part={CHART_CANVAS}
          props={{ ...rest, drawing, size, isAnimated }}
          of={drawing}
          fallback={<KindSkeleton kind={kind} />}
        />
      )
    case 'number':
      return <NumberView drawing={drawing} size={size} title={title} />
    case 'table':
      return <TableView drawing={drawing} title={title} size={size} onPick={onPick} />
    case 'pivot':
      return <PivotView drawing={drawing} title={title} size={size} onPick={onPick} />
    case 'ranked':
      return <RankedView drawing={drawing} title={title} onPick={onPick} />
    case 'grid':
      return <GridView drawing={drawing} title={title} theme={theme} onPick={onPick} />
    case 'timeline':
      return <TimelineView drawing={drawing} title={title} theme={theme} onPick={onPick} />
    case 'bullet':
      return <BulletView drawing={drawing} title={title} />
    case 'text':
      return <TextView markdown={drawing.markdown} />
    case 'image':
      return <ImageView drawing={drawing} />
    case 'embed':
      return <EmbedView address={drawing.address} title={title} />
    case 'empty':
      return <EmptyView drawing={drawing} />
  }
}
