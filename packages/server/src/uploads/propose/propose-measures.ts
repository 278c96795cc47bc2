import type { UploadColumn, UploadMeasure } from '@almanac/core/uploads/upload-definition.ts'
import { freshName, plainName } from '../values/column-name.ts'
import type { Evidence } from './column-evidence.ts'

/** What of a table is probably grouped by and what is probably added up, by the values and by what people call such columns. */

const RATE =
  /(rate|ratio|share|percent|pct|%|price|preis|avg|average|mean|median|score|rating|temperature|temp([^a-z]|$)|speed|per |index|age$|level|margin|cost per|cpc|cpm|ctr|latency|duration|weight|height|length|width|density|concentration|pressure|humidity|anteil|quote|durchschnitt|taux|prix|moyenne)/i
const ID =
  /((^|[^a-z])(id|ids|no|nr|num|number|nummer|code|key|sku|zip|zipcode|plz|postal|phone|isbn|ean|index|rank|position|row|year|jahr|month|monat|day|week|weekday|hour|quarter|lat|latitude|lon|lng|long|longitude|x|y)([^a-z]|$))|([a-z](ID|Id|No|Nr|Code|Key|Number|Year|Month|Day)$)|(_|-)(id|no|nr|code|key)$/i
const PLACE = /(^|[^a-z])(lat|latitude|lon|lng|long|longitude|x|y)([^a-z]|$)/i

/** Above this, a list of values is no help to anybody. */
const FEW_VALUES = 1000

export function isDimension({ type }: Pick<UploadColumn, 'type'>, header: string, evidence: Evidence): boolean {
  const { distinct, rows, nothing } = evidence
  const values = rows - nothing
  switch (type) {
    case 'boolean':
      return true
    case 'text':
      return values > 0 && (distinct.size <= 20 || (distinct.size <= FEW_VALUES && distinct.size < values * 0.9))
    case 'integer':
      return (
        ID.test(header) &&
        !PLACE.test(header) &&
        distinct.size <= FEW_VALUES &&
        (distinct.size < values * 0.5 || distinct.size <= 20)
      )
    case 'decimal':
    case 'date':
    case 'time':
      return false
  }
}

export function proposeMeasures(columns: readonly UploadColumn[], evidence: readonly Evidence[]): UploadMeasure[] {
  const taken = new Set(['time', ...columns.filter(({ isDimension }) => isDimension).map(({ name }) => name)])
  const rows: UploadMeasure = {
    name: freshName('rows', taken),
    label: 'Rows',
    aggregate: 'count',
    format: 'integer',
    better: 'higher',
  }
  const found = columns.flatMap((column, i): UploadMeasure[] => {
    const about = evidence[i]
    if (!about || column.isLeftOut) return []
    const measure = measureOf(column, about)
    return measure ? [{ ...measure, name: freshName(measure.name, taken), column: column.name }] : []
  })
  return [rows, ...found].slice(0, 40)
}

type Proposed = Omit<UploadMeasure, 'column'>

function measureOf(column: UploadColumn, { distinct, rows, nothing, rising }: Evidence): Proposed | undefined {
  const { name, label, type, source, isPercent } = column
  const values = rows - nothing
  const better = 'higher' as const
  const repeats = distinct.size < values && distinct.size > 20
  if (values === 0) return undefined
  if (type === 'text' || (type === 'integer' && ID.test(source))) {
    const isThing =
      /(customer|user|client|account|order|invoice|session|device|visitor|member|kunde|product|sku|store|shop)/i.test(
        source,
      )
    if (!repeats || !isThing || PLACE.test(source)) return undefined
    return {
      name: plainName(`unique ${name}`, name),
      label: `Unique ${label}`.slice(0, 100),
      aggregate: 'unique',
      format: 'integer',
      better,
    }
  }
  if (type !== 'integer' && type !== 'decimal') return undefined
  // A number of the row, under whatever name.
  if (type === 'integer' && distinct.size === values && rising === values && values > 20) return undefined
  if (ID.test(source)) return undefined
  if (isPercent)
    return {
      name: averageName(name),
      label: `Average ${label}`.slice(0, 100),
      aggregate: 'average',
      format: 'percent',
      better,
    }
  if (RATE.test(source))
    return {
      name: averageName(name),
      label: `Average ${label}`.slice(0, 100),
      aggregate: 'average',
      format: 'decimal',
      better,
    }
  return { name, label, aggregate: 'sum', format: type === 'integer' ? 'integer' : 'decimal', better }
}

const averageName = (name: string) => plainName(`average ${name}`, name)
