import { AppError } from '@almanac/core/errors.ts'
import type { Pool } from 'pg'
import { inTransaction } from '../../postgres/in-transaction.ts'
import type { User } from '../user.ts'
import { hashPassword } from './password.ts'
import { hashToken, newToken } from './secret-token.ts'

/** For somebody who has forgotten the password: an address from an admin, which works once and for a day. */
export interface PasswordLink {
  readonly email: string
  readonly name: string
  readonly expiresAt: Date
}

const DAY_MS = 86_400_000

/** The token is in the answer and nowhere else. An earlier one of this person works no more; the old password still does. */
export async function makePasswordLink(
  pool: Pool,
  userId: string,
  now: Date,
): Promise<{ readonly token: string; readonly expiresAt: Date }> {
  const token = newToken()
  const expiresAt = new Date(now.getTime() + DAY_MS)
  await inTransaction(pool, async (client) => {
    const known = await client.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [userId])
    if (known.rowCount === 0) throw new AppError('not_found', `There is no person ${userId}`)
    await client.query(`DELETE FROM login_tokens WHERE purpose = 'login' AND user_id = $1`, [userId])
    await client.query(
      `INSERT INTO login_tokens (token_hash, purpose, user_id, created_at, expires_at) VALUES ($1, 'login', $2, $3, $4)`,
      [hashToken(token), userId, now, expiresAt],
    )
  })
  return { token, expiresAt }
}

export async function findPasswordLink(pool: Pool, token: string, now: Date): Promise<PasswordLink> {
  const { rows } = await pool.query<PasswordLink>(
    `SELECT email, name, expires_at AS "expiresAt" FROM login_tokens JOIN users ON users.id = user_id
     WHERE token_hash = $1 AND purpose = 'login' AND expires_at > $2`,
    [hashToken(token), now],
  )
  const [link] = rows
  if (!link) throw worksNoMore()
  return link
}

/** Whoever was logged in with the old password is so no more. */
export async function setPassword(pool: Pool, token: string, password: string, now: Date): Promise<User> {
  // Asked before the hashing, which costs memory and time that a stranger must not be able to spend.
  await findPasswordLink(pool, token, now)
  const passwordHash = await hashPassword(password)
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<User>(
      `WITH used AS (
         DELETE FROM login_tokens WHERE token_hash = $1 AND purpose = 'login' AND expires_at > $2 RETURNING user_id
       )
       UPDATE users SET password_hash = $3 FROM used WHERE id = used.user_id RETURNING id, email, name, role`,
      [hashToken(token), now, passwordHash],
    )
    const [user] = rows
    if (!user) throw worksNoMore()
    await client.query('DELETE FROM sessions WHERE user_id = $1', [user.id])
    return user
  })
}

function worksNoMore(): AppError {
  return new AppError('not_found', 'This address does not work, or works no more', {
    hint: 'Each works once, and for a day. Ask an admin for another one.',
  })
}
