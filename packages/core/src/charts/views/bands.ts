import type { ChartOf } from '../chart-spec.ts'

type Bands = NonNullable<ChartOf<'number'>['bands']>
type Target = NonNullable<ChartOf<'number'>['target']>
export type Tone = Bands[number]['tone']

/**
 * The band that holds the value: its start is in it, its end is not, so that bands that touch never both hold it. The very end of the
 * last one is its own: 100 % is in a band up to 100 %.
 */
export function bandOf(bands: Bands | undefined, value: number): Bands[number] | undefined {
  const isFrom = ({ from }: Bands[number]) => from === undefined || value >= from
  return (
    bands?.find((band) => isFrom(band) && (band.to === undefined || value < band.to)) ??
    bands?.find((band) => isFrom(band) && value === band.to)
  )
}

/** What it is called where nobody gave it a name: colour alone says nothing to some. */
export const bandLabel = ({ label, tone }: Bands[number]): string => label ?? TONES[tone]

const TONES: Record<Tone, string> = { good: 'Good', warning: 'Warning', bad: 'Bad' }

/** Three quarters of the way is not yet bad. Where lower is better, the target is not to be passed. */
export function targetTone(value: number, target: Target, better: 'higher' | 'lower' | undefined): Tone {
  if (better === 'lower') return value <= target.value ? 'good' : value <= target.value * 1.25 ? 'warning' : 'bad'
  return value >= target.value ? 'good' : value >= target.value * 0.75 ? 'warning' : 'bad'
}

export const targetLabel = ({ label }: Target) => label ?? 'Target'

/** How far it is, where 1 is the target; nothing to be reached is reached. */
export function targetShare(value: number, { value: target }: Target): number {
  if (target === 0) return value >= 0 ? 1 : 0
  return value / target
}
