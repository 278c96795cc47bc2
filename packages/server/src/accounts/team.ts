import { AppError } from '@almanac/core/errors.ts'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import type { Pool, PoolClient } from 'pg'
import { inTransaction } from '../postgres/in-transaction.ts'
import type { SignedIn } from './accounts.ts'
import {
  type Acceptance,
  acceptInvitation,
  findInvitation,
  type Invitation,
  invite,
  listInvitations,
  type NewInvitation,
  withdrawInvitation,
} from './invitations.ts'
import { findPasswordLink, makePasswordLink, type PasswordLink, setPassword } from './sign-in/password-links.ts'
import { openSession } from './sign-in/sessions.ts'
import type { User } from './user.ts'

export interface TeamMember extends User {
  readonly createdAt: Date
  /** To about five minutes; null: never. */
  readonly lastSeenAt: Date | null
}

/** Everybody with an account, and everybody who may make one. There is always an admin. */
export interface Team {
  /** By name. */
  list(): Promise<TeamMember[]>
  invitations(): Promise<Invitation[]>
  invite(
    invitation: NewInvitation,
    invitedBy: string,
  ): Promise<{ readonly invitation: Invitation; readonly token: string }>
  withdraw(invitationId: string): Promise<void>
  /** Throws `not_found` when it was used, withdrawn or is over. */
  findInvitation(token: string): Promise<Invitation>
  accept(acceptance: Acceptance): Promise<SignedIn>
  /** For somebody who has forgotten the password. */
  makePasswordLink(userId: string): Promise<{ readonly token: string; readonly expiresAt: Date }>
  findPasswordLink(token: string): Promise<PasswordLink>
  /** All other sessions of the person end. */
  setPassword(token: string, password: string): Promise<SignedIn>
  /** In force with the person's next request. */
  changeRole(userId: string, role: User['role']): Promise<TeamMember>
  /** Their sessions end with them; boards of theirs that others see stay. */
  remove(userId: string): Promise<void>
}

interface TeamDeps {
  readonly pool: Pool
  readonly db: NodePgDatabase
  readonly now: () => Date
}

const COLUMNS = 'id, email, name, role, created_at AS "createdAt", last_seen_at AS "lastSeenAt"'

export function createTeam({ pool, db, now }: TeamDeps): Team {
  const signIn = async (user: User): Promise<SignedIn> => ({ user, token: await openSession(db, user.id, now()) })
  return {
    async list() {
      return (await pool.query<TeamMember>(`SELECT ${COLUMNS} FROM users ORDER BY lower(name), email`)).rows
    },
    invitations: () => listInvitations(pool),
    invite: (invitation, invitedBy) => invite(pool, invitation, invitedBy, now()),
    withdraw: (id) => withdrawInvitation(pool, id),
    findInvitation: (token) => findInvitation(pool, token, now()),
    accept: async (acceptance) => signIn(await acceptInvitation(pool, acceptance, now())),
    makePasswordLink: (userId) => makePasswordLink(pool, userId, now()),
    findPasswordLink: (token) => findPasswordLink(pool, token, now()),
    setPassword: async (token, password) => signIn(await setPassword(pool, token, password, now())),
    changeRole: (id, role) =>
      inTransaction(pool, async (client) => {
        if (role !== 'admin') await keepAnAdmin(client, id)
        const text = `UPDATE users SET role = $2 WHERE id = $1 RETURNING ${COLUMNS}`
        const [changed] = (await client.query<TeamMember>(text, [id, role])).rows
        if (!changed) throw nobody(id)
        return changed
      }),
    remove: (id) =>
      inTransaction(pool, async (client) => {
        await keepAnAdmin(client, id)
        const { rowCount } = await client.query('DELETE FROM users WHERE id = $1', [id])
        if (rowCount === 0) throw nobody(id)
      }),
  }
}

/** Refuses when there would be none without this person. Locked, so that two admins do not take the role from each other. */
async function keepAnAdmin(client: PoolClient, userId: string): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM users WHERE role = 'admin' ORDER BY id FOR UPDATE`,
  )
  if (rows.length > 1 || rows[0]?.id !== userId) return
  throw new AppError('conflict', 'This is the last admin, and there has to be one', {
    hint: 'Make somebody else an admin first.',
  })
}

function nobody(id: string): AppError {
  return new AppError('not_found', `There is no person ${id}`)
}
