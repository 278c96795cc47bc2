import { expect, test } from 'vitest'
import { errorOfAnswer, errorOfQuery, toApiError } from './api-error.ts'

test('an error of the contract keeps its message, hint and request id', () => {
  const body = {
    error: {
      code: 'query_timeout',
      message: 'Too slow.',
      hint: 'Ask for less.',
      requestId: 'r1',
      issues: [{ path: ['email'], message: 'No.' }],
    },
  }
  expect(errorOfAnswer(504, JSON.stringify(body))).toMatchObject({ status: 504, ...body.error })
})

test.each(['<html>Bad gateway</html>', '', '{"error":"no"}', 'null'])(
  'an answer such as %j is told by its status',
  (text) => {
    expect(errorOfAnswer(502, text)).toMatchObject({ status: 502, message: 'The server answered with status 502.' })
  },
)

test('anything else that is thrown can be shown too', () => {
  expect(toApiError('odd').message).toBe('odd')
})

test.each([
  { code: 'query_timeout', status: 504 },
  { code: 'too_many_requests', status: 429 },
  { code: 'invalid_query', status: 400 },
])('the error $code of one of several queries counts as a status of $status', ({ code, status }) => {
  expect(errorOfQuery({ code, message: 'No.' })).toMatchObject({ status, code, message: 'No.' })
})
