import { AppError } from '@almanac/core/errors.ts'
import { ClickHouseError } from '@clickhouse/client'
import { expect, test } from 'vitest'
import { translateSqlError } from './sql-error.ts'

const engineError = (type: string, message: string) => new ClickHouseError({ message, code: '1', type })

test('an error of syntax has its line and column', () => {
  const message =
    'Syntax error: failed at position 10 (FORM) (line 2, col 1): FORM events. Expected one of: FROM. (version 26.7.3.1)'
  expect(translateSqlError(engineError('SYNTAX_ERROR', message), 'SELECT 1\nFORM events')).toMatchObject({
    code: 'query_failed',
    message: expect.stringContaining('Expected one of: FROM'),
    issues: [{ path: ['sql', 2, 1], message: 'the statement is not understood from here on' }],
  })
})

test('a word in capitals that the driver takes for the type hides no place', () => {
  const error = new ClickHouseError({ message: 'Syntax error: failed at position 10 ', code: '62', type: 'FORM' })
  expect(translateSqlError(error, 'SELECT 1\nFORM events').issues).toMatchObject([{ path: ['sql', 2, 1] }])
})

test('a parameter without a value is named', () => {
  const error = translateSqlError(engineError('UNKNOWN_QUERY_PARAMETER', 'Substitution `source` is not set'))
  expect(error).toMatchObject({
    code: 'invalid_query',
    message: 'The statement has a parameter {source:…}, and no value was given for it',
    issues: [{ path: ['parameters', 'source'] }],
  })
  expect(error.hint).toContain('--param source=…')
})

test('a value of another type is named with the type', () => {
  const message = "Value many cannot be parsed as UInt32 for query parameter 'n' because it isn't parsed completely"
  expect(translateSqlError(engineError('BAD_QUERY_PARAMETER', message)).issues).toEqual([
    { path: ['parameters', 'n'], message: 'expected a value of the type UInt32' },
  ])
})

test('an error that was translated already is left alone', () => {
  const error = new AppError('not_found', 'gone')
  expect(translateSqlError(error)).toBe(error)
})
