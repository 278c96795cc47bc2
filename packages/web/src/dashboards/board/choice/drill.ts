import { GRAINS, type Grain } from '@almanac/core/time/grain.ts'
import { FINER_GRAIN } from '@almanac/core/time/grain-choice.ts'
import { parseRange, rangeLabel, rangeText } from '@almanac/core/time/range-expression.ts'
import { type BoardSearch, changed } from './board-search.ts'
import { rangeName } from './range-name.ts'
import type { ReaderChoice } from './reader-choice.ts'

/**
 * Going into a bucket of time, and back. The address keeps the ranges on the way (`drill=12mo|month`), so a link shows the same
 * path and each of its steps is one click away.
 */
export interface Crumb {
  readonly label: string
  readonly search: BoardSearch
}

/** Into the bucket that begins at `time`, by the next finer grain. `undefined` where there is none. */
export function drilledInto(
  search: BoardSearch,
  choice: ReaderChoice,
  time: string,
  timeEnd: string,
  bucketGrain: Grain = choice.scope.grain,
): BoardSearch | undefined {
  const grain = FINER_GRAIN[bucketGrain]
  return grain && into(search, choice, time, timeEnd, grain)
}

/** Into a stretch that was marked on a chart; its grain is as fine as can be read. */
export function zoomedInto(search: BoardSearch, choice: ReaderChoice, from: string, to: string): BoardSearch {
  return into(search, choice, from, to, 'auto')
}

/** What a chart over time does for its board when a stretch of it is marked or a bucket is gone into. */
export function timeGestures(
  search: BoardSearch,
  choice: ReaderChoice,
  grain: Grain | undefined,
  go: (search: BoardSearch) => void,
) {
  return {
    onZoom: (from: string, to: string) => go(zoomedInto(search, choice, from, to)),
    onDrill: (time: string, timeEnd: string) => {
      const next = drilledInto(search, choice, time, timeEnd, grain)
      if (next) go(next)
    },
  }
}

/** The way here; nothing where nobody has gone into anything. The last one is where the reader is. */
export function crumbs(search: BoardSearch, choice: ReaderChoice): Crumb[] {
  const way = search.drill ?? []
  if (way.length === 0) return []
  const steps = way.map((step, i) => {
    const [range = '', grain] = step.split('|')
    const back = changed(search, {
      drill: way.slice(0, i),
      range,
      grain: GRAINS.find((one) => one === grain) ?? 'auto',
    })
    return { label: labelOf(range, choice), search: back }
  })
  return [...steps, { label: labelOf(choice.rangeText, choice), search }]
}

function into(search: BoardSearch, choice: ReaderChoice, from: string, to: string, grain: Grain | 'auto') {
  const zoned = (text: string) => Temporal.Instant.from(text).toZonedDateTimeISO(choice.scope.timezone)
  const step = `${choice.rangeText}|${choice.chosenGrain}`
  return changed(search, {
    range: rangeText({ from: zoned(from), to: zoned(to) }),
    grain,
    drill: [...(search.drill ?? []), step].slice(-MOST_STEPS),
  })
}

const MOST_STEPS = 8

function labelOf(text: string, { range, scope }: ReaderChoice): string {
  const name = rangeLabel(text)
  if (name !== text) return name
  const parsed = parseRange(text, range.from, scope.firstDayOfWeek)
  return 'range' in parsed ? rangeName(parsed.range) : text
}
