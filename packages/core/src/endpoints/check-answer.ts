import type { Issue } from '../errors.ts'
import { checkParameterReference, malformed } from './check-references.ts'
import type { EndpointDefinition } from './endpoint.ts'
import { mayHaveColumn, type QueryColumns, rowKey } from './query-columns.ts'
import { isObject, type Joined, REFERENCES, referenceKey } from './template.ts'

type Path = Issue['path']

/** The columns that an item of a list can name, and what they are called in messages. */
interface Rows {
  readonly label: string
  readonly has: (column: string) => boolean
  /** Columns that tell one row from another; `undefined` where a parameter decides. */
  readonly key: readonly string[] | undefined
}
interface Scope {
  readonly rows: Rows
  /** In a group of rows, those that are equal in all of them. In a single row, `undefined`. */
  readonly grouped: readonly string[] | undefined
}

interface Context {
  readonly definition: EndpointDefinition
  readonly columns: Readonly<Record<string, QueryColumns>>
  readonly used: Set<string>
}

/** What is wrong with the form of an answer. `used` gets the names of the parameters in it. */
export function checkAnswer(
  definition: EndpointDefinition,
  columns: Readonly<Record<string, QueryColumns>>,
  used: Set<string>,
): Issue[] {
  return check(definition.answer, ['answer'], undefined, { definition, columns, used })
}

function check(template: unknown, path: Path, scope: Scope | undefined, context: Context): Issue[] {
  if (Array.isArray(template)) return template.flatMap((item, i) => check(item, [...path, i], scope, context))
  if (!isObject(template)) return isScalar(template) ? [] : [{ path, message: `expected data, got ${typeof template}` }]
  const key = referenceKey(template)
  switch (key) {
    case undefined:
      return Object.entries(template).flatMap(([name, part]) => check(part, [...path, name], scope, context))
    case '$parameter':
      return checkParameterReference(template, context.definition, path, context.used, optionalNames(context))
    case '$column':
      return checkColumn(template, path, scope)
    case '$value':
    case '$total':
      return checkSingle(key, template, path, context)
    case '$each':
      return checkEach(template, path, scope, context)
    default:
      return [{ path, message: `there is no reference ${key} in an answer` }]
  }
}

const isScalar = (value: unknown) => value === null || ['string', 'number', 'boolean'].includes(typeof value)

/** An answer shows null for a parameter that was not given. */
const optionalNames = ({ definition }: Context) => Object.keys(definition.parameters)

function checkColumn(template: unknown, path: Path, scope: Scope | undefined): Issue[] {
  const parsed = REFERENCES.$column.safeParse(template)
  if (!parsed.success) return [malformed('$column', path)]
  if (!scope) return [{ path, message: 'expected column(…) inside each(…), groups(…) or keyed(…)' }]
  const { $column } = parsed.data
  const { rows, grouped } = scope
  if (!rows.has($column)) return [{ path, message: `${rows.label} has no column "${$column}"` }]
  const isOneRow = grouped === undefined || (rows.key?.every((name) => grouped.includes(name)) ?? true)
  if (isOneRow || grouped.includes($column)) return []
  const message = `"${$column}" differs within a group by ${grouped.join(', ')}: expected it inside eachOfGroup(…), or the group by more`
  return [{ path, message }]
}

function checkSingle(key: '$value' | '$total', template: unknown, path: Path, { columns }: Context): Issue[] {
  const parsed = key === '$value' ? REFERENCES.$value.safeParse(template) : REFERENCES.$total.safeParse(template)
  if (!parsed.success) return [malformed(key, path)]
  const name = '$value' in parsed.data ? parsed.data.$value : parsed.data.$total
  const query = Object.hasOwn(columns, name) ? columns[name] : undefined
  if (!query) return [unknownQuery(name, columns, path)]
  if (key === '$value' && !query.isOneRow) {
    return [{ path, message: `value(…) needs a query of one row: "${name}" has dimensions or a grain` }]
  }
  if (key === '$total' && !query.hasGrandTotal) {
    return [{ path, message: `total(…) needs a query with totals: [[]], and "${name}" has none` }]
  }
  const { column } = parsed.data
  return mayHaveColumn(query, column) ? [] : [{ path, message: `the query "${name}" has no column "${column}"` }]
}

function checkEach(template: unknown, path: Path, scope: Scope | undefined, context: Context): Issue[] {
  const parsed = REFERENCES.$each.safeParse(template)
  if (!parsed.success) return [malformed('$each', path)]
  const { $each, by, keyed, item } = parsed.data
  const source = rowsOf($each, path, scope, context.columns)
  if ('message' in source) return [source]
  const issues = (by ?? []).flatMap(({ $column }, i): Issue[] =>
    source.has($column) ? [] : [{ path: [...path, 'by', i], message: `${source.label} has no column "${$column}"` }],
  )
  if (keyed && by?.length !== 1) issues.push({ path, message: 'expected one column whose values are the keys' })
  const outer = $each === null ? (scope?.grouped ?? []) : []
  const inner: Scope = { rows: source, grouped: by && [...outer, ...by.map(({ $column }) => $column)] }
  return [...issues, ...check(item, [...path, 'item'], inner, context)]
}

function rowsOf(
  source: string | Joined | null,
  path: Path,
  scope: Scope | undefined,
  columns: Context['columns'],
): Rows | Issue {
  if (source === null) {
    return scope?.grouped ? scope.rows : { path, message: 'expected this inside groups(…): there is no group here' }
  }
  if (typeof source !== 'string') return joinedRows(source, path, columns)
  const query = Object.hasOwn(columns, source) ? columns[source] : undefined
  if (!query) return unknownQuery(source, columns, path)
  return { label: `the query "${source}"`, has: (column) => mayHaveColumn(query, column), key: rowKey(query) }
}

function joinedRows({ join, on }: Joined, path: Path, columns: Context['columns']): Rows | Issue {
  for (const name of join) {
    const query = Object.hasOwn(columns, name) ? columns[name] : undefined
    if (!query) return unknownQuery(name, columns, path)
    const key = rowKey(query)
    if (key && key.toSorted().join() !== on.toSorted().join()) {
      const message = `the rows of "${name}" are told apart by ${key.join(', ') || 'nothing'}, so they cannot be joined on ${on.join(', ')}`
      return { path, message }
    }
  }
  const has = (column: string) => {
    const [name = '', rest] = column.split('.')
    const query = join.includes(name) ? columns[name] : undefined
    return on.includes(column) || (rest !== undefined && query !== undefined && mayHaveColumn(query, rest))
  }
  return { label: `the join of ${join.join(', ')}`, has, key: on }
}

function unknownQuery(name: string, columns: Context['columns'], path: Path): Issue {
  return { path, message: `there is no query "${name}": the endpoint has ${Object.keys(columns).join(', ')}` }
}
