import { type ReactElement, Suspense } from 'react'
import { ChartBoundary } from './chart/chart-boundary.tsx'
import type { ChartViewProps } from './chart/chart-view-props.ts'
import { DRAWN_VIEW } from './chart/drawn-view-part.ts'
import { KindSkeleton } from './chart/kind-skeleton.tsx'
import { Lazily } from './chart/lazy-again.tsx'

/**
 * A frame as its spec says, in all of the box around it. The code that draws comes when the first chart is shown; what breaks in
 * it stays inside the box.
 */
export function ChartView(props: ChartViewProps): ReactElement {
  return (
    <ChartBoundary of={props.frame}>
      <Suspense fallback={<KindSkeleton kind={props.spec.kind} />}>
        <Lazily part={DRAWN_VIEW} props={props} />
      </Suspense>
    </ChartBoundary>
  )
}
