import type { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import type { ChartAnnotation, Pick } from '@almanac/core/charts/drawing.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'

/** The moment that all charts of a board point at, and the way to point elsewhere. */
interface SharedCrosshair {
  /** RFC 3339: the start of a bucket. */
  readonly time: string | undefined
  readonly set: (time: string | undefined) => void
}

/** What a reader can do on a chart; what is left out is not offered. */
export interface ChartActions {
  readonly crosshair?: SharedCrosshair | undefined
  readonly annotations?: readonly ChartAnnotation[] | undefined
  /** A stretch of the time axis was marked: half-open, RFC 3339. */
  readonly onZoom?: ((from: string, to: string) => void) | undefined
  /** A mark was clicked. `isAdditive`: with ctrl, ⌘ or shift, beside what is picked already. */
  readonly onPick?: ((picks: readonly Pick[], isAdditive: boolean) => void) | undefined
  /** A bucket of time was double-clicked. */
  readonly onDrill?: ((time: string, timeEnd: string) => void) | undefined
  /** What the two do, for the hint beside a mark: "to filter" and "to look inside" if nothing is said. */
  readonly actionWords?: { readonly pick: string; readonly drill: string } | undefined
}

export interface ChartViewProps extends ChartActions {
  readonly spec: ChartSpec
  readonly frame: Frame
  /** Says to a screen reader what is drawn. */
  readonly title: string
  /** Keys of series that are switched off. Without it the chart keeps them by itself. */
  readonly hidden?: ReadonlySet<string> | undefined
  readonly onHidden?: ((hidden: ReadonlySet<string>) => void) | undefined
}
