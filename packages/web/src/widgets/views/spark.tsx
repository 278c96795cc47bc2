import type { NumberDrawing } from '@almanac/core/charts/drawing.ts'
import type { ReactElement } from 'react'
import { sparkPaths } from './spark-paths.ts'

/** The shape of a figure over time, without axes: what is still running is dashed, what it is compared with a faint line. */
export function Spark({ sparkline }: { sparkline: NonNullable<NumberDrawing['sparkline']> }): ReactElement | null {
  const { line, area, open, ghost } = sparkPaths(sparkline)
  if (!line && !open) return null
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 100 28"
      preserveAspectRatio="none"
      className="block h-full w-full overflow-visible text-accent"
    >
      <path d={area} className="fill-current opacity-10" />
      <path
        d={ghost}
        fill="none"
        strokeDasharray="2 3"
        className={`${STROKE} text-faint opacity-70`}
        strokeWidth="1.25"
      />
      <path d={line} fill="none" className={STROKE} strokeWidth="1.75" />
      <path d={open} fill="none" strokeDasharray="3 3" className={STROKE} strokeWidth="1.75" />
    </svg>
  )
}

const STROKE = 'stroke-current [stroke-linecap:round] [stroke-linejoin:round] [vector-effect:non-scaling-stroke]'
