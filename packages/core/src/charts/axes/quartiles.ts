/** A distribution in five numbers, and what lies far outside of it. */
export interface Box {
  readonly least: number
  readonly lower: number
  readonly median: number
  readonly upper: number
  readonly greatest: number
  readonly outliers: readonly number[]
}

/**
 * Of a sample: quartiles between the neighbouring values (as spreadsheets do), whiskers to the last value within one and a half
 * times the distance of the quartiles (Tukey); nothing for no values.
 */
export function boxOf(sample: readonly number[]): Box | undefined {
  const sorted = sample.toSorted((a, b) => a - b)
  if (sorted.length === 0) return undefined
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share)) as [number, number, number]
  const reach = 1.5 * (upper - lower)
  const isInside = (value: number) => value >= lower - reach && value <= upper + reach
  const inside = sorted.filter(isInside)
  return {
    least: inside[0] ?? median,
    lower,
    median,
    upper,
    greatest: inside.at(-1) ?? median,
    outliers: sorted.filter((value) => !isInside(value)),
  }
}

function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const [low, high] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number]
  return low + (high - low) * (place - Math.floor(place))
}
