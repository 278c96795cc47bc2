import type { CubeDefinition } from '../../cubes/cube.ts'
import { namesIn, parseFormula } from '../../cubes/formula/formula.ts'
import type { ExactMeasure, ImportedState, Measure, WindowMeasure } from '../../cubes/measure.ts'
import type { Issue } from '../../errors.ts'
import { GRAINS, type Grain } from '../../time/grain.ts'
import type { QueryFilter } from '../filter.ts'
import type { Query } from '../query.ts'
import { unknownName } from '../unknown-name.ts'
import type { QueryCalendar } from './resolve-query.ts'

export interface NamedMeasure {
  readonly name: string
  readonly measure: Measure
}

/** The measures of a query. What a measure's class does not allow at this grain or by these dimensions is an issue. */
export function resolveMeasures(
  query: Query,
  cube: CubeDefinition,
  calendar: QueryCalendar,
  issues: Issue[],
): NamedMeasure[] {
  return [...new Set(query.measures)].flatMap((name, i): NamedMeasure[] => {
    const measure = Object.hasOwn(cube.measures, name) ? cube.measures[name] : undefined
    if (!measure) {
      issues.push(unknownName('measure', name, cube.measures, cube, ['measures', i]))
      return []
    }
    for (const needed of withInputs({ name, measure }, cube)) {
      const refusal =
        refusalOf(needed, query.grain, query.dimensions, cube, calendar) ?? filterRefusal(needed, query.filters)
      if (refusal) issues.push({ path: ['measures', i], message: refusal })
    }
    return [{ name, measure }]
  })
}

/** A measure and those that it is computed from, each once. */
export function withInputs(named: NamedMeasure, cube: CubeDefinition): NamedMeasure[] {
  const found = new Map<string, NamedMeasure>()
  const visit = (one: NamedMeasure) => {
    if (found.has(one.name)) return
    found.set(one.name, one)
    if (one.measure.class !== 'derived') return
    for (const name of namesIn(parseFormula(one.measure.formula))) {
      const measure = cube.measures[name]
      if (measure) visit({ name, measure })
    }
  }
  visit(named)
  return [...found.values()]
}

/** Whether another system computed it, or something that it is computed from. */
export function isImported(named: NamedMeasure, cube: CubeDefinition): boolean {
  return withInputs(named, cube).some(({ measure }) => measure.class === 'exact' && measure.state.kind === 'imported')
}

/** Why a measure has no right value at this grain and by these dimensions; `undefined` where it has one. */
export function refusalOf(
  { name, measure }: NamedMeasure,
  grain: Grain | undefined,
  dimensions: readonly string[],
  cube: CubeDefinition,
  calendar: QueryCalendar,
): string | undefined {
  switch (measure.class) {
    case 'exact':
      return importedRefusal(name, measure, grain, dimensions, cube, calendar)
    case 'window':
      return windowRefusal(name, measure, grain)
    case 'additive':
    case 'extremal':
    case 'decomposable':
    case 'mergeable':
    case 'last_value':
    case 'derived':
      return undefined
  }
}

function importedRefusal(
  name: string,
  { state }: ExactMeasure,
  grain: Grain | undefined,
  dimensions: readonly string[],
  cube: CubeDefinition,
  calendar: QueryCalendar,
): string | undefined {
  if (state.kind !== 'imported') return undefined
  const figure = figureOf(name, state)
  if (grain !== state.grain) return `${figure}: ask for it with the grain ${state.grain}`
  const missing = state.by.filter((dimension) => !dimensions.includes(dimension))
  if (missing.length > 0) return `${figure}: add the dimension ${missing.join(' and ')}`
  const more = dimensions.filter((dimension) => !state.by.includes(dimension))
  if (more.length > 0) return `${figure}: leave out the dimension ${more.join(' and ')}`
  const { timezone, firstDayOfWeek, fiscalYearStart } = cube.calendar
  if (calendar.timezone !== timezone) return `${figure}: its time zone is ${timezone}`
  if (state.grain === 'week' && calendar.firstDayOfWeek !== firstDayOfWeek) {
    return `${figure}: its weeks begin on day ${firstDayOfWeek}`
  }
  const isFiscal = state.grain === 'quarter' || state.grain === 'year'
  if (isFiscal && calendar.fiscalYearStart !== fiscalYearStart) {
    return `${figure}: its years begin with month ${fiscalYearStart}`
  }
  return undefined
}

const figureOf = (name: string, { grain, by }: ImportedState) =>
  `"${name}" was computed elsewhere by ${[grain, ...by].join(', ')} and cannot be added up or split`

/** The filters that the cube has by itself are those with which the figure was given. */
function filterRefusal({ name, measure }: NamedMeasure, filters: readonly QueryFilter[]): string | undefined {
  if (measure.class !== 'exact' || measure.state.kind !== 'imported') return undefined
  const { by } = measure.state
  const others = new Set(filters.flatMap(dimensionsIn).filter((dimension) => !by.includes(dimension)))
  if (others.size === 0) return undefined
  return `${figureOf(name, measure.state)}: leave out the filter on ${[...others].join(' and ')}`
}

function dimensionsIn(filter: QueryFilter): string[] {
  if ('and' in filter) return filter.and.flatMap(dimensionsIn)
  if ('or' in filter) return filter.or.flatMap(dimensionsIn)
  return 'not' in filter ? dimensionsIn(filter.not) : [filter.dimension]
}

/** A top list ranks by one value for the whole range. */
export function rankingRefusal(named: NamedMeasure, cube: CubeDefinition): string | undefined {
  if (!isImported(named, cube)) return undefined
  return `cannot rank by "${named.name}": its values of several buckets do not make one of the whole range`
}

function windowRefusal(name: string, { window }: WindowMeasure, grain: Grain | undefined): string | undefined {
  if (window.kind !== 'mean' && window.kind !== 'to_date') return undefined
  if (grain === undefined) return undefined
  const order = GRAINS.indexOf(grain) - GRAINS.indexOf(window.grain)
  if (window.kind === 'mean' && (order < 0 || !fits(window.grain, grain))) {
    return `"${name}" is the mean of its values by ${window.grain}: ask for it with a longer grain than ${grain} that these add up to`
  }
  if (window.kind === 'to_date' && (order > 0 || !fits(grain, window.grain))) {
    return `"${name}" runs from the start of the ${window.grain}: ask for it with a shorter grain than ${grain}`
  }
  return undefined
}

/** Whether buckets of the finer grain never lie in two of the coarser: weeks lie in two months. */
const fits = (finer: Grain, coarser: Grain) => finer !== 'week' || coarser === 'week'
