import type { Reading } from '@almanac/core/charts/drawing.ts'

const PAGE = 10

/** Where the arrow keys lead; nothing for other keys. Walking begins at the end, where the news is. */
export function stepTo(key: string, active: number | undefined, count: number): number | undefined {
  if (count === 0) return undefined
  const last = count - 1
  const by = (steps: number) => Math.min(last, Math.max(0, (active ?? (steps > 0 ? -1 : count)) + steps))
  switch (key) {
    case 'Home':
      return 0
    case 'End':
      return last
    case 'ArrowLeft':
    case 'ArrowUp':
      return by(-1)
    case 'ArrowRight':
    case 'ArrowDown':
      return by(1)
    case 'PageUp':
      return by(-PAGE)
    case 'PageDown':
      return by(PAGE)
    default:
      return undefined
  }
}

/** The reading whose bucket holds the moment, whatever the grain of the chart that points at it. */
export function readingAt(readings: readonly Reading[], time: string | undefined): number | undefined {
  if (time === undefined) return undefined
  const at = Date.parse(time)
  // The last one that begins by then: readings of time follow one another.
  let [low, high] = [0, readings.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (startOf(readings[middle]) <= at) low = middle + 1
    else high = middle
  }
  const reading = readings[low - 1]
  if (reading?.time === undefined) return undefined
  const isIn = reading.timeEnd === undefined ? startOf(reading) === at : at < Date.parse(reading.timeEnd)
  return isIn ? low - 1 : undefined
}

const startOf = (reading: Reading | undefined) => Date.parse(reading?.time ?? '')

/** The stretch from one reading to another, whichever comes first; nothing when they are not of time. */
export function stretchOf(
  readings: readonly Reading[],
  one: number,
  other: number,
): { readonly from: string; readonly to: string } | undefined {
  const from = readings[Math.min(one, other)]?.time
  const to = readings[Math.max(one, other)]?.timeEnd
  return from === undefined || to === undefined ? undefined : { from, to }
}

/** A reading in words, as a screen reader says it. */
export function spoken({ title, note, lines }: Reading): string {
  const parts = lines.map(({ label, text, delta }) => {
    const change = delta ? `, ${delta.text} against ${delta.against}` : ''
    return `${label} ${text}${change}`
  })
  return `${title}${note ? ` (${note})` : ''}: ${parts.join('; ')}`
}
