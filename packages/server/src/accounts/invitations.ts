import { AppError } from '@almanac/core/errors.ts'
import type { Pool } from 'pg'
import { inTransaction } from '../postgres/in-transaction.ts'
import { hashPassword } from './sign-in/password.ts'
import { hashToken, newToken } from './sign-in/secret-token.ts'
import type { User } from './user.ts'

/**
 * Somebody who may make an account: with a name, an e-mail address and a role that an admin has chosen. The address that they
 * get works once, and for a week.
 */
export interface Invitation {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: User['role']
  /** A name for people; null: somebody who is gone. */
  readonly invitedBy: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
}

export type NewInvitation = Pick<Invitation, 'email' | 'name' | 'role'>

export interface Acceptance {
  readonly token: string
  readonly name: string
  readonly password: string
}

const VALID_DAYS = 7
const DAY_MS = 86_400_000

const COLUMNS = `id, email, name, role, created_at AS "createdAt", expires_at AS "expiresAt",
  CASE WHEN invited_by = 'local' OR invited_by LIKE 'key %' THEN invited_by
    ELSE (SELECT users.name FROM users WHERE users.id::text = invited_by) END AS "invitedBy"`

/** Also those whose time is over: they can be invited again. */
export async function listInvitations(pool: Pool): Promise<Invitation[]> {
  const { rows } = await pool.query<Invitation>(`SELECT ${COLUMNS} FROM invitations ORDER BY created_at DESC, id`)
  return rows
}

/** The token is in the answer and nowhere else. An earlier invitation of the same address works no more. */
export async function invite(
  pool: Pool,
  { email, name, role }: NewInvitation,
  invitedBy: string,
  now: Date,
): Promise<{ readonly invitation: Invitation; readonly token: string }> {
  const known = await pool.query('SELECT FROM users WHERE lower(email) = lower($1)', [email])
  if (known.rowCount !== 0) throw hasAccount(email)
  const token = newToken()
  const { rows } = await pool.query<Invitation>(
    `INSERT INTO invitations (token_hash, email, name, role, invited_by, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (lower(email)) DO UPDATE SET token_hash = excluded.token_hash, email = excluded.email, name = excluded.name,
       role = excluded.role, invited_by = excluded.invited_by, created_at = excluded.created_at, expires_at = excluded.expires_at
     RETURNING ${COLUMNS}`,
    [hashToken(token), email, name, role, invitedBy, now, new Date(now.getTime() + VALID_DAYS * DAY_MS)],
  )
  const [invitation] = rows
  if (!invitation) throw new Error('PostgreSQL returned no row for the new invitation')
  return { invitation, token }
}

export async function withdrawInvitation(pool: Pool, id: string): Promise<void> {
  const { rowCount } = await pool.query('DELETE FROM invitations WHERE id = $1', [id])
  if (rowCount === 0) throw new AppError('not_found', `There is no invitation ${id}`)
}

export async function findInvitation(pool: Pool, token: string, now: Date): Promise<Invitation> {
  const { rows } = await pool.query<Invitation>(
    `SELECT ${COLUMNS} FROM invitations WHERE token_hash = $1 AND expires_at > $2`,
    [hashToken(token), now],
  )
  const [invitation] = rows
  if (!invitation) throw notInvited()
  return invitation
}

/** The account, with the address and the role of the invitation, which is used up. */
export async function acceptInvitation(pool: Pool, { token, name, password }: Acceptance, now: Date): Promise<User> {
  // Asked before the hashing, which costs memory and time that a stranger must not be able to spend.
  await findInvitation(pool, token, now)
  const passwordHash = await hashPassword(password)
  return inTransaction(pool, async (client) => {
    const used = await client.query<Pick<Invitation, 'email' | 'role'>>(
      'DELETE FROM invitations WHERE token_hash = $1 AND expires_at > $2 RETURNING email, role',
      [hashToken(token), now],
    )
    const [invited] = used.rows
    if (!invited) throw notInvited()
    const { rows } = await client.query<User>(
      `INSERT INTO users (email, name, password_hash, role) VALUES ($1, $2, $3, $4)
       ON CONFLICT (lower(email)) DO NOTHING RETURNING id, email, name, role`,
      [invited.email, name, passwordHash, invited.role],
    )
    const [user] = rows
    if (!user) throw hasAccount(invited.email)
    return user
  })
}

function hasAccount(email: string): AppError {
  return new AppError('conflict', `${email} has an account already`, { hint: 'Change their role instead.' })
}

function notInvited(): AppError {
  return new AppError('not_found', 'This invitation does not work, or works no more', {
    hint: 'Each works once, and for a week. Ask an admin for another one.',
  })
}
