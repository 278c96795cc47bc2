import Fastify from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { replyWithError } from '../error-reply.ts'
import { rateRefusal } from './rate-refusal.ts'

test.each([
  { protocol: undefined, status: 429 },
  { protocol: 'segment', status: 429 },
  { protocol: 'logplex', status: 429 },
  { protocol: 'matomo', status: 503 },
  { protocol: 'adjust', status: 503 },
])('a client of $protocol is told $status, and when to come again', async ({ protocol, status }) => {
  const app = Fastify()
  onTestFinished(() => app.close())
  app.setErrorHandler((error, request, reply) => replyWithError(error, request, reply, () => undefined))
  app.post('/', async () => {
    throw rateRefusal({ drop: 'rate_limit', retryAfterSeconds: 7 }, { source: 'website', protocol })
  })

  const answer = await app.inject({ method: 'POST', url: '/' })

  expect([answer.statusCode, answer.headers['retry-after']]).toEqual([status, '7'])
  expect(answer.json().error.message).toContain('website')
})
