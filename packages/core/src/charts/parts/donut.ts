import type { ChartOf } from '../chart-spec.ts'
import type { Drawing, Look } from '../drawing.ts'
import type { Frame } from '../frame.ts'
import { drawRound } from './round.ts'

export const drawDonut = (spec: ChartOf<'donut'>, frame: Frame, look: Look): Drawing => drawRound(spec, frame, look)
