import { resolveCohorts } from '../cohorts/resolve-cohorts.ts'
import type { CubeDefinition } from '../cubes/cube.ts'
import { AppError, type Issue } from '../errors.ts'
import { Query } from '../query/query.ts'
import { resolveQuery } from '../query/resolve/resolve-query.ts'
import { unknownName } from '../query/unknown-name.ts'
import type { Board, CubeData, Variable, Widget, WidgetData } from './board.ts'

/**
 * What a board asks for and the cubes do not have: a cube, a measure or a dimension that is gone, a measure that cannot be asked
 * by a dimension. Nothing of it keeps the board from being stored and shown; the widgets say it, too. Statements in SQL, segments
 * and saved data sources are not looked at: only a database knows.
 */
export function checkBoard(board: Pick<Board, 'tabs' | 'variables'>, cubes: readonly CubeDefinition[]): Issue[] {
  const widgets = board.tabs.flatMap(({ sections }, i) =>
    sections.flatMap((section, j) =>
      section.widgets.flatMap((widget, k) =>
        below(['tabs', i, 'sections', j, 'widgets', k], widgetIssues(widget, cubes)),
      ),
    ),
  )
  return [...board.variables.flatMap((one, i) => below(['variables', i], variableIssues(one, cubes))), ...widgets]
}

function below(place: Issue['path'], issues: readonly Issue[]): Issue[] {
  return issues.map(({ path, message }) => ({ path: [...place, ...path], message }))
}

function variableIssues({ cube: name, dimension }: Variable, cubes: readonly CubeDefinition[]): readonly Issue[] {
  return withCube(name, cubes, ['cube'], (cube) =>
    Object.hasOwn(cube.dimensions, dimension)
      ? []
      : [unknownName('dimension', dimension, cube.dimensions, cube, ['dimension'])],
  )
}

function widgetIssues({ data }: Widget, cubes: readonly CubeDefinition[]): readonly Issue[] {
  return data.flatMap((one, i) => below(['data', i], dataIssues(one, cubes)))
}

function dataIssues(data: WidgetData, cubes: readonly CubeDefinition[]): readonly Issue[] {
  switch (data.from) {
    case 'cube':
      return withCube(data.cube, cubes, ['cube'], (cube) =>
        issuesIn(() => void resolveQuery(anyTime(data), cube, ANY_NOW)),
      )
    case 'cohorts': {
      const { cohorts } = data
      return withCube(cohorts.cube, cubes, ['cohorts', 'cube'], (cube) =>
        below(
          ['cohorts'],
          issuesIn(() => void resolveCohorts({ ...cohorts, ...ANY_RANGE }, cube)),
        ),
      )
    }
    case 'sql':
    case 'saved':
      return []
  }
}

function withCube(
  name: string,
  cubes: readonly CubeDefinition[],
  path: Issue['path'],
  check: (cube: CubeDefinition) => readonly Issue[],
): readonly Issue[] {
  const cube = cubes.find((one) => one.name === name)
  if (cube) return check(cube)
  const known = cubes.map((one) => one.name).join(', ')
  return [{ path, message: `there is no cube "${name}": expected one of ${known}` }]
}

const ANY_RANGE = { from: '2026-01-01', to: '2026-01-03' }
const ANY_NOW = Temporal.Instant.from('2026-01-03T00:00:00Z')

/** The question over a range for which every question can be asked. */
function anyTime({ from: _, isFixed: __, grain, compare, range: ___, limit, ...rest }: CubeData): Query {
  return Query.parse({
    ...rest,
    ...ANY_RANGE,
    ...(grain !== 'none' && { grain: grain === 'board' ? 'day' : grain }),
    compare: typeof compare === 'string' ? [] : compare,
    ...(limit !== undefined && { limit }),
  })
}

function issuesIn(resolve: () => void): readonly Issue[] {
  try {
    resolve()
    return []
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return error.issues.length > 0 ? error.issues : [{ path: [], message: error.message }]
  }
}
