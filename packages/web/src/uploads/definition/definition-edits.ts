import type {
  UploadAggregate,
  UploadColumn,
  UploadDefinition,
  UploadMeasure,
} from '@almanac/core/uploads/upload-definition.ts'
import { type Reading, typeOfReading } from '../upload-words.ts'

/** Changes of a definition, each of which leaves one that fits together. */

export function withReading(definition: UploadDefinition, name: string, reading: Reading): UploadDefinition {
  const columns = definition.columns.map((column): UploadColumn => {
    if (column.name !== name) return column
    const { type: _type, numbers: _numbers, dates: _dates, isPercent: _percent, ...rest } = column
    return { ...rest, ...typeOfReading(reading) }
  })
  return settled({ ...definition, columns })
}

export function withColumn(
  definition: UploadDefinition,
  name: string,
  change: Partial<UploadColumn>,
): UploadDefinition {
  return settled({
    ...definition,
    columns: definition.columns.map((column) => (column.name === name ? { ...column, ...change } : column)),
  })
}

export function withMeasure(
  definition: UploadDefinition,
  at: number,
  change: Partial<UploadMeasure>,
): UploadDefinition {
  const measures = definition.measures.map((measure, i) => {
    if (i !== at) return measure
    const { column, ...changed } = { ...measure, ...change }
    return changed.aggregate === 'count' || column === undefined ? changed : { ...changed, column }
  })
  return settled({ ...definition, measures })
}

export function withNewMeasure(
  definition: UploadDefinition,
  aggregate: UploadAggregate,
  column: UploadColumn | undefined,
): UploadDefinition {
  const taken = takenNames(definition)
  const base = aggregate === 'count' ? 'rows' : `${aggregate}_${column?.name ?? ''}`.slice(0, 36)
  let name = base
  for (let n = 2; taken.has(name); n++) name = `${base}_${n}`
  const measure: UploadMeasure = {
    name,
    label: aggregate === 'count' ? 'Rows' : `${WORDS[aggregate]} ${column?.label ?? ''}`.slice(0, 100).trim(),
    aggregate,
    ...(aggregate !== 'count' && column && { column: column.name }),
    format: aggregate === 'count' || aggregate === 'unique' ? 'integer' : 'decimal',
    better: 'higher',
  }
  return { ...definition, measures: [...definition.measures, measure] }
}

const WORDS: Record<UploadAggregate, string> = {
  count: 'Rows',
  sum: 'Total',
  average: 'Average',
  minimum: 'Least',
  maximum: 'Greatest',
  median: 'Median',
  unique: 'Different',
  last: 'Last',
}

export const withoutMeasure = (definition: UploadDefinition, at: number): UploadDefinition => ({
  ...definition,
  measures: definition.measures.filter((_, i) => i !== at),
})

/** Columns that a measure of this kind can be of. */
export function columnsFor({ columns }: UploadDefinition, aggregate: UploadAggregate): UploadColumn[] {
  if (aggregate === 'count') return []
  return columns.filter(
    ({ type, isLeftOut }) => !isLeftOut && (aggregate === 'unique' || type === 'integer' || type === 'decimal'),
  )
}

/** Without what a change has made impossible: a sum of a text, a time that is none, a measure with a dimension's name. */
function settled(definition: UploadDefinition): UploadDefinition {
  const { columns, time, keys } = definition
  const kept = columns.filter(({ isLeftOut }) => !isLeftOut)
  const names = new Set(kept.map(({ name }) => name))
  const isTime = kept.some(({ name, type }) => name === time && (type === 'date' || type === 'time'))
  const measures = definition.measures.filter(
    ({ aggregate, column }) =>
      aggregate === 'count' || columnsFor(definition, aggregate).some(({ name }) => name === column),
  )
  const dimensions = new Set(kept.filter(({ isDimension }) => isDimension).map(({ name }) => name))
  const renamed = measures.map((measure) => {
    if (!dimensions.has(measure.name)) return measure
    const taken = new Set([...dimensions, ...measures.map(({ name }) => name)])
    const base = `${measure.aggregate}_${measure.name}`.slice(0, 36)
    let name = base
    for (let n = 2; taken.has(name); n++) name = `${base}_${n}`
    return { ...measure, name }
  })
  const result = {
    ...definition,
    measures: renamed,
    keys: keys.filter((key) => names.has(key)),
    time: isTime ? time : null,
  }
  return renamed.length > 0 ? result : withNewMeasure(result, 'count', undefined)
}

function takenNames({ columns, measures }: UploadDefinition): Set<string> {
  return new Set([
    'time',
    ...columns.filter(({ isDimension }) => isDimension).map(({ name }) => name),
    ...measures.map(({ name }) => name),
  ])
}
