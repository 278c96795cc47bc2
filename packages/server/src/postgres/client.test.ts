import { expect, test } from 'vitest'
import { translatePostgresError } from './client.ts'

const driverError = (code: string, message = 'it went wrong') => Object.assign(new Error(message), { code })
const wrapped = Object.assign(new Error('Failed query', { cause: driverError('23505') }), { query: 'INSERT' })

test.each([
  { error: driverError('57P01'), code: 'engine_unavailable' },
  { error: driverError('08006'), code: 'engine_unavailable' },
  { error: driverError('ECONNREFUSED'), code: 'engine_unavailable' },
  { error: new Error('Connection terminated unexpectedly'), code: 'engine_unavailable' },
  { error: driverError('57014'), code: 'query_timeout' },
  { error: driverError('53100'), code: 'disk_full' },
  { error: driverError('42601'), code: 'query_failed' },
  { error: wrapped, code: 'conflict' },
])('$error.message with the state $error.code means $code', ({ error, code }) => {
  expect(translatePostgresError(error).code).toBe(code)
})
