import type { QueryInput } from '@almanac/core/query/query.ts'
import { InvalidArgumentError } from 'commander'

/** The flags of `almanac query` and what they are in a query. */

type Filter = NonNullable<QueryInput['filters']>[number]
type Order = NonNullable<QueryInput['order']>[number]
type Comparison = NonNullable<QueryInput['compare']>[number]
type Having = NonNullable<QueryInput['having']>[number]
type Top = NonNullable<QueryInput['top']>

export interface QueryFlags {
  readonly cube: string
  readonly measures: readonly string[]
  readonly dimensions: readonly string[]
  readonly filter: readonly FlagFilter[]
  readonly segment: readonly string[]
  readonly from: string
  readonly to: string
  readonly grain?: QueryInput['grain']
  readonly timezone?: string
  readonly weekStart?: number
  readonly fiscalYearStart?: number
  readonly compare: readonly Comparison[]
  readonly having: readonly Having[]
  readonly top?: Top
  readonly totals: readonly (readonly string[])[]
  readonly order: readonly Order[]
  readonly limit?: number
}

export interface FlagFilter {
  readonly dimension: string
  readonly operator: keyof typeof OPERATORS
  readonly value: string
}

/** The types decide whether `--filter status=404` means a number; what is not known goes as text. */
export function queryOf(flags: QueryFlags, types: ReadonlyMap<string, string>): QueryInput {
  const { cube, measures, dimensions, from, to, grain, timezone, order, limit } = flags
  return {
    cube,
    measures: [...measures],
    dimensions: [...dimensions],
    filters: mergedFilters(flags.filter, types),
    segments: [...flags.segment],
    from,
    to,
    ...(grain !== undefined && { grain }),
    ...(timezone !== undefined && { timezone }),
    ...(flags.weekStart !== undefined && { firstDayOfWeek: flags.weekStart }),
    ...(flags.fiscalYearStart !== undefined && { fiscalYearStart: flags.fiscalYearStart }),
    compare: [...flags.compare],
    having: [...flags.having],
    ...(flags.top && { top: flags.top }),
    totals: flags.totals.map((set) => [...set]),
    order: [...order],
    ...(limit !== undefined && { limit }),
  }
}

/** `--filter status=404 --filter status=500` means either: the values of one dimension and operator go together. */
export function mergedFilters(filters: readonly FlagFilter[], types: ReadonlyMap<string, string>): Filter[] {
  const groups = Map.groupBy(filters, ({ dimension, operator }) => `${operator} ${dimension}`)
  return [...groups.values()].flatMap((group): Filter[] => {
    const [first] = group
    if (first === undefined) return []
    const { dimension, operator } = first
    const values = group.map(({ value }) => typedValue(value, types.get(dimension)))
    if (operator === '>=' || operator === '<') {
      const bounds = values.map((value) => (typeof value === 'boolean' ? String(value) : value))
      return bounds.map((bound) => ({ dimension, op: 'range', [operator === '>=' ? 'from' : 'to']: bound }))
    }
    return [{ dimension, op: OPERATORS[operator], values }]
  })
}

function typedValue(value: string, type: string | undefined): string | number | boolean {
  if (type === 'number' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value)
  if (type === 'boolean' && ['true', 'false'].includes(value)) return value === 'true'
  return value
}

export function fieldNames(text: string): string[] {
  const parts = text.split(',').map((part) => part.trim())
  if (parts.includes('')) throw new InvalidArgumentError('Expected names with commas between, such as hits,visitors.')
  return parts
}

const OPERATORS = {
  '=': 'in',
  '!=': 'not_in',
  '~': 'contains',
  '!~': 'not_contains',
  '^=': 'starts_with',
  '$=': 'ends_with',
  '>=': 'range',
  '<': 'range',
} as const

export function addFilter(text: string, filters: readonly FlagFilter[]): FlagFilter[] {
  const match = /^(?<dimension>\w+)(?<operator>!=|!~|\^=|\$=|>=|<|=|~)(?<value>.*)$/s.exec(text)?.groups
  if (match?.dimension === undefined)
    throw new InvalidArgumentError('Expected something such as status=404 or path!=/x.')
  return [
    ...filters,
    { dimension: match.dimension, operator: match.operator as FlagFilter['operator'], value: match.value ?? '' },
  ]
}

const TIMES = ['previous_period', 'previous_week', 'previous_month', 'previous_quarter', 'previous_year'] as const

export function addComparison(text: string, comparisons: readonly Comparison[]): Comparison[] {
  const [name, ...options] = text.split(':')
  const time = TIMES.find((one) => one === name)
  if (!time || options.some((option) => option !== 'weekday' && option !== 'to_date')) {
    throw new InvalidArgumentError(
      `Expected one of ${TIMES.join(', ')}, such as previous_year or previous_year:weekday.`,
    )
  }
  return [
    ...comparisons,
    {
      with: time,
      ...(options.includes('weekday') && { align: 'weekday' }),
      ...(options.includes('to_date') && { toDate: true }),
    },
  ]
}

const COMPARED = { '>=': 'gte', '<=': 'lte', '!=': 'neq', '>': 'gt', '<': 'lt', '=': 'eq' } as const

export function addHaving(text: string, conditions: readonly Having[]): Having[] {
  const match = /^(?<measure>\w+)(?<operator>>=|<=|!=|>|<|=)(?<value>-?\d+(\.\d+)?)$/.exec(text)?.groups
  if (match?.measure === undefined) throw new InvalidArgumentError('Expected something such as hits>=100.')
  const op = COMPARED[match.operator as keyof typeof COMPARED]
  return [...conditions, { measure: match.measure, op, value: Number(match.value) }]
}

export function topList(text: string): Top {
  const match = /^(?<count>[1-9]\d{0,3}):(?<by>\w+)(?<rest>:rest)?$/.exec(text)?.groups
  if (match?.by === undefined) throw new InvalidArgumentError('Expected something such as 10:hits or 10:hits:rest.')
  return { by: match.by, count: Number(match.count), rest: match.rest !== undefined }
}

export function addSet(text: string, sets: readonly (readonly string[])[]): (readonly string[])[] {
  return [...sets, text === 'all' ? [] : fieldNames(text)]
}

export function orders(text: string): Order[] {
  return fieldNames(text).map((part) => {
    const [by = '', direction = 'desc', ...rest] = part.split(':')
    if (rest.length > 0 || (direction !== 'asc' && direction !== 'desc')) {
      throw new InvalidArgumentError('Expected something such as hits:desc or path:asc.')
    }
    return { by, direction }
  })
}

export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Expected a whole number above 0.')
  return Number(text)
}
