import { type CubeDefinition, type Rollup, STEP_SECONDS } from '../../cubes/cube.ts'
import { hasState } from '../../cubes/measure.ts'
import { isWide } from '../../cubes/sql/dimension-sql.ts'
import { hasWholeSteps } from '../../time/part-hours.ts'
import type { RejectedRollup, Statement } from '../sql/statement.ts'
import { sharedSteps } from './cover.ts'
import type { NamedMeasure } from './resolve-measures.ts'
import type { Window } from './resolve-query.ts'

export interface ChosenRollup {
  readonly index: number
  readonly rollup: Rollup
  /** Whether all that is needed is kept by the hour, too. */
  readonly hasHours: boolean
}

export interface RollupNeeds {
  readonly measures: readonly NamedMeasure[]
  /** By name, without parts of the calendar. */
  readonly dimensions: readonly string[]
  readonly windows: readonly Window[]
  /** The zone of parts of the calendar, absent where there are none: with them, the time of the day matters. */
  readonly partsZone: string | undefined
}

/** The smallest rollup that has what is needed; why the others do not is noted. */
export function chooseRollup(statement: Statement, needs: RollupNeeds): ChosenRollup | undefined {
  if (!statement.storage) return undefined
  const { definition } = statement.storage.table
  const usable = definition.rollups.flatMap((rollup, index): ChosenRollup[] => {
    const reason = reasonAgainst(rollup, needs)
    if (reason === undefined) return [{ index, rollup, hasHours: keepsHours(rollup, needs) }]
    note(statement.rejected, { rollup: rollup.dimensions, reason })
    return []
  })
  const [chosen, ...others] = usable.sort((a, b) => size(a.rollup, definition) - size(b.rollup, definition))
  for (const { rollup } of others) note(statement.rejected, { rollup: rollup.dimensions, reason: 'another is smaller' })
  return chosen
}

function reasonAgainst(rollup: Rollup, needs: RollupNeeds): string | undefined {
  const { dimensions, measures, step } = rollup
  const missing = needs.dimensions.filter((name) => !dimensions.includes(name))
  if (missing.length > 0) return `it does not have ${missing.join(', ')}`
  const lacking = measures ? needs.measures.filter(({ name }) => !measures.includes(name)) : []
  if (lacking.length > 0) return `it does not keep ${lacking.map(({ name }) => name).join(', ')}`
  if (sharesMuch(needs.windows, sharedSteps(needs.windows, STEP_SECONDS[step]))) {
    return `buckets begin between its steps of ${STEP_NAMES[step]}`
  }
  if (needs.partsZone !== undefined && !hasWholeSteps(needs.partsZone, spanOf(needs.windows), STEP_SECONDS[step])) {
    return `clocks in ${needs.partsZone} do not keep to its steps of ${STEP_NAMES[step]}`
  }
  if (keepsHours(rollup, needs) || (needs.partsZone === undefined && needs.windows.some(isLong))) return undefined
  const states = needs.measures.filter(isState).map(({ name }) => name)
  return `it keeps ${states.join(', ')} by the day`
}

/**
 * Thirty days and the thirty before, beginning at any minute, share one step, and what ends at this minute shares one with what
 * looks back over it: of a range and four comparisons, each end of each. Of hours that begin at half past, each would be raw.
 */
const MOST_SHARED_STEPS = 10
const MOST_RAW = 1 / 4
const HOUR = 3_600_000

function sharesMuch(windows: readonly Window[], count: number): boolean {
  if (count <= 1) return false
  const length = windows.reduce((sum, { from, to }) => sum + to - from, 0)
  return count > MOST_SHARED_STEPS || count * HOUR > length * MOST_RAW
}

const STEP_NAMES = { quarter_hour: 'a quarter of an hour', hour: 'an hour' } as const

const spanOf = (windows: readonly Window[]) => ({ from: windows[0]?.from ?? 0, to: windows.at(-1)?.to ?? 0 })

const SHORTEST_DAY_MS = 20 * 3_600_000
const isLong = ({ from, to }: Window) => to - from >= SHORTEST_DAY_MS

const isState = ({ measure }: NamedMeasure) => hasState(measure)

function keepsHours({ states }: Rollup, { measures }: RollupNeeds): boolean {
  return states !== 'day' || !measures.some(isState)
}

/** Wide dimensions make the most rows, then the number of dimensions, then finer steps. */
function size({ dimensions, step }: Rollup, { dimensions: all }: CubeDefinition): number {
  const wide = dimensions.filter((name) => {
    const dimension = all[name]
    return dimension && isWide(dimension)
  })
  return wide.length * 1000 + dimensions.length * 10 + (step === 'quarter_hour' ? 1 : 0)
}

function note(rejected: RejectedRollup[], one: RejectedRollup): void {
  const isKnown = rejected.some(({ rollup, reason }) => reason === one.reason && rollup.join() === one.rollup.join())
  if (!isKnown) rejected.push(one)
}
