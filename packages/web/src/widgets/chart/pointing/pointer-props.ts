import type { ChartDrawing, Reading } from '@almanac/core/charts/drawing.ts'
import type { ChartTheme } from '@almanac/core/charts/theme.ts'
import type { ReactElement } from 'react'
import type { PaintedChart } from '../canvas/use-painted-chart.ts'
import type { ChartActions } from '../chart-view-props.ts'

export interface PointerProps extends ChartActions {
  readonly drawing: ChartDrawing
  readonly theme: ChartTheme
  readonly title: string
  readonly painted: PaintedChart | undefined
  /** The canvas. */
  readonly children: ReactElement
}

/** How the reader points: each has its own way to act on a reading. */
export type PointedBy = 'mouse' | 'touch' | 'keys'

/** What the reader can do with the reading now, in words; nothing when there is nothing. */
export function hintOf(reading: Reading, actions: ChartActions, by: PointedBy): string | undefined {
  const canPick = isPickable(reading, actions)
  if (!canPick && !isDrillable(reading, actions)) return undefined
  const { pick, drill } = actions.actionWords ?? USUAL_WORDS
  if (canPick && isDrillable(reading, actions) && by === 'mouse') return `Click to ${pick}, double-click to ${drill}`
  if (canPick) return `${PICKS[by]} to ${pick}`
  return `${DRILLS[by]} to ${drill}`
}

const USUAL_WORDS = { pick: 'filter', drill: 'look inside' } as const

const PICKS = { mouse: 'Click', touch: 'Tap again', keys: 'Enter' } as const
const DRILLS = { mouse: 'Double-click', touch: 'Tap again', keys: 'Enter' } as const

export function isPickable(reading: Reading, { onPick }: ChartActions): boolean {
  return onPick !== undefined && reading.picks.length > 0
}

export function isDrillable(reading: Reading, { onDrill }: ChartActions): boolean {
  return onDrill !== undefined && reading.time !== undefined && reading.timeEnd !== undefined
}
