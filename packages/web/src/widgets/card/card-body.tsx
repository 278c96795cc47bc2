import { EMPTY_FRAME, type Frame } from '@almanac/core/charts/frame.ts'
import { isStatic } from '@almanac/core/charts/static-kinds.ts'
import type { ReactElement } from 'react'
import { FailureNote } from '../../lazy/failure-note.tsx'
import type { ChartViewProps } from '../chart/chart-view-props.ts'
import { KindSkeleton } from '../chart/kind-skeleton.tsx'
import { ChartView } from '../chart-view.tsx'
import type { Loadable } from '../loadable.ts'

interface Props extends Omit<ChartViewProps, 'frame'> {
  readonly loadable: Loadable<Frame>
}

/** The drawing, or what stands in its place; always as large as the box. */
export function CardBody({ loadable, spec, ...rest }: Props): ReactElement {
  if (isStatic(spec.kind)) return <ChartView {...rest} spec={spec} frame={EMPTY_FRAME} />
  if (loadable.data) return <ChartView {...rest} spec={spec} frame={loadable.data} />
  if (loadable.error) return <FailureNote error={loadable.error} retry={loadable.retry} />
  return <KindSkeleton kind={spec.kind} />
}
