import type { ReactElement } from 'react'
import { Lazily } from '../lazy/lazily.tsx'
import type { ChartViewProps } from './chart/chart-view-props.ts'
import { DRAWN_VIEW } from './chart/drawn-view-part.ts'
import { KindSkeleton } from './chart/kind-skeleton.tsx'

/**
 * A frame as its spec says, in all of the box around it. The code that draws comes when the first chart is shown; what breaks in
 * it stays inside the box.
 */
export function ChartView(props: ChartViewProps): ReactElement {
  const { spec, frame } = props
  return <Lazily part={DRAWN_VIEW} props={props} of={frame} fallback={<KindSkeleton kind={spec.kind} />} />
}
