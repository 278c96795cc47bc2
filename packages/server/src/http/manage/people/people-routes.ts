import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Invitation } from '../../../accounts/invitations.ts'
import type { Team, TeamMember } from '../../../accounts/team.ts'
import { USER_ROLES } from '../../../accounts/user.ts'
import { principalName } from '../../access/principal-name.ts'
import { publicBase } from '../../public-base.ts'
import type { OpenRequests } from '../../requests/open-requests.ts'
import { personName } from './account-fields.ts'

export interface PeopleDeps {
  readonly team: Team
  readonly openRequests: Pick<OpenRequests, 'end'>
  readonly publicUrl?: string | undefined
}

const Role = z
  .enum(USER_ROLES)
  .describe('viewer: sees; editor: makes boards and writes SQL, too; admin: manages everything, too.')
const PersonAnswer = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: Role,
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime().nullable().describe('To about five minutes; null: never.'),
  })
  .meta({ id: 'Person' })
const InvitationAnswer = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: Role,
    invitedBy: z.string().nullable().describe('Null: somebody who is gone.'),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Invitation' })

const TAGS = ['Accounts']
const byId = z.object({ id: z.uuid() })
const path = z.string().describe('Of its page.')
const url = z.string().describe('The whole address, to be sent.')
const NewInvitationRequest = z
  .strictObject({ email: z.email().max(320), name: personName, role: Role })
  .meta({ examples: [{ email: 'grace@example.com', name: 'Grace', role: 'editor' }] })

export function peopleRoutes({ team, openRequests, publicUrl }: PeopleDeps): FastifyPluginAsyncZod {
  const addressed = (path: string, request: FastifyRequest) => ({ path, url: publicBase(publicUrl, request) + path })
  return async (app) => {
    app.get(
      '/api/v1/people',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'List the people and the invitations',
          tags: TAGS,
          response: { 200: z.object({ people: z.array(PersonAnswer), invitations: z.array(InvitationAnswer) }) },
        },
      },
      async () => ({
        people: (await team.list()).map(personAnswer),
        invitations: (await team.invitations()).map(invitationAnswer),
      }),
    )

    app.patch(
      '/api/v1/people/:id',
      {
        config: { access: 'admin' },
        schema: {
          summary: "Change a person's role",
          description: 'At once. There is always an admin: the last one keeps the role.',
          tags: TAGS,
          params: byId,
          body: z.strictObject({ role: Role }),
          response: { 200: z.object({ person: PersonAnswer }) },
        },
      },
      async ({ params: { id }, body: { role } }, reply) => {
        const changed = await team.changeRole(id, role)
        openRequests.end(id, reply.raw)
        return { person: personAnswer(changed) }
      },
    )

    app.delete(
      '/api/v1/people/:id',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Remove a person',
          description: 'Their sessions end at once. The last admin cannot be removed.',
          tags: TAGS,
          params: byId,
          response: { 204: z.undefined() },
        },
      },
      async ({ params: { id } }, reply) => {
        await team.remove(id)
        openRequests.end(id, reply.raw)
        return reply.code(204).send(undefined)
      },
    )

    app.post(
      '/api/v1/people/:id/password-link',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Let a person choose a new password',
          description:
            'The token is in this answer and nowhere else: send its address, which works once and for a day.',
          tags: TAGS,
          params: byId,
          response: { 201: z.object({ token: z.string(), path, url, expiresAt: z.iso.datetime() }) },
        },
      },
      async (request, reply) => {
        const { token, expiresAt } = await team.makePasswordLink(request.params.id)
        const address = addressed(`/password/${token}`, request)
        return reply.code(201).send({ token, ...address, expiresAt: expiresAt.toISOString() })
      },
    )

    app.post(
      '/api/v1/people/invitations',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Invite a person',
          description:
            'The token is in this answer and nowhere else: send its address, which works once and for a week. Inviting the same ' +
            'address again ends the earlier invitation.',
          tags: TAGS,
          body: NewInvitationRequest,
          response: {
            201: z.object({
              invitation: InvitationAnswer,
              token: z.string(),
              path,
              url,
            }),
          },
        },
      },
      async (request, reply) => {
        const { invitation, token } = await team.invite(request.body, principalName(request.principal))
        const address = addressed(`/invitations/${token}`, request)
        return reply.code(201).send({ invitation: invitationAnswer(invitation), token, ...address })
      },
    )

    app.delete(
      '/api/v1/people/invitations/:id',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Withdraw an invitation',
          tags: TAGS,
          params: byId,
          response: { 204: z.undefined() },
        },
      },
      async ({ params: { id } }, reply) => {
        await team.withdraw(id)
        return reply.code(204).send(undefined)
      },
    )
  }
}

function personAnswer({ createdAt, lastSeenAt, ...person }: TeamMember): z.output<typeof PersonAnswer> {
  return { ...person, createdAt: createdAt.toISOString(), lastSeenAt: lastSeenAt?.toISOString() ?? null }
}

function invitationAnswer({ createdAt, expiresAt, ...invitation }: Invitation): z.output<typeof InvitationAnswer> {
  return { ...invitation, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() }
}
