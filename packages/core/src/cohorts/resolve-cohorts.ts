import type { CubeDefinition, Dimension } from '../cubes/cube.ts'
import type { PersonColumn } from '../cubes/sql/person-sql.ts'
import { AppError, type Issue } from '../errors.ts'
import { withUsualFilters } from '../explain/usual-filters.ts'
import type { QueryFilter } from '../query/filter.ts'
import { type ResolvedFilter, resolveFilters } from '../query/resolve/resolve-filter.ts'
import { invalidQuery } from '../query/resolve/resolve-query.ts'
import { unknownName } from '../query/unknown-name.ts'
import { bucketStarts } from '../time/buckets.ts'
import { parseMoment } from '../time/moment.ts'
import type { CohortGrain, CohortRequest, CohortStep } from './cohort.ts'

/** A request whose every name was found in the cube and whose times are instants: what SQL is written from. */
export interface ResolvedCohorts {
  readonly cube: CubeDefinition
  readonly person: PersonColumn
  readonly filters: readonly ResolvedFilter[]
  readonly start: ResolvedStep
  readonly return: ResolvedStep
  readonly kind: CohortRequest['kind']
  readonly by: { readonly name: string; readonly dimension: Dimension } | undefined
  readonly timezone: string
  /** Milliseconds since 1970; `to` is not included. */
  readonly from: number
  readonly to: number
  /** Starts of the periods in milliseconds: of the cohorts and of those after the last one in which it is looked at. */
  readonly starts: readonly number[]
  /** Where the last period ends. */
  readonly end: number
  readonly cohortCount: number
  readonly periods: number
}

export interface ResolvedStep {
  readonly events: readonly string[]
  readonly filters: readonly ResolvedFilter[]
}

/** Throws AppError `invalid_query` with all that is wrong with it. */
export function resolveCohorts(request: CohortRequest, cube: CubeDefinition): ResolvedCohorts {
  const issues: Issue[] = []
  const { person } = cube.base
  if (!person) issues.push({ path: ['cube'], message: `nobody stands behind the rows of the cube ${cube.name}` })
  const timezone = request.timezone ?? cube.calendar.timezone
  // Said aloud once, for all steps.
  const plain = { ...cube, defaultFilters: {} }
  const filters = resolveFilters({ filters: usualFilters(request, cube) }, plain, issues)
  const step = (name: 'start' | 'return') => resolveStep(request[name], name, plain, issues)
  const steps = { start: step('start'), return: step('return') }
  const by = byDimension(request.by, cube, issues)
  const from = moment('from', request, timezone, issues)
  const to = moment('to', request, timezone, issues)
  if (from && to && Temporal.ZonedDateTime.compare(from, to) >= 0) {
    issues.push({ path: ['to'], message: `"to" (${request.to}) must come after "from" (${request.from})` })
  }
  if (issues.length > 0 || !from || !to || !person) throw invalidQuery(issues)
  return {
    cube,
    person,
    filters,
    ...steps,
    kind: request.kind,
    by,
    timezone,
    from: from.epochMilliseconds,
    to: to.epochMilliseconds,
    ...periodsOf(request, from, to, cube),
  }
}

/** The cube's own filters count unless something of the request is about their dimension. */
function usualFilters(request: CohortRequest, cube: CubeDefinition): QueryFilter[] {
  const all = [...request.filters, ...request.start.filters, ...request.return.filters]
  const usual = withUsualFilters(all, cube).slice(all.length)
  return [...request.filters, ...usual]
}

function resolveStep(
  { events, filters }: CohortStep,
  name: 'start' | 'return',
  cube: CubeDefinition,
  issues: Issue[],
): ResolvedStep {
  if (events.length > 0 && cube.base.from !== 'events') {
    const message = `the cube ${cube.name} is not made of events: say by "filters" which rows are meant`
    issues.push({ path: [name, 'events'], message })
  }
  const found: Issue[] = []
  const resolved = resolveFilters({ filters }, cube, found)
  issues.push(...found.map(({ path, message }) => ({ path: [name, ...path], message })))
  return { events, filters: resolved }
}

function byDimension(name: string | undefined, cube: CubeDefinition, issues: Issue[]): ResolvedCohorts['by'] {
  if (name === undefined) return undefined
  const dimension = Object.hasOwn(cube.dimensions, name) ? cube.dimensions[name] : undefined
  if (dimension) return { name, dimension }
  issues.push(unknownName('dimension', name, cube.dimensions, cube, ['by']))
  return undefined
}

function moment(
  name: 'from' | 'to',
  request: CohortRequest,
  timezone: string,
  issues: Issue[],
): Temporal.ZonedDateTime | undefined {
  try {
    return parseMoment(request[name], timezone)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (!issues.some(({ message }) => message === error.message)) issues.push({ path: [name], message: error.message })
    return undefined
  }
}

/** More would be a table that nobody reads. */
const MOST_FIGURES = 10_000

function periodsOf(
  { grain, periods, firstDayOfWeek }: CohortRequest,
  from: Temporal.ZonedDateTime,
  to: Temporal.ZonedDateTime,
  { calendar }: CubeDefinition,
): Pick<ResolvedCohorts, 'starts' | 'end' | 'cohortCount' | 'periods'> {
  const week = { firstDayOfWeek: firstDayOfWeek ?? calendar.firstDayOfWeek, fiscalYearStart: 1, grain }
  const cohorts = bucketStarts({ from, to, ...week })
  if (cohorts.length * (periods + 1) > MOST_FIGURES) {
    const figures = `${cohorts.length} cohorts by ${grain} with ${periods + 1} periods each`
    throw new AppError('invalid_query', `these are ${figures}: more than ${MOST_FIGURES} figures`, {
      hint: 'Ask for a shorter range, fewer periods or a longer grain.',
    })
  }
  const last = cohorts.at(-1) ?? from
  const end = last.add(SPAN[grain](periods + 1))
  const starts = bucketStarts({ from, to: end, ...week }).map(({ epochMilliseconds }) => epochMilliseconds)
  return { starts, end: end.epochMilliseconds, cohortCount: cohorts.length, periods }
}

const SPAN: Record<CohortGrain, (count: number) => Temporal.DurationLike> = {
  day: (days) => ({ days }),
  week: (weeks) => ({ weeks }),
  month: (months) => ({ months }),
}
