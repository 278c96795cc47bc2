import type { Measure } from '@almanac/core/cubes/measure.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { Grain } from '@almanac/core/time/grain.ts'

/** How the values at the steps of a range query are made of buckets. */
export interface StepPlan {
  readonly grain: Grain
  /** `bucket`: the value of the bucket that holds the moment. `sum`: the buckets that start within the step, added up. */
  readonly mode: 'bucket' | 'sum'
  /** What the reader has to know, where a step is not a bucket. */
  readonly warning?: string
}

/** At their longest. */
const SECONDS: Record<Grain, number> = {
  minute: 60,
  quarter_hour: 900,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: 31 * 86_400,
  quarter: 92 * 86_400,
  year: 366 * 86_400,
}
const ALL = Object.entries(SECONDS) as [Grain, number][]
/** Whose steps are always about that long. */
const STEADY: readonly Grain[] = ['minute', 'quarter_hour', 'hour', 'day', 'week']
const ADDED: readonly Grain[] = ['day', 'hour', 'quarter_hour', 'minute']

export function stepPlan(stepSeconds: number, measure: Measure): StepPlan {
  const same = STEADY.find((grain) => SECONDS[grain] === stepSeconds)
  if (same) return { grain: same, mode: 'bucket' }
  const divisor = ADDED.find((grain) => stepSeconds % SECONDS[grain] === 0)
  if (measure.class === 'additive' && divisor) {
    return {
      grain: divisor,
      mode: 'sum',
      warning: `each step of ${stepSeconds} s is the sum of its buckets by ${divisor}`,
    }
  }
  const holding = ALL.find(([, seconds]) => seconds >= stepSeconds)
  if (!holding) throw new AppError('invalid_query', `a step of ${stepSeconds} s is longer than a year`)
  const [grain] = holding
  const why = measure.class === 'additive' ? '' : ' Values of shorter buckets do not add up.'
  return {
    grain,
    mode: 'bucket',
    warning: `a step of ${stepSeconds} s is no bucket: each point is the value of the whole ${grain} that holds it.${why}`,
  }
}
