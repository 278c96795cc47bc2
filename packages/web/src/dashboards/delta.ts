/** How a figure compares with an earlier one, ready to be shown. */
export type Delta =
  | { readonly kind: 'change'; readonly ratio: number; readonly tone: 'good' | 'bad' | 'neutral' }
  /** There was nothing before: growth from zero is not a percentage. */
  | { readonly kind: 'new' }

/** `undefined` when either figure is unknown. `better` says which direction is good news. */
export function deltaOf(
  current: number | undefined,
  previous: number | undefined,
  better: 'higher' | 'lower',
): Delta | undefined {
  if (current === undefined || previous === undefined) return undefined
  if (previous === 0) return current === 0 ? { kind: 'change', ratio: 0, tone: 'neutral' } : { kind: 'new' }
  const ratio = (current - previous) / Math.abs(previous)
  if (ratio === 0) return { kind: 'change', ratio, tone: 'neutral' }
  return { kind: 'change', ratio, tone: ratio > 0 === (better === 'higher') ? 'good' : 'bad' }
}

/** `+12.3 %`, and from eleven times on `×14`: four-digit percentages say nothing. */
export function deltaText(delta: Delta, locale?: string): string {
  if (delta.kind === 'new') return 'new'
  if (delta.ratio >= 10)
    return `×${new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(delta.ratio + 1)}`
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    signDisplay: 'exceptZero',
    maximumFractionDigits: Math.abs(delta.ratio) < 1 ? 1 : 0,
  }).format(delta.ratio)
}
