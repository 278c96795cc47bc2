import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Accounts } from '../../../accounts/accounts.ts'
import { createAttemptLimit } from '../../../accounts/sign-in/attempt-limit.ts'
import { type Limits, limited } from '../../../accounts/sign-in/limited-attempts.ts'
import type { User } from '../../../accounts/user.ts'
import type { Principal } from '../../access/access.ts'
import type { OpenRequests } from '../../requests/open-requests.ts'
import { newPassword, password, personName, UserAnswer } from './account-fields.ts'
import { clearSessionCookie, SESSION_COOKIE, setSessionCookie } from './session-cookie.ts'

export interface AccountDeps {
  readonly accounts: Accounts
  readonly openRequests: Pick<OpenRequests, 'end'>
  readonly now: () => number
  readonly secureCookies: boolean
}

const email = z.email().max(320)
const SetupRequest = z.strictObject({
  token: z.string().min(1).max(200).describe('Printed by the server when it starts without any user.'),
  email,
  name: personName,
  password: newPassword,
})
const LoginRequest = z
  .strictObject({ email: z.string().min(1).max(320), password })
  .meta({ examples: [{ email: 'ada@example.com', password: 'correct horse battery staple' }] })
const RenameRequest = z.strictObject({ name: personName }).meta({ examples: [{ name: 'Ada Lovelace' }] })
const PasswordRequest = z
  .strictObject({ current: password, next: newPassword })
  .meta({ examples: [{ current: 'correct horse battery staple', next: 'seven quiet lamps at noon' }] })

const WINDOW_MS = 15 * 60 * 1000
const MAX_FAILURES_PER_ADDRESS = 30
const MAX_FAILURES_PER_ACCOUNT = 10

export function accountRoutes({ accounts, openRequests, now, secureCookies }: AccountDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const addresses = createAttemptLimit({ maxFailures: MAX_FAILURES_PER_ADDRESS, windowMs: WINDOW_MS, now })
    const names = createAttemptLimit({ maxFailures: MAX_FAILURES_PER_ACCOUNT, windowMs: WINDOW_MS, now })

    app.get(
      '/api/v1/setup',
      {
        config: { access: 'anyone' },
        schema: {
          summary: 'Is the first admin still to be made',
          tags: ['Accounts'],
          response: { 200: z.object({ needed: z.boolean() }) },
        },
      },
      async () => ({ needed: await accounts.isSetupNeeded() }),
    )

    app.post(
      '/api/v1/setup',
      {
        config: { access: 'anyone' },
        schema: {
          summary: 'Make the first admin',
          description: 'Works once, with the token that the server prints when it starts without any user.',
          tags: ['Accounts'],
          body: SetupRequest,
          response: { 201: UserAnswer },
        },
      },
      async ({ body, ip }, reply) => {
        const { user, token } = await limited([[addresses, ip]], () => accounts.setUp(body))
        setSessionCookie(reply, token, secureCookies)
        return reply.code(201).send({ user })
      },
    )

    app.post(
      '/api/v1/session',
      {
        config: { access: 'anyone' },
        schema: { summary: 'Log in', tags: ['Accounts'], body: LoginRequest, response: { 200: UserAnswer } },
      },
      async ({ body, ip, cookies }, reply) => {
        const limits: Limits = [
          [addresses, ip],
          [names, body.email.toLowerCase()],
        ]
        const { user, token } = await limited(limits, () => accounts.logIn(body.email, body.password))
        const old = cookies[SESSION_COOKIE]
        if (old !== undefined) await accounts.logOut(old)
        setSessionCookie(reply, token, secureCookies)
        return { user }
      },
    )

    app.get(
      '/api/v1/session',
      {
        config: { access: 'session' },
        schema: { summary: 'Who is logged in', tags: ['Accounts'], response: { 200: UserAnswer } },
      },
      async ({ principal }) => ({ user: userOf(principal) }),
    )

    app.delete(
      '/api/v1/session',
      {
        config: { access: 'session' },
        schema: { summary: 'Log out', tags: ['Accounts'], response: { 204: z.undefined() } },
      },
      async ({ cookies }, reply) => {
        await accounts.logOut(cookies[SESSION_COOKIE] ?? '')
        clearSessionCookie(reply, secureCookies)
        return reply.code(204).send(undefined)
      },
    )

    app.patch(
      '/api/v1/account',
      {
        config: { access: 'session' },
        schema: {
          summary: 'Change the own name',
          tags: ['Accounts'],
          body: RenameRequest,
          response: { 200: UserAnswer },
        },
      },
      async ({ principal, body }) => ({ user: await accounts.rename(userOf(principal).id, body.name) }),
    )

    app.post(
      '/api/v1/account/password',
      {
        config: { access: 'session' },
        schema: {
          summary: 'Change the own password',
          description:
            'Needs the current one; a wrong one counts like a failed login. All other sessions of the person end, ' +
            'and an address for a forgotten password works no more.',
          tags: ['Accounts'],
          body: PasswordRequest,
          response: { 204: z.undefined() },
        },
      },
      async ({ principal, body, ip, cookies }, reply) => {
        const { id, email: address } = userOf(principal)
        const limits: Limits = [
          [addresses, ip],
          [names, address.toLowerCase()],
        ]
        const token = cookies[SESSION_COOKIE] ?? ''
        await limited(limits, () => accounts.changePassword(id, { ...body, token }))
        openRequests.end(id, reply.raw)
        return reply.code(204).send(undefined)
      },
    )
  }
}

function userOf(principal: Principal | undefined): User {
  if (principal?.kind !== 'user') throw new Error('The rule "session" let somebody in who is no user')
  return principal.user
}
