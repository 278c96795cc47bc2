import type { CubeDefinition, Dimension } from '@almanac/core/cubes/cube.ts'
import { checkCube } from '@almanac/core/cubes/define/check-cube.ts'
import type { Measure } from '@almanac/core/cubes/measure.ts'
import type { UploadColumn, UploadDefinition, UploadMeasure } from '@almanac/core/uploads/upload-definition.ts'
import { keptColumns, storedName, TIME } from './upload-table.ts'

/** The cube of an upload. Nothing of it is kept ready: its rows are few enough to be read each time. */
export function uploadCube(name: string, table: string, definition: UploadDefinition): CubeDefinition {
  const { label, description, timezone, keys, measures } = definition
  const columns = keptColumns(definition)
  const isNullable = (column: UploadColumn) => column.type !== 'text' && !keys.includes(column.name)
  // With its table, as a query has names of its own that a column could have, too.
  const of = (column: UploadColumn) => `${table}.\`${storedName(column.name)}\``
  const per = columns.filter(({ name, isDimension }) => isDimension && keys.includes(name)).map(({ name }) => name)
  const checked = checkCube({
    name,
    label,
    ...(description !== '' && { description }),
    base: {
      from: table,
      tables: [table],
      ...(keys.length > 0 && { isReplacing: true as const }),
      where: 'true',
      timeColumn: `${table}.${TIME}`,
    },
    calendar: { timezone, firstDayOfWeek: 1, fiscalYearStart: 1 },
    dimensions: Object.fromEntries(
      columns
        .filter(({ isDimension }) => isDimension)
        .map((column) => [column.name, dimensionOf(column, of(column), isNullable(column))]),
    ),
    measures: Object.fromEntries(
      measures.map((measure) => {
        const column = columns.find((one) => one.name === measure.column)
        return [
          measure.name,
          measureOf(measure, column && { sql: of(column), isNullable: isNullable(column), type: column.type }, per),
        ]
      }),
    ),
    defaultFilters: {},
    rollups: [],
  })
  if ('definition' in checked) return checked.definition
  const reasons = checked.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new Error(`the cube of the upload ${name} is wrong: ${reasons.join('; ')}`)
}

/** What is not there is empty. */
function dimensionOf({ label, type }: UploadColumn, sql: string, isNullable: boolean): Dimension {
  const text = type === 'boolean' ? `if(${sql}, 'true', 'false')` : `toString(${sql})`
  const filled = isNullable ? `ifNull(${text}, '')` : text
  const whole = type === 'boolean' && isNullable ? `if(isNull(${sql}), '', ${text})` : filled
  return { kind: 'expression', sql: type === 'text' ? sql : whole, type: 'string', label }
}

interface Value {
  readonly sql: string
  readonly isNullable: boolean
  readonly type: UploadColumn['type']
}

function measureOf(
  { label, aggregate, format, currency, better }: UploadMeasure,
  value: Value | undefined,
  per: readonly string[],
): Measure {
  const shown = { label, format, ...(currency !== undefined && { currency }), better }
  if (aggregate === 'count' || !value) return { class: 'additive', part: { number: 'integer' }, gaps: 'zero', ...shown }
  const { sql, isNullable, type } = value
  const of = isNullable ? `assumeNotNull(${sql})` : sql
  const only = isNullable ? { only: `isNotNull(${sql})` } : {}
  switch (aggregate) {
    case 'sum':
      // Floating point: whole numbers of 64 bits would overflow when they are added.
      return { class: 'additive', part: { of, number: 'float', ...only }, gaps: 'zero', ...shown }
    case 'average':
      return {
        class: 'decomposable',
        numerator: { of, number: 'float', ...only },
        denominator: { number: 'integer', ...only },
        gaps: 'null',
        ...shown,
      }
    case 'minimum':
      return { class: 'extremal', aggregate: 'min', of, ...only, gaps: 'null', ...shown }
    case 'maximum':
      return { class: 'extremal', aggregate: 'max', of, ...only, gaps: 'null', ...shown }
    case 'median':
      return { class: 'exact', state: { kind: 'median', of, ...only }, gaps: 'null', ...shown }
    case 'unique': {
      const there = type === 'text' ? { only: `${sql} != ''` } : only
      return { class: 'mergeable', state: { kind: 'uniq', of, isExact: true }, ...there, gaps: 'zero', ...shown }
    }
    case 'last':
      // Rows without a value are passed over by the engine; each thing that the keys tell apart has a last one of its own.
      return { class: 'last_value', pick: 'last', of: sql, per, gaps: 'previous', ...shown }
  }
}
