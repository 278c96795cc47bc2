import { typeOf } from '../../cubes/sql/dimension-sql.ts'
import type { Column } from '../query.ts'
import type { ResolvedFilter } from '../resolve/resolve-filter.ts'
import type { NamedMeasure } from '../resolve/resolve-measures.ts'
import type { ResolvedQuery } from '../resolve/resolve-query.ts'

/** What the columns of an answer are, in the order of the rows' keys. */
export function columnsOf({ grain, dimensions, measures, comparisons, top, filters }: ResolvedQuery): Column[] {
  const currency = onlyCurrency(filters)
  const named = measures.map((one) => inCurrency(one, currency))
  return [
    ...(grain ? [{ name: 'time', kind: 'time' as const, type: 'time' as const, label: 'Time' }] : []),
    ...dimensions.map(
      ({ name, dimension }): Column => ({ name, kind: 'dimension', type: typeOf(dimension), label: dimension.label }),
    ),
    ...(top?.rest
      ? [{ name: 'isRest', kind: 'flag' as const, type: 'boolean' as const, label: 'Everything else' }]
      : []),
    ...named.map(measureColumn),
    ...comparisons.flatMap(({ name }) => [
      ...(grain ? [comparedTime(name)] : []),
      ...named.flatMap((measure) => comparedColumns(measure, name)),
    ]),
  ]
}

/**
 * Amounts in whatever currency each row has are of one currency when a filter leaves only one: `currency` is where the ready
 * cube of revenue has it, and where a cube of one's own does well to have it.
 */
function onlyCurrency(filters: readonly ResolvedFilter[]): string | undefined {
  for (const filter of filters) {
    if (!('condition' in filter) || filter.name !== 'currency' || filter.condition.op !== 'in') continue
    const [value, ...others] = filter.condition.values
    if (others.length === 0 && typeof value === 'string' && /^[A-Z]{3}$/.test(value)) return value
  }
  return undefined
}

function inCurrency({ name, measure }: NamedMeasure, currency: string | undefined): NamedMeasure {
  if (measure.format !== 'currency' || measure.currency !== undefined || currency === undefined)
    return { name, measure }
  return { name, measure: { ...measure, currency } }
}

function measureColumn({ name, measure }: NamedMeasure): Column {
  const { label, format, currency, better } = measure
  return {
    name,
    kind: 'measure',
    type: 'number',
    label,
    format,
    ...(currency !== undefined && { currency }),
    better,
    class: measure.class,
  }
}

const comparedTime = (comparison: string): Column => ({
  name: `time:${comparison}`,
  kind: 'comparison',
  type: 'time',
  label: 'Time',
  comparison,
  part: 'time',
})

function comparedColumns(named: NamedMeasure, comparison: string): Column[] {
  const { label, format, currency, better } = measureColumn(named)
  const column = (part: 'value' | 'difference' | 'percent'): Column => ({
    name: `${named.name}:${comparison}${part === 'value' ? '' : `:${part}`}`,
    kind: 'comparison',
    type: 'number',
    label,
    ...(part === 'percent'
      ? { format: 'decimal', unit: '%' }
      : { format, ...(currency !== undefined && { currency }) }),
    ...(better !== undefined && { better }),
    measure: named.name,
    comparison,
    part,
  })
  return [column('value'), column('difference'), column('percent')]
}
