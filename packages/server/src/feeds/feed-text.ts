import { csvLine } from '@almanac/core/csv/csv-line.ts'
import type { Row } from '@almanac/core/query/query.ts'
import type { FeedColumn } from './feed-columns.ts'

export interface FeedHead {
  readonly cube: string
  readonly grain: string
  readonly timezone: string
  readonly from: string
  readonly to: string
}

/** How a feed is written. A part holds many rows, so that neither memory nor the number of writes grows with the feed. */
export interface FeedText {
  readonly head: (columns: readonly FeedColumn[], head: FeedHead) => string
  readonly rows: (rows: readonly Row[], columns: readonly FeedColumn[], isFirst: boolean) => string
  readonly end: string
}

export const CSV_TEXT: FeedText = {
  head: (columns) => csvLine(columns.map(({ name }) => name)),
  rows: (rows, columns) => rows.map((row) => csvLine(columns.map(({ read }) => read(row)))).join(''),
  end: '',
}

/** Plain data about the columns, then one object for each row. */
export const JSON_TEXT: FeedText = {
  head: (columns, head) => {
    const described = columns.map(({ name, label, type, addsUp }) => ({ name, label, type, addsUp }))
    return `${JSON.stringify({ ...head, columns: described }).slice(0, -1)},"rows":[\n`
  },
  rows: (rows, columns, isFirst) => {
    const texts = rows.map((row) => JSON.stringify(Object.fromEntries(columns.map((one) => [one.name, one.read(row)]))))
    return texts.length === 0 ? '' : `${isFirst ? '' : ',\n'}${texts.join(',\n')}`
  },
  end: '\n]}\n',
}

/** One array a line, for the engine to read. */
export const LINES_TEXT: FeedText = {
  head: () => '',
  rows: (rows, columns) => rows.map((row) => `${JSON.stringify(columns.map(({ read }) => read(row)))}\n`).join(''),
  end: '',
}
