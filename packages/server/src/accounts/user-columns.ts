import { users } from '../postgres/schema.ts'

/** Of a `User`. */
export const USER_COLUMNS = { id: users.id, email: users.email, name: users.name, role: users.role }
