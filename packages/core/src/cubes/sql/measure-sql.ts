import type { CubeBase } from '../cube.ts'
import type { Addend, Measure } from '../measure.ts'
import { personNumber } from './person-sql.ts'

/**
 * The life of a measure in SQL. What can be kept is kept as parts: from raw rows to a part, from parts to a part of a longer
 * bucket, from parts to the finished value. An answer is made of parts from the cube and of parts from raw rows alike.
 */

/** A column of a cube's table. */
export interface MeasurePart {
  /** Behind the name of the measure; empty for the only part. */
  readonly suffix: '' | '_numerator' | '_denominator'
  /** Of the column. */
  readonly type: string
  /** An aggregate over raw rows. */
  readonly fromRaw: string
  /** An aggregate over parts in `column`, which is a part again. */
  readonly merged: (column: string) => string
}

/** The parts that are kept of a measure; none for those that are computed from raw rows or from other measures. */
export function partsOf(measure: Measure, base: CubeBase): MeasurePart[] {
  switch (measure.class) {
    case 'additive':
      return [addedPart(measure.part, '')]
    case 'decomposable':
      return [addedPart(measure.numerator, '_numerator'), addedPart(measure.denominator, '_denominator')]
    case 'extremal': {
      const { aggregate, of, only } = measure
      return [
        {
          suffix: '',
          type: `SimpleAggregateFunction(${aggregate}, Nullable(Float64))`,
          fromRaw: `${aggregate}OrNullIf(toFloat64(${of}), ${condition(only)})`,
          merged: (column) => `${aggregate}(${column})`,
        },
      ]
    }
    case 'mergeable':
      return [statePart(stateOf(measure, base))]
    case 'last_value': {
      const aggregate = measure.pick === 'last' ? 'argMax' : 'argMin'
      return [
        {
          suffix: '',
          type: `AggregateFunction(${aggregate}, Float64, DateTime64(3, 'UTC'))`,
          fromRaw: `${aggregate}State(toFloat64(${measure.of}), toDateTime64(${base.timeColumn}, 3, 'UTC'))`,
          merged: (column) => `${aggregate}MergeState(${column})`,
        },
      ]
    }
    case 'exact':
    case 'derived':
    case 'window':
      return []
  }
}

type KeptMeasure = Exclude<Measure, { class: 'exact' | 'derived' | 'window' }>

/** From the parts, in columns that begin with `prefix`, to the finished value. */
export function finalSql(measure: KeptMeasure, prefix: string): string {
  switch (measure.class) {
    case 'additive':
      return `sum(${prefix})`
    case 'decomposable':
      return `toFloat64(sum(${prefix}_numerator)) / nullIf(toFloat64(sum(${prefix}_denominator)), 0)`
    case 'extremal':
      return `${measure.aggregate}(${prefix})`
    case 'mergeable': {
      const value = `${withSuffix(stateAggregate(measure.state), 'Merge')}(${prefix})`
      return measure.state.kind === 'quantile' ? `if(isFinite(${value}), ${value}, NULL)` : value
    }
    case 'last_value':
      return `${measure.pick === 'last' ? 'argMax' : 'argMin'}Merge(${prefix})`
  }
}

function addedPart({ of, only, number }: Addend, suffix: MeasurePart['suffix']): MeasurePart {
  const type = { integer: 'Int64', decimal: 'Decimal(38, 4)', float: 'Float64' }[number]
  const cast = { integer: 'toInt64', decimal: 'toDecimal128', float: 'toFloat64' }[number]
  const value = number === 'decimal' ? `${cast}(${of}, 4)` : `${cast}(${of})`
  const counted = only === undefined ? 'count()' : `countIf(${only})`
  return {
    suffix,
    type: `SimpleAggregateFunction(sum, ${type})`,
    fromRaw: of === undefined ? `toInt64(${counted})` : `sumIf(${value}, ${condition(only)})`,
    merged: (column) => `sum(${column})`,
  }
}

type StateKind = Extract<Measure, { class: 'mergeable' }>['state']

/** With its parameters, such as `quantileTDigest(0.95)`. */
function stateAggregate(state: StateKind): string {
  switch (state.kind) {
    case 'persons':
      return 'groupBitmap'
    case 'uniq':
      return state.isExact ? 'uniqExact' : 'uniqCombined64'
    case 'quantile':
      return `quantileTDigest(${state.level})`
  }
}

interface State {
  readonly aggregate: string
  readonly of: string
  readonly ofType: string
  readonly only: string
}

function stateOf({ state, only }: Extract<Measure, { class: 'mergeable' }>, { person }: CubeBase): State {
  const aggregate = stateAggregate(state)
  switch (state.kind) {
    case 'persons': {
      const number = person ? personNumber(person) : 'toUInt64(0)'
      return { aggregate, of: number, ofType: 'UInt64', only: `${number} != 0 AND (${condition(only)})` }
    }
    case 'uniq':
      return { aggregate, of: `sipHash64(toString(${state.of}))`, ofType: 'UInt64', only: condition(only) }
    case 'quantile':
      return { aggregate, of: `toFloat64(${state.of})`, ofType: 'Float64', only: condition(only) }
  }
}

function statePart({ aggregate, of, ofType, only }: State): MeasurePart {
  return {
    suffix: '',
    type: `AggregateFunction(${aggregate}, ${ofType})`,
    fromRaw: `${withSuffix(aggregate, 'StateIf')}(${of}, ${only})`,
    merged: (column) => `${withSuffix(aggregate, 'MergeState')}(${column})`,
  }
}

/** Behind the name and before the parameters: `quantileTDigestMerge(0.95)`. */
function withSuffix(aggregate: string, suffix: string): string {
  return aggregate.replace(/^\w+/, (name) => `${name}${suffix}`)
}

const condition = (only: string | undefined) => (only === undefined ? 'true' : only)
