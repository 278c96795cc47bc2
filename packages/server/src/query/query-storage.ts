import type { CubeTable } from '@almanac/core/cubes/cube-state.ts'
import { leavesOf } from '@almanac/core/query/resolve/resolve-filter.ts'
import { withInputs } from '@almanac/core/query/resolve/resolve-measures.ts'
import type { ResolvedQuery } from '@almanac/core/query/resolve/resolve-query.ts'

/**
 * The table to read. While a changed definition is built beside the old table, a query that asks for nothing that has changed
 * is answered from the old one, which is complete.
 */
export function storageTable([newest, serving]: readonly CubeTable[], query: ResolvedQuery): CubeTable | undefined {
  if (!newest || !serving) return newest
  return meansTheSame(newest, serving, query) ? serving : newest
}

function meansTheSame({ definition: a }: CubeTable, { definition: b }: CubeTable, query: ResolvedQuery): boolean {
  const measures = query.measures.flatMap((measure) => withInputs(measure, query.cube)).map(({ name }) => name)
  const bases = measures.flatMap((name) => {
    const measure = query.cube.measures[name]
    return measure?.class === 'window' ? [measure.measure] : []
  })
  const dimensions = [...query.dimensions, ...query.filters.flatMap(leavesOf)].map(({ name }) => name)
  return (
    isEqual([a.base, a.calendar.timezone], [b.base, b.calendar.timezone]) &&
    [...measures, ...bases].every((name) => isEqual(a.measures[name], b.measures[name])) &&
    dimensions.every((name) => isEqual(a.dimensions[name], b.dimensions[name]))
  )
}

const isEqual = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

const DAY_SECONDS = 86_400
/** Further back than any measure to date reaches. */
const YEAR_DAYS = 366

/** In seconds: everything that a query may read, with its comparisons and what its measures look back on. */
export function timeSpan(query: ResolvedQuery): { from: number; to: number } {
  const { range, comparisons, measures, cube } = query
  const daysBack = measures
    .flatMap((measure) => withInputs(measure, cube))
    .map(({ measure }) => {
      if (measure.class !== 'window') return 0
      return { trailing: 'days' in measure.window ? measure.window.days : 0, to_date: YEAR_DAYS, mean: 0, share: 0 }[
        measure.window.kind
      ]
    })
  const froms = [range.from, ...comparisons.map(({ from }) => from)].map(({ epochMilliseconds }) => epochMilliseconds)
  const tos = [range.to, ...comparisons.map(({ to }) => to)].map(({ epochMilliseconds }) => epochMilliseconds)
  const slackDays = Math.max(0, ...daysBack) + 2
  return {
    from: Math.floor(Math.min(...froms) / 1000) - slackDays * DAY_SECONDS,
    to: Math.ceil(Math.max(...tos) / 1000) + DAY_SECONDS,
  }
}
