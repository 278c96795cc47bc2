import type { NumberFormat } from '../format/format-number.ts'
import { formatAxisNumber, formatNumber } from '../format/format-number.ts'

/** The values along an axis: where it begins and ends, and where it is labelled. */
export interface ValueScale {
  readonly isLog: boolean
  readonly min: number
  readonly max: number
  /** Between two labels; of a logarithmic one, in powers of ten. */
  readonly step: number
  readonly ticks: readonly number[]
  readonly labels: readonly string[]
}

export interface Extent {
  readonly least: number
  readonly greatest: number
}

interface Options {
  readonly format: NumberFormat
  readonly locale: string
  /** About how many steps it has. */
  readonly steps: number
  readonly isLog?: boolean
  /** Zero is on the axis, whatever the values are. */
  readonly fromZero?: boolean
  /** Exactly so many steps, so that its lines are those of the axis on the other side. */
  readonly exactly?: boolean
}

/** Of the numbers that are there; nothing when there are none. */
export function extentOf(values: Iterable<number | null | undefined>): Extent | undefined {
  let least = Number.POSITIVE_INFINITY
  let greatest = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (typeof value !== 'number') continue
    if (value < least) least = value
    if (value > greatest) greatest = value
  }
  return least > greatest ? undefined : { least, greatest }
}

/** Round numbers around the extent. */
export function valueScale(extent: Extent | undefined, options: Options): ValueScale {
  return options.isLog && extent && extent.greatest > 0 ? logScale(extent, options) : linearScale(extent, options)
}

function linearScale(extent: Extent | undefined, { format, locale, steps, fromZero = true, exactly }: Options) {
  let { least, greatest } = extent ?? { least: 0, greatest: 0 }
  if (fromZero) [least, greatest] = [Math.min(0, least), Math.max(0, greatest)]
  // A single value is in the middle, or at the end of an axis from zero.
  if (least === greatest)
    [least, greatest] = least === 0 ? [0, 1] : [least - Math.abs(least) / 2, greatest + Math.abs(greatest) / 2]
  const isWhole = format.format === 'integer' && greatest - least >= 1
  let step = niceStep((greatest - least) / steps, format, isWhole)
  const startOf = () => Math.floor(clean(least / step)) * step
  while (exactly && startOf() + steps * step < greatest * (1 - 1e-12)) step = niceStep(step * 1.01, format, isWhole)
  const first = Math.floor(clean(least / step))
  const last = exactly ? first + steps : Math.ceil(clean(greatest / step))
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => clean((first + i) * step))
  return {
    isLog: false,
    min: ticks[0] as number,
    max: ticks.at(-1) as number,
    step,
    ticks,
    labels: tickLabels(ticks, format, locale),
  }
}

/** Whole powers of ten. What is not above zero has no place on it, and stands at its foot. */
function logScale({ least, greatest }: Extent, { format, locale, steps }: Options): ValueScale {
  const last = Math.ceil(clean(Math.log10(greatest)))
  const first = Math.min(last - 1, least > 0 ? Math.floor(clean(Math.log10(least))) : last - 3)
  const step = Math.max(1, Math.ceil((last - first) / Math.max(2, steps)))
  const count = Math.ceil((last - first) / step)
  const ticks = Array.from({ length: count + 1 }, (_, i) => 10 ** (last - (count - i) * step))
  return {
    isLog: true,
    min: ticks[0] as number,
    max: ticks.at(-1) as number,
    step,
    ticks,
    labels: tickLabels(ticks, format, locale),
  }
}

/** The least extent of the values that a logarithmic axis can show: those above zero; zeros get a decade below them. */
export function logExtent(values: Iterable<number | null | undefined>): Extent | undefined {
  let hasZero = false
  function* positive() {
    for (const value of values) {
      if (typeof value !== 'number') continue
      if (value > 0) yield value
      else hasZero = true
    }
  }
  const extent = extentOf(positive())
  if (!extent || !hasZero) return extent
  return { least: extent.least / 10, greatest: extent.greatest }
}

/** Not below `least`: 1, 2, 2.5 or 5 by powers of ten, or what is round in minutes and hours. */
function niceStep(least: number, { format }: NumberFormat, isWhole: boolean): number {
  if (format === 'seconds' && least > 1) return roundSeconds(least)
  if (format === 'milliseconds' && least > 1000) return roundSeconds(least / 1000) * 1000
  const power = 10 ** Math.floor(Math.log10(least))
  const factors = isWhole && power === 1 ? [1, 2, 5, 10] : [1, 2, 2.5, 5, 10]
  const step = clean((factors.find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10) * power)
  return isWhole ? Math.max(1, step) : step
}

function roundSeconds(least: number): number {
  const known = ROUND_SECONDS.find((seconds) => seconds >= least)
  if (known !== undefined) return known
  return niceStep(least / 86_400, { format: 'integer' }, true) * 86_400
}

const ROUND_SECONDS = [
  2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
] as const

/** Without the noise of binary fractions. */
const clean = (value: number) => Number(value.toPrecision(12))

/** As brief as they can be while they are true: 1.3K for 1,250 would make even steps look uneven. */
function tickLabels(ticks: readonly number[], format: NumberFormat, locale: string): string[] {
  for (const digits of [1, 2, 3]) {
    const labels = ticks.map((tick) => formatAxisNumber(tick, format, locale, digits))
    const isDistinct = new Set(labels).size === labels.length
    if (isDistinct && (isDuration(format) || labels.every((label, i) => saysAll(label, ticks[i] as number))))
      return labels
  }
  return ticks.map((tick) => formatNumber(tick, format, 'exact', locale))
}

const isDuration = ({ format }: NumberFormat) => format === 'seconds' || format === 'milliseconds'

/** Whether the digits of the label are those of the number. */
function saysAll(label: string, tick: number): boolean {
  const shown = significant(label.replace(/E-?\d+$/, ''))
  return shown === '' || shown === significant(tick.toExponential(11).replace(/e.*$/, ''))
}

const significant = (text: string) => text.replaceAll(/\D/g, '').replaceAll(/^0+|0+$/g, '')
