import type { CubeData, Variable, WidgetData } from '@almanac/core/boards/board.ts'
import {
  type BoardScope,
  chosenDimensions,
  chosenValues,
  type KnownCube,
  knownCube,
  widgetQuestion,
} from '@almanac/core/boards/widget-query.ts'
import {
  type BoardParameters,
  parametersOf,
  statementParameters,
} from '@almanac/core/charts/sql/statement-parameters.ts'
import { CohortRequest } from '@almanac/core/cohorts/cohort.ts'
import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { AppError } from '@almanac/core/errors.ts'
import { Query } from '@almanac/core/query/query.ts'
import { parseMoment, zonedText } from '@almanac/core/time/moment.ts'
import { parseRange } from '@almanac/core/time/range-expression.ts'
import type { z } from 'zod'

/** What is to be asked for one piece of a widget's data, with the board's choices in it. */
export type Prepared = { readonly ignored: readonly string[] } & (
  | { readonly kind: 'query'; readonly query: Query }
  | { readonly kind: 'cohorts'; readonly request: CohortRequest }
  | {
      readonly kind: 'statement'
      readonly sql: string
      readonly parameters: Readonly<Record<string, unknown>>
      readonly scope: BoardScope
      /** Which of the board's choices the statement asks for. */
      readonly uses: ReadonlySet<string>
    }
)

/** A statement that was saved by name, as far as an answer needs it. */
export interface SavedStatement {
  readonly sql: string
  readonly parameters: Readonly<Record<string, unknown>>
}

export interface Preparation {
  readonly scope: BoardScope
  readonly variables: readonly Variable[]
  readonly cubes: readonly CubeDefinition[]
  readonly saved: ReadonlyMap<string, SavedStatement>
  readonly mayRun: (data: SqlData) => boolean
  readonly now: Temporal.Instant
}

export type SqlData = Extract<WidgetData, { readonly from: 'sql' }>

/** Throws AppError with what is wrong with this piece. */
export function prepareData(data: WidgetData, { scope: boardScope, ...rest }: Preparation): Prepared {
  const { cubes, now, mayRun, saved, variables } = rest
  const cube = cubeOf(data, cubes)
  const scope = data.range === undefined ? boardScope : ownScope(data.range, boardScope, cube, now)
  const known = cube && knownCube(cube)
  switch (data.from) {
    case 'cube': {
      const { query, ignored } = widgetQuestion(data, scope, [...variables], known)
      return { kind: 'query', query: checked(Query, query, 'question'), ignored }
    }
    case 'cohorts':
      return cohortQuestion(data.cohorts, scope, variables, known)
    case 'sql':
      if (!mayRun(data)) throw notOfTheBoard()
      return statement(data, scope, variables)
    case 'saved': {
      const found = saved.get(data.name)
      if (!found) throw unknownSource(data.name, saved)
      return statement(found, scope, variables)
    }
  }
}

function cubeOf(data: WidgetData, cubes: readonly CubeDefinition[]): CubeDefinition | undefined {
  const name = data.from === 'cube' ? data.cube : data.from === 'cohorts' ? data.cohorts.cube : undefined
  return cubes.find((cube) => cube.name === name)
}

function ownScope(
  text: string,
  scope: BoardScope,
  cube: CubeDefinition | undefined,
  now: Temporal.Instant,
): BoardScope {
  const parsed = parseRange(
    text,
    zonedNow(now, scope.timezone),
    scope.firstDayOfWeek,
    cube?.calendar.fiscalYearStart ?? 1,
  )
  if ('problem' in parsed) throw new AppError('invalid_query', `The widget's own range is not one: ${parsed.problem}`)
  return { ...scope, from: zonedText(parsed.range.from), to: zonedText(parsed.range.to) }
}

/** In a zone that is checked. */
const zonedNow = (now: Temporal.Instant, timezone: string) => parseMoment(now.toString(), timezone)

/** The board's filters and variables are those of everybody who is looked at. */
function cohortQuestion(
  cohorts: Extract<WidgetData, { readonly from: 'cohorts' }>['cohorts'],
  scope: BoardScope,
  variables: readonly Variable[],
  cube: KnownCube | undefined,
): Prepared {
  const { cube: name, filters: own, segments } = cohorts
  const asQuestion: CubeData = { ...BARE_QUESTION, cube: name, filters: own, segments }
  const { query, ignored } = widgetQuestion(asQuestion, scope, [...variables], cube)
  const { filters = [] } = query
  const { timezone, firstDayOfWeek } = scope
  const [from, to] = [scope.from, scope.to].map((moment) => zonedText(parseMoment(moment, timezone)))
  const request = { ...cohorts, from, to, timezone, firstDayOfWeek, filters }
  return { kind: 'cohorts', request: checked(CohortRequest, request, 'question'), ignored }
}

const BARE_QUESTION: Omit<CubeData, 'cube' | 'filters' | 'segments'> = {
  from: 'cube',
  measures: [],
  dimensions: [],
  having: [],
  totals: [],
  order: [],
  grain: 'none',
  compare: 'none',
  isFixed: false,
}

function statement({ sql, parameters }: SavedStatement, scope: BoardScope, variables: readonly Variable[]): Prepared {
  const uses = new Set(parametersOf(sql).keys())
  const chosen = Object.fromEntries(variables.map((variable) => [variable.name, chosenValues(variable, scope)]))
  const { timezone, grain } = scope
  const [from, to] = [parseMoment(scope.from, timezone), parseMoment(scope.to, timezone)]
  const board: BoardParameters = { from, to, timezone, grain, chosen }
  const unused = variables.filter(({ name }) => !uses.has(name))
  return {
    kind: 'statement',
    sql,
    parameters: statementParameters(sql, parameters, board),
    scope: { ...scope, from: zonedText(from), to: zonedText(to) },
    uses,
    ignored: chosenDimensions(unused, scope),
  }
}

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.map(String), message }))
  throw new AppError(
    'invalid_query',
    `The widget's ${what} has ${issues.length === 1 ? 'a problem' : `${issues.length} problems`}`,
    { issues },
  )
}

function notOfTheBoard(): AppError {
  return new AppError('forbidden', 'This statement is not one that the board has', {
    hint: 'Statements of their own run for those with the role editor. Once an editor has saved the board with it, everybody sees it.',
  })
}

function unknownSource(name: string, saved: ReadonlyMap<string, SavedStatement>): AppError {
  const known = [...saved.keys()].join(', ')
  return new AppError('not_found', `There is no data source "${name}"`, {
    hint: known === '' ? 'It may have been deleted; GET /api/v1/data-sources lists them.' : `There are: ${known}.`,
  })
}
