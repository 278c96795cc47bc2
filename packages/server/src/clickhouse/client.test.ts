import { AppError } from '@almanac/core/errors.ts'
import { ClickHouseError } from '@clickhouse/client'
import { expect, test } from 'vitest'
import { translateClickHouseError } from './client.ts'

const engineError = (type: string, message = 'it went wrong') => new ClickHouseError({ code: '1', type, message })

test.each([
  { error: engineError('TIMEOUT_EXCEEDED'), code: 'query_timeout' },
  { error: new Error('Timeout error.'), code: 'query_timeout' },
  { error: engineError('SYNTAX_ERROR'), code: 'query_failed' },
  { error: engineError('QUOTA_EXCEEDED'), code: 'too_many_requests' },
  { error: engineError('ACCESS_DENIED'), code: 'forbidden' },
  { error: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), code: 'engine_unavailable' },
  { error: new Error('socket hang up'), code: 'engine_unavailable' },
  { error: new AppError('not_found', 'There is no cube x'), code: 'not_found' },
])('$error.message of type $error.type means $code', ({ error, code }) => {
  expect(translateClickHouseError(error).code).toBe(code)
})

test('a message is told without version, address, stack and the place of files', () => {
  const message =
    'Cannot read /srv/a/engines/clickhouse/data/store/a/b.bin: broken (from 127.0.0.1:5) (version 26.7.2.1). Stack trace: 0. x'
  expect(translateClickHouseError(engineError('CORRUPTED_DATA', message)).message).toBe(
    'ClickHouse refused the query: Cannot read [file] broken.',
  )
})
