import { AppError } from '@almanac/core/errors.ts'
import { sql } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { users } from '../../postgres/schema.ts'
import type { User } from '../user.ts'
import { verifyPassword } from './password.ts'

/** The user whose password this is. It fails in the same way, and after the same time, whatever was wrong. */
export async function checkPassword(db: NodePgDatabase, email: string, password: string): Promise<User> {
  const [user] = await db.select().from(users).where(sql`lower(${users.email}) = lower(${email})`)
  const isRight = await verifyPassword(password, user?.passwordHash)
  if (user === undefined || !isRight) {
    throw new AppError('unauthorized', 'No account has this e-mail address and password', {
      hint: 'Check both; capital letters count in the password only.',
    })
  }
  return { id: user.id, email: user.email, name: user.name, role: user.role }
}
