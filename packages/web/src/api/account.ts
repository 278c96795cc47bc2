import type { User } from './queries.ts'
import { request } from './request.ts'

export async function login(email: string, password: string): Promise<User> {
  return (await request<{ user: User }>('/api/v1/session', { method: 'POST', body: { email, password } })).user
}

export async function logout(): Promise<void> {
  await request<undefined>('/api/v1/session', { method: 'DELETE' })
}

export async function renameAccount(name: string): Promise<User> {
  return (await request<{ user: User }>('/api/v1/account', { method: 'PATCH', body: { name } })).user
}

/** Wherever else the person is logged in, this logs out. */
export async function changePassword(current: string, next: string): Promise<void> {
  await request<undefined>('/api/v1/account/password', { method: 'POST', body: { current, next } })
}

interface FirstAccount {
  readonly token: string
  readonly name: string
  readonly email: string
  readonly password: string
}

/** Makes the first account, an administrator, and logs it in. */
export async function setUp(account: FirstAccount): Promise<User> {
  return (await request<{ user: User }>('/api/v1/setup', { method: 'POST', body: account })).user
}
