import type { CubeBase } from '../cubes/cube.ts'
import type { Addend, Measure } from '../cubes/measure.ts'
import { personId } from '../cubes/sql/person-sql.ts'

/** Which raw rows a measure takes, and what of each. */
export interface MeasureRows {
  /** True for the rows that count. */
  readonly where: string
  /** Names and expressions of what is taken, over raw rows. */
  readonly counted: Readonly<Record<string, string>>
  /** The expression of the person, where persons are counted. */
  readonly person?: string
}

/** `undefined` for what is computed from other measures and so has no rows of its own. */
export function measureRows(measure: Measure, base: CubeBase): MeasureRows | undefined {
  switch (measure.class) {
    case 'additive':
      return { where: condition(measure.part.only), counted: { value: addedSql(measure.part) } }
    case 'decomposable': {
      const { numerator, denominator } = measure
      return {
        where: `(${condition(numerator.only)}) OR (${condition(denominator.only)})`,
        counted: { numerator: ifSql(numerator), denominator: ifSql(denominator) },
      }
    }
    case 'extremal':
      return { where: condition(measure.only), counted: { value: `toFloat64(${measure.of})` } }
    case 'mergeable': {
      const { state, only } = measure
      if (state.kind !== 'persons') {
        const value = state.kind === 'uniq' ? `toString(${state.of})` : `toFloat64(${state.of})`
        return { where: condition(only), counted: { value } }
      }
      if (!base.person) return { where: 'false', counted: {} }
      const person = personId(base.person)
      return { where: `${person} != 0 AND (${condition(only)})`, counted: { person: `toString(${person})` }, person }
    }
    case 'last_value':
      return { where: 'true', counted: { value: `toFloat64(${measure.of})` } }
    case 'exact':
      return {
        where: measure.state.kind === 'median' ? condition(measure.state.only) : 'true',
        counted: { value: `toFloat64(${measure.state.of})` },
      }
    case 'derived':
    case 'window':
      return undefined
  }
}

const condition = (only: string | undefined) => only ?? 'true'
const addedSql = ({ of }: Addend) => (of === undefined ? 'toInt64(1)' : of)
/** Nothing where the row belongs to the other part alone. */
const ifSql = (part: Addend) => `if(${condition(part.only)}, ${addedSql(part)}, NULL)`
