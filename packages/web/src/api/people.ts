import { queryOptions } from '@tanstack/react-query'
import type { User } from './queries.ts'
import { request } from './request.ts'

export const ROLES = ['viewer', 'editor', 'admin'] as const
export type Role = (typeof ROLES)[number]

export interface Person {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly createdAt: string
  /** `null`: never. */
  readonly lastSeenAt: string | null
}

export interface Invitation {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: Role
  /** `null`: somebody who is gone. */
  readonly invitedBy: string | null
  readonly createdAt: string
  readonly expiresAt: string
}

export interface NewInvitation {
  readonly email: string
  readonly name: string
  readonly role: Role
}

/** Of a page that works once; it can't be had again. */
export interface OneTimeLink {
  readonly path: string
  readonly expiresAt: string
}

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => request<{ people: Person[]; invitations: Invitation[] }>('/api/v1/people', { signal }),
})

export async function changeRole(id: string, role: Role): Promise<void> {
  await request<unknown>(personPath(id), { method: 'PATCH', body: { role } })
}

export async function removePerson(id: string): Promise<void> {
  await request<unknown>(personPath(id), { method: 'DELETE' })
}

/** For somebody who has forgotten the password. */
export async function makePasswordLink(id: string): Promise<OneTimeLink> {
  return request(`${personPath(id)}/password-link`, { method: 'POST' })
}

export async function invitePerson(invitation: NewInvitation): Promise<OneTimeLink> {
  const made = await request<{ invitation: Invitation; path: string }>('/api/v1/people/invitations', {
    method: 'POST',
    body: invitation,
  })
  return { path: made.path, expiresAt: made.invitation.expiresAt }
}

export async function withdrawInvitation(id: string): Promise<void> {
  await request<unknown>(`/api/v1/people/invitations/${encodeURIComponent(id)}`, { method: 'DELETE' })
}

/** Whom an address with a token is for: what one sees before there is an account. */
interface Invited {
  readonly email: string
  readonly name: string
  readonly expiresAt: string
}

export function invitationQuery(token: string) {
  return queryOptions({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => request<Invited & { role: Role }>(invitationPath(token), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Makes the account and logs it in. */
export async function acceptInvitation(token: string, account: { name: string; password: string }): Promise<User> {
  return (await request<{ user: User }>(invitationPath(token), { method: 'POST', body: account })).user
}

export function passwordLinkQuery(token: string) {
  return queryOptions({
    queryKey: ['password-link', token],
    queryFn: ({ signal }) => request<Invited>(passwordPath(token), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Logs in, and out everywhere else. */
export async function choosePassword(token: string, password: string): Promise<User> {
  return (await request<{ user: User }>(passwordPath(token), { method: 'POST', body: { password } })).user
}

const personPath = (id: string) => `/api/v1/people/${encodeURIComponent(id)}`
const invitationPath = (token: string) => `/api/v1/invitations/${encodeURIComponent(token)}`
const passwordPath = (token: string) => `/api/v1/password/${encodeURIComponent(token)}`
