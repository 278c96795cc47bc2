import { AppError, type Issue } from '@almanac/core/errors.ts'
import { ClickHouseError } from '@clickhouse/client'
import { translateClickHouseError } from '../clickhouse/client.ts'

/**
 * What was wrong with a person's own statement. An error of syntax has its place as an issue: `['sql', line, column]`, counted
 * from 1; one of a parameter has its name: `['parameters', name]`.
 */
export function translateSqlError(error: unknown, sql = ''): AppError {
  const known = translateClickHouseError(error)
  if (/Field value too long/.test(known.message)) return tooLongValue(error)
  if (!(error instanceof ClickHouseError)) return known
  // The driver takes a word of the statement in capitals, as in "position 54 (FORM)", for the type; the code is right.
  switch (error.code === SYNTAX_ERROR ? 'SYNTAX_ERROR' : error.type) {
    case 'SYNTAX_ERROR':
      return withIssues(known, syntaxIssues(known.message, sql))
    case 'UNKNOWN_QUERY_PARAMETER':
      return missingParameter(error)
    case 'QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING':
      return new AppError('conflict', 'A query with this id is still running', {
        hint: 'Choose another id, or leave it out: then one is made.',
        cause: error,
      })
    case 'QUERY_WAS_CANCELLED':
      return cancelledError(error)
    default:
      return withParameterIssues(known)
  }
}

const SYNTAX_ERROR = '62'

export function cancelledError(cause?: unknown): AppError {
  return new AppError('query_failed', 'The query was cancelled', { cause })
}

/** The engine counts bytes from the start; people and editors count characters of a line. */
function syntaxIssues(message: string, sql: string): Issue[] {
  const position = /failed at position (\d+)/.exec(message)?.[1]
  if (position === undefined) return []
  const linesBefore = Buffer.from(sql)
    .subarray(0, Number(position) - 1)
    .toString()
    .split('\n')
  const column = (linesBefore.at(-1)?.length ?? 0) + 1
  return [{ path: ['sql', linesBefore.length, column], message: 'the statement is not understood from here on' }]
}

function missingParameter(error: ClickHouseError): AppError {
  const name = /Substitution `(?<name>[^`]*)`/.exec(error.message)?.groups?.name ?? ''
  return new AppError('invalid_query', `The statement has a parameter {${name}:…}, and no value was given for it`, {
    hint: `Give one: "parameters": {"${name}": …}, or --param ${name}=… on the command line.`,
    issues: [{ path: ['parameters', name], message: 'expected a value, got none' }],
    cause: error,
  })
}

function withParameterIssues(error: AppError): AppError {
  const { type, name } =
    /cannot be parsed as (?<type>.+?) for query parameter '(?<name>\w+)'/.exec(error.message)?.groups ?? {}
  if (type === undefined || name === undefined) return error
  const issue = { path: ['parameters', name], message: `expected a value of the type ${type}` }
  return withIssues(error, [issue], 'invalid_query')
}

function tooLongValue(cause: unknown): AppError {
  return new AppError('invalid_query', 'The value of a parameter is longer than the engine takes', {
    hint: 'Each may have up to 128 KB, in UTF-8 and escaped.',
    cause,
  })
}

function withIssues(error: AppError, issues: readonly Issue[], code = error.code): AppError {
  return new AppError(code, error.message, { hint: error.hint, issues, cause: error.cause })
}
