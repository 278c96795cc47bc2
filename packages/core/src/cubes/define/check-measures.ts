import { AppError, type Issue } from '../../errors.ts'
import type { CubeDefinition } from '../cube.ts'
import { type Formula, namesIn, parseFormula } from '../formula/formula.ts'
import { keptDimensionIssue } from '../kept-dimension.ts'
import type { Measure, WindowMeasure } from '../measure.ts'

/** How the measures of a cube fit to each other and to the rest of it. */
export function checkMeasures(cube: CubeDefinition): Issue[] {
  const formulas = new Map<string, Formula>()
  const issues = Object.entries(cube.measures).flatMap(([name, measure]) => checkMeasure(cube, name, measure, formulas))
  return [...issues, ...checkCycles(formulas)]
}

function checkMeasure(cube: CubeDefinition, name: string, measure: Measure, formulas: Map<string, Formula>): Issue[] {
  const path = ['measures', name]
  switch (measure.class) {
    case 'additive':
    case 'extremal':
      return []
    case 'decomposable':
      return checkColumns(cube, name)
    case 'mergeable':
      if (measure.state.kind !== 'persons' || cube.base.person) return []
      return [{ path, message: 'expected the base to say who stands behind a row (person), as persons are counted' }]
    case 'last_value':
      return measure.per.flatMap((one, i) => keptDimensionIssue(cube.dimensions, one, [...path, 'per', i]))
    case 'exact': {
      const by = measure.state.kind === 'imported' ? measure.state.by : []
      return by.flatMap((one, i) => keptDimensionIssue(cube.dimensions, one, [...path, 'state', 'by', i]))
    }
    case 'window':
      return checkWindow(cube, name, measure)
    case 'derived':
      return checkFormula(cube, name, measure.formula, formulas)
  }
}

/** The table has a column for each of the two parts. */
function checkColumns({ measures }: CubeDefinition, name: string): Issue[] {
  return [`${name}_numerator`, `${name}_denominator`]
    .filter((taken) => Object.hasOwn(measures, taken))
    .map((taken) => ({
      path: ['measures', taken],
      message: `expected another name: "${name}" keeps one of its two parts under "${taken}"`,
    }))
}

function checkWindow({ measures }: CubeDefinition, name: string, { measure: of }: WindowMeasure): Issue[] {
  const path = ['measures', name, 'measure']
  const measure = Object.hasOwn(measures, of) ? measures[of] : undefined
  if (!measure)
    return [
      { path, message: `expected a measure of the cube, one of ${Object.keys(measures).join(', ')}, got "${of}"` },
    ]
  const reason = UNFIT[measure.class]
  return reason
    ? [{ path, message: `expected a measure that adds up or merges over time, got "${of}", which ${reason}` }]
    : []
}

/** Why no other stretch of time can be computed from what is kept of a measure. */
const UNFIT: Record<Measure['class'], string | undefined> = {
  additive: undefined,
  extremal: undefined,
  decomposable: undefined,
  mergeable: undefined,
  last_value: 'is a state at a time',
  exact: 'neither adds up nor merges',
  derived: 'is computed from others: take the window of those and put the formula around them',
  window: 'is a window already',
}

/** A formula that can be read is put to the others. */
function checkFormula(
  { measures }: CubeDefinition,
  name: string,
  text: string,
  formulas: Map<string, Formula>,
): Issue[] {
  const path = ['measures', name, 'formula']
  try {
    const formula = parseFormula(text)
    formulas.set(name, formula)
    const unknown = namesIn(formula).filter((one) => !Object.hasOwn(measures, one))
    const known = Object.keys(measures)
      .filter((one) => one !== name)
      .join(', ')
    return unknown.map((one) => ({ path, message: `expected measures of the cube, such as ${known}, got "${one}"` }))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return [{ path, message: error.message }]
  }
}

/** Each circle once, at the measure of it that comes first. */
function checkCycles(formulas: ReadonlyMap<string, Formula>): Issue[] {
  const done = new Set<string>()
  const issues: Issue[] = []
  const visit = (name: string, way: readonly string[]) => {
    const start = way.indexOf(name)
    if (start >= 0) {
      const circle = [...way.slice(start), name].join(' → ')
      issues.push({
        path: ['measures', name, 'formula'],
        message: `expected a formula that does not need itself, got ${circle}`,
      })
      return
    }
    const formula = formulas.get(name)
    if (!formula || done.has(name)) return
    for (const needed of namesIn(formula)) visit(needed, [...way, name])
    done.add(name)
  }
  for (const name of formulas.keys()) visit(name, [])
  return issues
}
