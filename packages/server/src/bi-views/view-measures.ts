import type { CubeBase } from '@almanac/core/cubes/cube.ts'
import type { Addend, Measure, UniqState } from '@almanac/core/cubes/measure.ts'
import { partsOf } from '@almanac/core/cubes/sql/measure-sql.ts'
import { personId } from '@almanac/core/cubes/sql/person-sql.ts'

/**
 * Measures over the raw rows in one step, for views. Persons are counted by their ids and not by their numbers, which is the
 * same count and needs no join that would read all rows a second time.
 */
export function finishedSql(measure: Measure, base: CubeBase): string | undefined {
  switch (measure.class) {
    case 'additive':
    case 'extremal':
      return partsOf(measure, base)[0]?.fromRaw
    case 'decomposable': {
      const [numerator, denominator] = partsOf(measure, base)
      return `toFloat64(${numerator?.fromRaw}) / nullIf(toFloat64(${denominator?.fromRaw}), 0)`
    }
    case 'mergeable': {
      const { state, only } = measure
      if (state.kind === 'quantile') {
        const value = `quantileTDigestIf(${state.level})(toFloat64(${state.of}), ${condition(only)})`
        return `if(isFinite(${value}), ${value}, NULL)`
      }
      const aggregate = state.kind === 'uniq' && !state.isExact ? 'uniqCombined64' : 'uniqExact'
      return `${aggregate}If(${keySql(state, base)}, ${keyCondition(state, only, base)})`
    }
    case 'last_value':
      return `${measure.pick === 'last' ? 'argMax' : 'argMin'}(toFloat64(${measure.of}), ${base.timeColumn})`
    case 'exact':
      if (measure.state.kind === 'imported') return undefined
      return `quantileExactInclusiveOrNullIf(0.5)(toFloat64(${measure.state.of}), ${condition(measure.state.only)})`
    case 'derived':
    case 'window':
      return undefined
  }
}

/** What one raw row brings to a measure, for tools that add up and count themselves. The names are suffixes. */
export function rowSql(measure: Measure, base: CubeBase): { readonly suffix: string; readonly sql: string }[] {
  switch (measure.class) {
    case 'additive':
      return [{ suffix: '', sql: addendSql(measure.part) }]
    case 'decomposable':
      return [
        { suffix: '_numerator', sql: addendSql(measure.numerator) },
        { suffix: '_denominator', sql: addendSql(measure.denominator) },
      ]
    case 'extremal':
      return [{ suffix: '', sql: numberWhere(measure.of, measure.only) }]
    case 'mergeable': {
      const { state, only } = measure
      if (state.kind === 'quantile') return [{ suffix: '', sql: numberWhere(state.of, only) }]
      return [{ suffix: '_key', sql: keyWhere(state, only, base) }]
    }
    case 'exact':
      if (measure.state.kind === 'imported') return []
      return [{ suffix: '', sql: numberWhere(measure.state.of, measure.state.only) }]
    case 'last_value':
      return [{ suffix: '', sql: numberWhere(measure.of, undefined) }]
    case 'derived':
    case 'window':
      return []
  }
}

function addendSql({ of, only, number }: Addend): string {
  const type = { integer: 'Int64', decimal: 'Decimal(38, 4)', float: 'Float64' }[number]
  if (of === undefined) return cast(condition(only), type)
  return cast(only === undefined ? of : `if(${only}, ${of}, 0)`, type)
}

const numberWhere = (value: string, only: string | undefined) =>
  cast(`if(${condition(only)}, toFloat64(${value}), NULL)`, 'Nullable(Float64)')

/** An expression over a column of few values is by itself of a type that views do not take for numbers. */
export const cast = (sql: string, type: string) => `CAST(${sql}, '${type}')`

function keySql(state: UniqState, { person }: CubeBase): string {
  if (state.kind === 'uniq') return `sipHash64(toString(${state.of}))`
  return person ? personId(person) : 'toUInt64(0)'
}

function keyCondition(state: UniqState, only: string | undefined, base: CubeBase): string {
  return state.kind === 'uniq' ? condition(only) : `${keySql(state, base)} != 0 AND (${condition(only)})`
}

const keyWhere = (state: UniqState, only: string | undefined, base: CubeBase) =>
  cast(`if(${keyCondition(state, only, base)}, ${keySql(state, base)}, NULL)`, 'Nullable(UInt64)')

const condition = (only: string | undefined) => only ?? 'true'
