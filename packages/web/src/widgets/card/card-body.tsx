import type { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'
import { STATIC_KINDS } from '@almanac/core/charts/static-kinds.ts'
import type { ReactElement } from 'react'
import type { ChartViewProps } from '../chart/chart-view-props.ts'
import { KindSkeleton } from '../chart/kind-skeleton.tsx'
import { ChartView } from '../chart-view.tsx'
import type { Loadable } from '../loadable.ts'
import { FailureNote } from './failure-note.tsx'

interface Props extends Omit<ChartViewProps, 'frame'> {
  readonly loadable: Loadable<Frame>
}

/** The drawing, or what stands in its place; always as large as the box. */
export function CardBody({ loadable, spec, ...rest }: Props): ReactElement {
  if (isStatic(spec)) return <ChartView {...rest} spec={spec} frame={NO_FIGURES} />
  if (loadable.data) return <ChartView {...rest} spec={spec} frame={loadable.data} />
  if (loadable.error) return <FailureNote error={loadable.error} retry={loadable.retry} />
  return <KindSkeleton kind={spec.kind} />
}

export function isStatic({ kind }: ChartSpec): boolean {
  return (STATIC_KINDS as readonly string[]).includes(kind)
}

/** What text, images and embedded pages are drawn from. */
const NO_FIGURES: Frame = {
  columns: [],
  rows: [],
  totals: [],
  timezone: 'UTC',
  firstDayOfWeek: 1,
  grain: undefined,
  openFrom: undefined,
  from: undefined,
  to: undefined,
  comparisons: [],
  asOf: undefined,
  isTruncated: false,
}
