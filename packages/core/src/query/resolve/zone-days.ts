/**
 * Where the days and months of a zone begin, remembered year by year: a query over five years would otherwise spend longer on
 * the calendar than the engine on the answer.
 */
const YEARS = new Map<string, readonly number[]>()
/** A bound for a caller that asks for every zone and year there is. */
const MOST_YEARS = 2000

/** The starts in milliseconds, from the first day that does not begin before `from` to the one that begins at or after `to`. */
export function dayStarts(timezone: string, from: number, to: number): number[] {
  return startsBetween(from, to, (year) => yearOf(timezone, year, 'day'))
}

export function monthStarts(timezone: string, from: number, to: number): number[] {
  return startsBetween(from, to, (year) => yearOf(timezone, year, 'month'))
}

function startsBetween(from: number, to: number, startsOf: (year: number) => readonly number[]): number[] {
  const starts: number[] = []
  const lastYear = new Date(to).getUTCFullYear() + 1
  for (let year = new Date(from).getUTCFullYear() - 1; year <= lastYear; year++) {
    for (const start of startsOf(year)) {
      if (start < from) continue
      starts.push(start)
      if (start >= to) return starts
    }
  }
  return starts
}

function yearOf(timezone: string, year: number, unit: 'day' | 'month'): readonly number[] {
  const key = `${timezone} ${year} ${unit}`
  const known = YEARS.get(key)
  if (known) return known
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 })
  const count = unit === 'day' ? first.daysInYear : 12
  const starts = Array.from({ length: count }, (_, n) => {
    const date = first.add(unit === 'day' ? { days: n } : { months: n })
    return date.toZonedDateTime({ timeZone: timezone }).epochMilliseconds
  })
  // A day that a zone skipped begins where the next one does.
  const distinct = [...new Set(starts)]
  if (YEARS.size >= MOST_YEARS) YEARS.clear()
  YEARS.set(key, distinct)
  return distinct
}
