import type { Issue } from '../../errors.ts'
import { isTimeZone } from '../../time/moment.ts'
import { hasPartHours } from '../../time/part-hours.ts'
import type { CubeDefinition, Dimension, Rollup } from '../cube.ts'
import { keptDimensionIssue } from '../kept-dimension.ts'
import { NAME, NAME_TEXT } from '../names.ts'
import { bucketLabels, typeOf } from '../sql/dimension-sql.ts'
import { checkMeasures } from './check-measures.ts'
import { CubeSchema } from './cube-schema.ts'
import { described, expectation, issuesOf } from './schema-issues.ts'

export type CheckedCube = { readonly definition: CubeDefinition } | { readonly issues: readonly Issue[] }

/** All that is wrong with a cube and can be seen without its tables, each with its path. A good one comes back as plain data. */
export function checkCube(value: unknown): CheckedCube {
  const parsed = CubeSchema.safeParse(value, { error: expectation })
  if (parsed.success) {
    const issues = checkParts(parsed.data)
    return issues.length > 0 ? { issues } : { definition: parsed.data }
  }
  const isFormed = parsed.error.issues.every(({ code }) => !SHAPELESS.includes(code))
  // With the right form and wrong values in it, how things fit together can be looked at all the same.
  return { issues: [...issuesOf(parsed.error), ...(isFormed ? checkParts(value as CubeDefinition) : [])] }
}

const SHAPELESS: readonly string[] = ['invalid_type', 'invalid_union']

function checkParts(cube: CubeDefinition): Issue[] {
  return [
    ...checkBase(cube),
    ...checkNames(cube),
    ...checkMeasures(cube),
    ...checkDefaultFilters(cube),
    ...checkRollups(cube),
  ]
}

function checkBase({ base }: CubeDefinition): Issue[] {
  if (!base.isReplacing || !base.from.startsWith('(')) return []
  return [{ path: ['base', 'isReplacing'], message: 'expected a table: a query says FINAL by itself' }]
}

function checkNames({ dimensions, measures }: CubeDefinition): Issue[] {
  return [
    ...Object.keys(dimensions).flatMap((name) => nameIssue(name, ['dimensions', name])),
    ...Object.keys(measures).flatMap((name) => nameIssue(name, ['measures', name])),
    ...Object.keys(measures)
      .filter((name) => Object.hasOwn(dimensions, name))
      .map((name) => ({
        path: ['measures', name],
        message: `expected another name: a dimension is called "${name}", too`,
      })),
  ]
}

function nameIssue(name: string, path: Issue['path']): Issue[] {
  if (name === 'time')
    return [{ path, message: 'expected another name than "time", which is the column of the buckets' }]
  return NAME.test(name) ? [] : [{ path, message: `expected ${NAME_TEXT}, got ${described(name)}` }]
}

function checkDefaultFilters({ defaultFilters, dimensions }: CubeDefinition): Issue[] {
  return Object.entries(defaultFilters).flatMap(([name, values]) => {
    const dimension = Object.hasOwn(dimensions, name) ? dimensions[name] : undefined
    const path = ['defaultFilters', name]
    if (!dimension) {
      return [{ path, message: `expected a dimension of the cube, one of ${listed(dimensions)}, got "${name}"` }]
    }
    return values.flatMap((value, i) => {
      const expected = expectedValue(dimension, value)
      return expected ? [{ path: [...path, i], message: `expected ${expected}, got ${described(value)}` }] : []
    })
  })
}

const TYPES = { string: 'text', number: 'a number', boolean: 'true or false' } as const

/** What a dimension's values look like, when this is none. */
function expectedValue(dimension: Dimension, value: string | number | boolean): string | undefined {
  if (dimension.kind === 'buckets') {
    const labels = bucketLabels(dimension)
    return labels.some((label) => label === value)
      ? undefined
      : `one of ${labels.map((label) => `"${label}"`).join(', ')}`
  }
  const type = typeOf(dimension)
  return typeof value === type ? undefined : TYPES[type]
}

function checkRollups(cube: CubeDefinition): Issue[] {
  const seen = new Set<string>()
  const { timezone } = cube.calendar
  const isPartHours = isTimeZone(timezone) && hasPartHours(timezone)
  return cube.rollups.flatMap((rollup, i): Issue[] => {
    const issues = [...checkRollupDimensions(cube, rollup, i), ...checkRollupMeasures(cube, rollup, i)]
    if (isPartHours && rollup.step === 'hour') {
      const message = `expected quarter_hour: the days of ${timezone} begin between two full hours of UTC`
      issues.push({ path: ['rollups', i, 'step'], message })
    }
    const key = JSON.stringify([rollup.dimensions.toSorted(), rollup.measures?.toSorted(), rollup.step, rollup.states])
    if (seen.has(key))
      issues.push({ path: ['rollups', i], message: 'expected each rollup once, got the same one again' })
    seen.add(key)
    return issues
  })
}

function checkRollupDimensions({ dimensions }: CubeDefinition, rollup: Rollup, i: number): Issue[] {
  return rollup.dimensions.flatMap((name, j): Issue[] => {
    const path = ['rollups', i, 'dimensions', j]
    if (rollup.dimensions.indexOf(name) < j)
      return [{ path, message: `expected each dimension once, got "${name}" twice` }]
    return keptDimensionIssue(dimensions, name, path)
  })
}

function checkRollupMeasures({ measures }: CubeDefinition, rollup: Rollup, i: number): Issue[] {
  return (rollup.measures ?? []).flatMap((name, j): Issue[] => {
    const path = ['rollups', i, 'measures', j]
    const measure = Object.hasOwn(measures, name) ? measures[name] : undefined
    if (!measure)
      return [{ path, message: `expected a measure of the cube, one of ${listed(measures)}, got "${name}"` }]
    if (rollup.measures?.indexOf(name) !== j)
      return [{ path, message: `expected each measure once, got "${name}" twice` }]
    if (measure.class !== 'exact' && measure.class !== 'derived' && measure.class !== 'window') return []
    const why = measure.class === 'exact' ? 'neither adds up nor merges' : 'is computed from others'
    return [{ path, message: `expected a measure that can be kept, got "${name}", which ${why}` }]
  })
}

const listed = (record: Readonly<Record<string, unknown>>) => Object.keys(record).join(', ') || 'none'
