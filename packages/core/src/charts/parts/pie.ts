import type { ChartOf } from '../chart-spec.ts'
import type { Drawing, Look } from '../drawing.ts'
import type { Frame } from '../frame.ts'
import { drawRound } from './round.ts'

export const drawPie = (spec: ChartOf<'pie'>, frame: Frame, look: Look): Drawing => drawRound(spec, frame, look)
