import { Board } from '@almanac/core/boards/board.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type AttemptLimit, createAttemptLimit } from '../../accounts/sign-in/attempt-limit.ts'
import { limited } from '../../accounts/sign-in/limited-attempts.ts'
import { Scope } from '../../boards/answers/widget-question.ts'
import type { PublicAnswers } from '../../sharing/public-answers.ts'
import { publicBoard, publicRanges } from '../../sharing/public-board.ts'
import type { OpenBoard, PublicBoards } from '../../sharing/public-boards.ts'
import { WidgetAnswers, widgetAnswer } from './widget-answer-routes.ts'

export interface PublicDeps {
  readonly publicBoards: PublicBoards
  readonly publicAnswers: PublicAnswers
  readonly now: () => number
  readonly secureCookies: boolean
}

const PublicBoardAnswer = z.object({
  needsPassword: z.boolean().describe('Nothing of the board is told before.'),
  title: z.string().nullable(),
  board: Board.nullable().describe('How it looks; where its figures come from is left out.'),
  ranges: z
    .record(z.string(), z.array(z.string().nullable()))
    .describe(
      'Of widgets that show another range than the board: its expression, and null for data that follows the board.',
    ),
  allow: z.array(z.string()).describe('What the reader may choose: range, grain, compare, names of variables.'),
})
const PublicAnswersRequest = z.strictObject({
  scope: Scope.optional().describe('What the link does not allow is not taken from it, but is as on the board.'),
  widgets: z.array(z.string().max(40)).min(1).max(100),
})
const PublicAnswersAnswer = WidgetAnswers.extend({
  scope: z
    .object({
      from: z.string(),
      to: z.string(),
      grain: Scope.shape.grain,
      timezone: z.string(),
      firstDayOfWeek: z.number(),
      compare: z.array(z.unknown()),
    })
    .describe('What was answered for.'),
})

const TAGS = ['Dashboards']
const token = z.string().regex(/^[\w-]{1,100}$/, 'expected the end of an address that was given to you')
const byToken = z.object({ token })
const WINDOW_MS = 15 * 60 * 1000
const MAX_FAILURES_PER_ADDRESS = 10
/** From many addresses, together: more than people mistype, and nothing to guess a password by. */
const MAX_FAILURES_PER_LINK = 100
/** A page that looks live asks every few seconds; a whole office may have one address. */
const MOST_ASKED_A_MINUTE = 600

export function publicRoutes(deps: PublicDeps): FastifyPluginAsyncZod {
  const { publicBoards, publicAnswers, now, secureCookies } = deps
  return async (app) => {
    const addresses = createAttemptLimit({ maxFailures: MAX_FAILURES_PER_ADDRESS, windowMs: WINDOW_MS, now })
    const links = createAttemptLimit({ maxFailures: MAX_FAILURES_PER_LINK, windowMs: WINDOW_MS, now })
    const asking = createAttemptLimit({ maxFailures: MOST_ASKED_A_MINUTE, windowMs: 60_000, now })
    app.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'private, no-store').header('x-robots-tag', 'noindex')
    })

    app.get(
      '/api/v1/public/:token',
      {
        config: { access: 'anyone' },
        schema: {
          summary: 'A shared board',
          description: 'By the token of a link, or by board- and the address of a board that is public.',
          tags: TAGS,
          params: byToken,
          response: { 200: PublicBoardAnswer },
        },
        serializerCompiler: () => JSON.stringify,
      },
      async ({ params, cookies }) => {
        const open = await publicBoards.open(params.token, cookies[UNLOCK_COOKIE])
        if (open === 'locked') return { needsPassword: true, title: null, board: null, ranges: {}, allow: [] }
        const { board, allowed } = open
        return {
          needsPassword: false,
          title: board.title,
          board: publicBoard(board, allowed),
          ranges: publicRanges(board),
          allow: [...allowed],
        }
      },
    )

    app.post(
      '/api/v1/public/:token/unlock',
      {
        config: { access: 'anyone' },
        schema: {
          summary: 'Give the password of a shared board',
          description: 'For this browser, for twelve hours.',
          tags: TAGS,
          params: byToken,
          body: z.strictObject({ password: z.string().min(1).max(1024) }),
          response: { 204: z.undefined() },
        },
      },
      async ({ params, body, ip }, reply) => {
        const { ticket, expiresAt } = await limited(
          [
            [addresses, ip],
            [links, params.token],
          ],
          () => publicBoards.unlock(params.token, body.password),
        )
        setUnlockCookie(reply, { token: params.token, ticket, expiresAt, isSecure: secureCookies })
        return reply.code(204).send(undefined)
      },
    )

    app.post(
      '/api/v1/public/:token/answers',
      {
        config: { access: 'anyone' },
        schema: {
          summary: 'What the widgets of a shared board show',
          description: 'The same within a few seconds: each table says as of when it is.',
          tags: TAGS,
          params: byToken,
          body: PublicAnswersRequest,
          response: { 200: PublicAnswersAnswer },
        },
        serializerCompiler: () => JSON.stringify,
      },
      async ({ params, body: { scope, widgets }, cookies, ip }) => {
        refuseTooMany(asking, ip)
        const open = unlocked(await publicBoards.open(params.token, cookies[UNLOCK_COOKIE]))
        const answer = await publicAnswers.answer(open, { scope, widgets })
        return {
          scope: { ...answer.scope, compare: [...answer.scope.compare] },
          answers: answer.answers.map(widgetAnswer),
        }
      },
    )

    app.get(
      '/api/v1/public/:token/values/:variable',
      {
        config: { access: 'anyone' },
        schema: {
          summary: 'What can be chosen on a shared board',
          description: 'The values of a variable that the link allows, the most frequent first.',
          tags: TAGS,
          params: byToken.extend({ variable: z.string().max(40) }),
          response: { 200: z.object({ values: z.array(z.string()) }) },
        },
      },
      async ({ params, cookies, ip }) => {
        refuseTooMany(asking, ip)
        const open = unlocked(await publicBoards.open(params.token, cookies[UNLOCK_COOKIE]))
        return { values: await publicAnswers.values(open, params.variable) }
      },
    )
  }
}

function refuseTooMany(asking: AttemptLimit, ip: string): void {
  const retryAfterSeconds = Math.ceil(asking.waitMs(ip) / 1000)
  asking.fail(ip)
  if (retryAfterSeconds === 0) return
  throw new AppError('too_many_requests', 'This address asks too often', {
    hint: `Try again in ${retryAfterSeconds} seconds.`,
    retryAfterSeconds,
  })
}

const UNLOCK_COOKIE = 'almanac_unlock'

function unlocked(open: OpenBoard | 'locked'): OpenBoard {
  if (open !== 'locked') return open
  throw new AppError('unauthorized', 'This board needs its password first', { hint: 'POST it to …/unlock.' })
}

interface UnlockCookie {
  readonly token: string
  readonly ticket: string
  readonly expiresAt: Date
  readonly isSecure: boolean
}

/**
 * For this link alone. Inside of a page of somebody else a browser keeps it only when it is marked for that, which is possible
 * where people come by https.
 */
function setUnlockCookie(reply: FastifyReply, { token, ticket, expiresAt, isSecure }: UnlockCookie): void {
  const place = isSecure
    ? ({ sameSite: 'none', secure: true, partitioned: true } as const)
    : ({ sameSite: 'lax' } as const)
  reply.setCookie(UNLOCK_COOKIE, ticket, {
    path: `/api/v1/public/${token}`,
    httpOnly: true,
    expires: expiresAt,
    ...place,
  })
}
