import { ClickHouseError } from '@clickhouse/client'

/**
 * Whether ClickHouse refused the data itself. Everything else (no connection, no memory, too many parts, a time-out)
 * passes, and the same insert is tried again: only what is on this list can send an event to quarantine.
 */
const DATA_ERRORS = new Set([
  'ARGUMENT_OUT_OF_BOUND',
  'CANNOT_CONVERT_TYPE',
  'CANNOT_PARSE_BOOL',
  'CANNOT_PARSE_DATE',
  'CANNOT_PARSE_DATETIME',
  'CANNOT_PARSE_ESCAPE_SEQUENCE',
  'CANNOT_PARSE_INPUT_ASSERTION_FAILED',
  'CANNOT_PARSE_NUMBER',
  'CANNOT_PARSE_QUOTED_STRING',
  'CANNOT_PARSE_TEXT',
  'CANNOT_PARSE_UUID',
  'CANNOT_READ_ALL_DATA',
  'DECIMAL_OVERFLOW',
  'DUPLICATE_COLUMN',
  'INCORRECT_DATA',
  'INCORRECT_NUMBER_OF_COLUMNS',
  'TOO_DEEP_RECURSION',
  'TOO_LARGE_ARRAY_SIZE',
  'TYPE_MISMATCH',
  'VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE',
  'ILLEGAL_COLUMN',
  'ILLEGAL_TYPE_OF_ARGUMENT',
])

export function isRefusal(error: unknown): boolean {
  return error instanceof ClickHouseError && DATA_ERRORS.has(error.type ?? '')
}

export function refusalReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return `the database refused it: ${message.slice(0, 500)}`
}
