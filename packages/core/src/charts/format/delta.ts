import type { Delta } from '../drawing.ts'

/** `undefined` when either figure is unknown. `better` says which direction is good news. */
export function deltaOf(
  current: number | null | undefined,
  before: number | null | undefined,
  better: 'higher' | 'lower' | undefined,
  against: string,
  locale?: string,
): Delta | undefined {
  if (typeof current !== 'number' || typeof before !== 'number') return undefined
  const difference = current - before
  const direction = difference === 0 ? 'same' : difference > 0 ? 'up' : 'down'
  const tone =
    direction === 'same' || !better ? 'neutral' : (direction === 'up') === (better === 'higher') ? 'good' : 'bad'
  // Growth from zero is not a percentage: there is no telling how good it is.
  if (before === 0 && difference !== 0) return { text: 'new', tone: 'neutral', direction, against }
  return { text: ratioText(difference === 0 ? 0 : difference / Math.abs(before), locale), tone, direction, against }
}

/** `+12.3%`, and from eleven times on `×14`: four-digit percentages say nothing. */
export function ratioText(ratio: number, locale?: string): string {
  if (ratio >= 10) {
    const times = ratio + 1
    const options = times >= 1e15 ? TIMES_VAST : times >= 1e6 ? TIMES_LONG : TIMES
    return `×${new Intl.NumberFormat(locale, options).format(times)}`
  }
  const digits = Math.abs(ratio) < 1 ? 1 : 0
  const known = PERCENTS.get(`${locale} ${digits}`)
  if (known) return known.format(ratio)
  const made = new Intl.NumberFormat(locale, {
    style: 'percent',
    signDisplay: 'exceptZero',
    maximumFractionDigits: digits,
  })
  PERCENTS.set(`${locale} ${digits}`, made)
  return made.format(ratio)
}

const TIMES: Intl.NumberFormatOptions = { maximumFractionDigits: 0 }
const TIMES_LONG: Intl.NumberFormatOptions = { notation: 'compact', maximumSignificantDigits: 3 }
const TIMES_VAST: Intl.NumberFormatOptions = { notation: 'scientific', maximumSignificantDigits: 3 }
const PERCENTS = new Map<string, Intl.NumberFormat>()
