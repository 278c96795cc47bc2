import { ENGINE_TYPE, typeOf } from '../../cubes/sql/dimension-sql.ts'
import type { ResolvedFilter, ResolvedLeaf } from '../resolve/resolve-filter.ts'
import { bindList } from './list-parameter.ts'
import { TEXT } from './own-names.ts'

/** A condition in SQL, given the expression of each dimension: a column in the cube, an expression over raw rows. */
export type FilterSql = (sqlOf: (dimension: string) => string) => string

/** Values become parameters, named after `prefix`; no text of a request is part of the SQL. */
export function filterSql(filter: ResolvedFilter, prefix: string, parameters: Record<string, unknown>): FilterSql {
  if ('and' in filter) return joined(filter.and, ' AND ', prefix, parameters)
  if ('or' in filter) return joined(filter.or, ' OR ', prefix, parameters)
  if ('not' in filter) {
    const inner = filterSql(filter.not, `${prefix}_0`, parameters)
    return (sqlOf) => `NOT (${inner(sqlOf)})`
  }
  return leafSql(filter, prefix, parameters)
}

function joined(
  filters: readonly ResolvedFilter[],
  operator: string,
  prefix: string,
  parameters: Record<string, unknown>,
): FilterSql {
  const inner = filters.map((filter, i) => filterSql(filter, `${prefix}_${i}`, parameters))
  return (sqlOf) => `(${inner.map((sql) => sql(sqlOf)).join(operator)})`
}

function leafSql(
  { name, dimension, condition }: ResolvedLeaf,
  prefix: string,
  parameters: Record<string, unknown>,
): FilterSql {
  const type = typeOf(dimension)
  const bound = (suffix: string, value: unknown, engineType: string) => {
    parameters[`${prefix}${suffix}`] = value
    return `{${prefix}${suffix}:${engineType}}`
  }
  switch (condition.op) {
    case 'empty':
      return (sqlOf) => (type === 'number' ? `${sqlOf(name)} = 0` : `empty(${sqlOf(name)})`)
    case 'not_empty':
      return (sqlOf) => (type === 'number' ? `${sqlOf(name)} != 0` : `notEmpty(${sqlOf(name)})`)
    case 'range': {
      const from = condition.from === undefined ? undefined : bound('_from', condition.from, ENGINE_TYPE[type])
      const to = condition.to === undefined ? undefined : bound('_to', condition.to, ENGINE_TYPE[type])
      return (sqlOf) =>
        [...(from ? [`${sqlOf(name)} >= ${from}`] : []), ...(to ? [`${sqlOf(name)} < ${to}`] : [])].join(' AND ')
    }
    case 'in':
    case 'not_in': {
      const values = bindList(parameters, prefix, ENGINE_TYPE[type], condition.values)
      return (sqlOf) => `${sqlOf(name)} ${condition.op === 'in' ? 'IN' : 'NOT IN'} ${values}`
    }
    default: {
      const isNot = condition.op.startsWith('not_')
      const matches = MATCHES[condition.op.replace(/^not_/, '') as keyof typeof MATCHES]
      const values = bindList(parameters, prefix, 'String', condition.values)
      return (sqlOf) => `${isNot ? 'NOT ' : ''}arrayExists(${TEXT} -> ${matches(sqlOf(name))}, ${values})`
    }
  }
}

const MATCHES = {
  contains: (dimension: string) => `position(${dimension}, ${TEXT}) > 0`,
  starts_with: (dimension: string) => `startsWith(${dimension}, ${TEXT})`,
  ends_with: (dimension: string) => `endsWith(${dimension}, ${TEXT})`,
} as const
