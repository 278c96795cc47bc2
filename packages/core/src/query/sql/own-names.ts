/**
 * What statements call the columns that they make. ClickHouse takes a name that a SELECT gives for a column everywhere in that
 * SELECT, before the columns of its table: a sum of the column `b` beside an expression that is called `b` would be a sum of that
 * expression. So these names have a `$` in them, which neither names of measures and dimensions (`names.ts`) nor columns in pieces
 * of SQL (`sql-fragment.ts`) have; in quotes, a column may not look like one of these.
 */

/** The start of a window, in milliseconds. */
export const BUCKET = 'bucket$'
/** The start of the window that a bucket lies in, where there are two kinds. */
export const OUTER_BUCKET = 'outer$'
/** The start of the stretch of several windows that a bucket lies in, and whether a row is of such a stretch. */
export const WHOLE = 'whole$'
export const IS_WHOLE = 'of_whole$'
/** Whether a row is one of those that are not named one by one. */
export const IS_REST = 'rest$'

/** One of the texts that a condition looks for. */
export const TEXT = 'text$'

/** Of a dimension that rows are grouped by. */
export const keyName = (dimension: string) => `key$${dimension}`
/** Of a dimension that a last value is kept apart by. */
export const thingName = (dimension: string) => `thing$${dimension}`

/** Of a part of a measure, before it is merged for the last time. */
export const partName = (measure: string) => `part$${measure}`
/** Of a part that was merged once. */
export const mergedName = (measure: string) => `merged$${measure}`
/** Of a finished value, and of the same among those of other strands. */
export const valueName = (measure: string) => `value$${measure}`
export const besideName = (measure: string) => `beside$${measure}`
/** Of the value of each thing that has a last value. */
export const lastName = (measure: string) => `last$${measure}`
/** Of the value of all rows together. */
export const totalName = (measure: string) => `total$${measure}`
