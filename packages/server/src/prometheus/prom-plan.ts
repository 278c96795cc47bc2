import type { CubeDefinition, Dimension } from '@almanac/core/cubes/cube.ts'
import type { Measure } from '@almanac/core/cubes/measure.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { QueryFilter } from '@almanac/core/query/filter.ts'
import { matcherFilter } from './matcher-filter.ts'
import type { NumberLiteral, PromExpression, Selector } from './promql.ts'

/** What an expression asks of a cube. */
export interface PromPlan {
  readonly cube: CubeDefinition
  readonly measureName: string
  readonly measure: Measure
  readonly dimensions: readonly string[]
  readonly filters: readonly QueryFilter[]
  /** Absent where the name is lost, as in a sum. */
  readonly metric?: string
  readonly ranking?: { readonly kind: 'topk' | 'bottomk'; readonly count: number }
}

/**
 * A metric is a measure of a cube, `web:visitors`, and its labels are the cube's dimensions. A series is there for each
 * combination of the dimensions that the matchers name; over all others the engine counts, so that uniques are right.
 */
export function planOf(
  expression: Exclude<PromExpression, NumberLiteral>,
  definitions: readonly CubeDefinition[],
): PromPlan {
  switch (expression.kind) {
    case 'selector':
      return planSelector(expression, definitions)
    case 'sum': {
      const { metric, ...plan } = planSelector(expression.of, definitions)
      refuseSum(metric as string, plan.measure)
      for (const label of expression.by) dimensionOf(plan.cube, label)
      return { ...plan, dimensions: [...new Set(expression.by)] }
    }
    case 'topk':
    case 'bottomk': {
      const { kind, count } = expression
      return { ...planOf(expression.of, definitions), ranking: { kind, count } }
    }
  }
}

export const metricName = (cube: string, measure: string) => `${cube}:${measure}`

/** All metrics there are. */
export function metricsOf(definitions: readonly CubeDefinition[]) {
  return definitions.flatMap((cube) =>
    Object.entries(cube.measures).map(([name, measure]) => ({ metric: metricName(cube.name, name), cube, measure })),
  )
}

function planSelector({ metric, matchers }: Selector, definitions: readonly CubeDefinition[]): PromPlan {
  const found = metricsOf(definitions).find((one) => one.metric === metric)
  if (!found) {
    throw new AppError(
      'invalid_query',
      `there is no metric ${metric}: expected a cube and a measure such as web:visitors`,
      {
        hint: 'GET /prometheus/api/v1/label/__name__/values lists them.',
      },
    )
  }
  const { cube, measure } = found
  const filters = matchers.flatMap((matcher) => {
    const filter = matcherFilter(matcher, dimensionOf(cube, matcher.label))
    return filter === undefined ? [] : [filter]
  })
  const dimensions = [...new Set(matchers.map(({ label }) => label))]
  return { cube, measureName: metric.slice(cube.name.length + 1), measure, dimensions, filters, metric }
}

function dimensionOf(cube: CubeDefinition, label: string): Dimension {
  const dimension = Object.hasOwn(cube.dimensions, label) ? cube.dimensions[label] : undefined
  if (dimension) return dimension
  const known = Object.keys(cube.dimensions).join(', ')
  throw new AppError('invalid_query', `the cube ${cube.name} has no dimension ${label}: expected one of ${known}`)
}

function refuseSum(metric: string, measure: Measure): void {
  if (measure.class === 'additive') return
  throw new AppError('invalid_query', `sum(${metric}) would be wrong: ${WHY_NO_SUM[measure.class]}`, {
    hint: `Ask for it by a label without sum: ${metric}{label=~".*"}.`,
  })
}

const WHY_NO_SUM: Record<Exclude<Measure['class'], 'additive'>, string> = {
  extremal: 'it is a least or greatest value, which does not add up',
  decomposable: 'it is an average or a ratio, which does not add up',
  mergeable: 'it counts different ones or is a quantile; who is in two of the series would count twice',
  last_value: 'it is the state at a moment; the cube adds it up itself where that is right',
  exact: 'it neither adds up nor merges',
  derived: 'it is computed from other measures and does not add up',
  window: 'it covers another stretch of time than its bucket and does not add up',
}
