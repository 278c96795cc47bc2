import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Accounts } from '../../../accounts/accounts.ts'
import { createAttemptLimit } from '../../../accounts/sign-in/attempt-limit.ts'
import { limited } from '../../../accounts/sign-in/limited-attempts.ts'
import type { Team } from '../../../accounts/team.ts'
import { USER_ROLES } from '../../../accounts/user.ts'
import type { OpenRequests } from '../../requests/open-requests.ts'
import { newPassword, personName, UserAnswer } from './account-fields.ts'
import { SESSION_COOKIE, setSessionCookie } from './session-cookie.ts'

export interface InvitationDeps {
  readonly team: Pick<Team, 'findInvitation' | 'accept' | 'findPasswordLink' | 'setPassword'>
  readonly accounts: Pick<Accounts, 'logOut'>
  readonly openRequests: Pick<OpenRequests, 'end'>
  readonly now: () => number
  readonly secureCookies: boolean
}

const InvitedAnswer = z.object({
  email: z.string(),
  name: z.string(),
  role: z.enum(USER_ROLES),
  expiresAt: z.iso.datetime(),
})
const AcceptRequest = z.strictObject({ name: personName, password: newPassword })

const TAGS = ['Accounts']
const byToken = z.object({ token: z.string().min(1).max(200) })
const WINDOW_MS = 15 * 60 * 1000
const MAX_FAILURES_PER_ADDRESS = 30

/** For people who have the address of an invitation, or one to choose a new password by. */
export function invitationRoutes({
  team,
  accounts,
  openRequests,
  now,
  secureCookies,
}: InvitationDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const addresses = createAttemptLimit({ maxFailures: MAX_FAILURES_PER_ADDRESS, windowMs: WINDOW_MS, now })
    app.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store')
    })

    app.get(
      '/api/v1/invitations/:token',
      {
        config: { access: 'anyone' },
        schema: { summary: 'Whom an invitation is for', tags: TAGS, params: byToken, response: { 200: InvitedAnswer } },
      },
      async ({ params: { token }, ip }) => {
        const invitation = await limited([[addresses, ip]], () => team.findInvitation(token))
        const { email, name, role, expiresAt } = invitation
        return { email, name, role, expiresAt: expiresAt.toISOString() }
      },
    )

    app.post(
      '/api/v1/invitations/:token',
      {
        config: { access: 'anyone' },
        schema: {
          summary: 'Accept an invitation',
          description: 'Makes the account and logs in. It works once.',
          tags: TAGS,
          params: byToken,
          body: AcceptRequest,
          response: { 201: UserAnswer },
        },
      },
      async ({ params: { token: invited }, body, ip, cookies }, reply) => {
        const { user, token } = await limited([[addresses, ip]], () => team.accept({ token: invited, ...body }))
        await changeSession(cookies, reply, token)
        return reply.code(201).send({ user })
      },
    )

    app.get(
      '/api/v1/password/:token',
      {
        config: { access: 'anyone' },
        schema: {
          summary: 'Who may choose a new password',
          tags: TAGS,
          params: byToken,
          response: { 200: InvitedAnswer.omit({ role: true }) },
        },
      },
      async ({ params: { token }, ip }) => {
        const { email, name, expiresAt } = await limited([[addresses, ip]], () => team.findPasswordLink(token))
        return { email, name, expiresAt: expiresAt.toISOString() }
      },
    )

    app.post(
      '/api/v1/password/:token',
      {
        config: { access: 'anyone' },
        schema: {
          summary: 'Choose a new password',
          description: 'Logs in, and ends all other sessions of the person. It works once.',
          tags: TAGS,
          params: byToken,
          body: z.strictObject({ password: newPassword }),
          response: { 200: UserAnswer },
        },
      },
      async ({ params, body, ip, cookies }, reply) => {
        const { user, token } = await limited([[addresses, ip]], () => team.setPassword(params.token, body.password))
        openRequests.end(user.id, reply.raw)
        await changeSession(cookies, reply, token)
        return { user }
      },
    )
  }

  async function changeSession(cookies: FastifyRequest['cookies'], reply: FastifyReply, token: string): Promise<void> {
    const old = cookies[SESSION_COOKIE]
    if (old !== undefined) await accounts.logOut(old)
    setSessionCookie(reply, token, secureCookies)
  }
}
