import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'
import type { ReactElement } from 'react'

/** Stands in, in the size of the box, while figures or code are on their way: roughly what will be there. */
export function KindSkeleton({ kind }: { kind: ChartKind }): ReactElement {
  return (
    <div role="status" aria-label="Loading" className="h-full w-full overflow-hidden">
      <Shape kind={kind} />
    </div>
  )
}

function Shape({ kind }: { kind: ChartKind }): ReactElement {
  switch (kind) {
    case 'number':
      return (
        <div className="flex h-full flex-col justify-center gap-3 px-4">
          <div className="skeleton h-8 w-32 max-w-full" />
          <div className="skeleton h-4 w-24 max-w-full" />
        </div>
      )
    case 'table':
    case 'pivot':
    case 'ranked_list':
    case 'bullet':
    case 'cohort_grid':
    case 'status_timeline':
    case 'horizontal_bar':
    case 'text':
      return <Rows />
    case 'pie':
    case 'donut':
    case 'sunburst':
    case 'radar':
    case 'gauge':
      return (
        <div className="grid h-full place-items-center p-4">
          <div className="skeleton aspect-square h-4/5 max-w-full rounded-full!" />
        </div>
      )
    case 'treemap':
    case 'heat_map':
    case 'calendar_heat_map':
    case 'hour_weekday':
    case 'world_map':
    case 'points_map':
    case 'sankey':
    case 'funnel':
    case 'image':
    case 'embed':
      return (
        <div className="h-full px-4 pt-1 pb-4">
          <div className="skeleton h-full" />
        </div>
      )
    default:
      return <Lines />
  }
}

function Rows(): ReactElement {
  return (
    <div className="flex flex-col gap-3.5 px-4 py-2">
      {ROWS.map((share) => (
        <div key={share} style={{ width: `${share}%` }} className="skeleton h-4 shrink-0" />
      ))}
    </div>
  )
}

/** The lines of a grid. */
function Lines(): ReactElement {
  return (
    <div className="flex h-full flex-col justify-between pt-4 pr-4 pb-8 pl-12">
      {ROWS.slice(0, 5).map((share) => (
        <div key={share} className="skeleton h-px w-full" />
      ))}
    </div>
  )
}

const ROWS = [88, 74, 81, 62, 55, 67, 43, 51, 36, 47, 29, 33]
