import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { createFirstAdmin, type FirstAdmin, isSetupNeeded } from './first-admin.ts'
import { changePassword, type PasswordChange, renameUser } from './own-account.ts'
import { checkPassword } from './sign-in/log-in.ts'
import { closeSession, findSession, openSession } from './sign-in/sessions.ts'
import type { User } from './user.ts'

export interface SignedIn {
  readonly user: User
  /** For the cookie. New at every login, so a token that somebody planted before is worth nothing after. */
  readonly token: string
}

/** People and their sessions: all that the HTTP routes ask about them. */
export interface Accounts {
  isSetupNeeded(): Promise<boolean>
  setUp(admin: FirstAdmin): Promise<SignedIn>
  logIn(email: string, password: string): Promise<SignedIn>
  findSession(token: string): Promise<User | undefined>
  logOut(token: string): Promise<void>
  rename(userId: string, name: string): Promise<User>
  /** Throws `invalid_request` when the current password is wrong. The other sessions of the person end. */
  changePassword(userId: string, change: PasswordChange): Promise<void>
}

interface AccountsDeps {
  readonly db: NodePgDatabase
  readonly now: () => Date
  /** Forgets the file with the setup token, which is used up. */
  readonly removeSetupToken: () => Promise<void>
}

export function createAccounts({ db, now, removeSetupToken }: AccountsDeps): Accounts {
  const signIn = async (user: User) => ({ user, token: await openSession(db, user.id, now()) })
  return {
    isSetupNeeded: () => isSetupNeeded(db),
    async setUp(admin) {
      const user = await createFirstAdmin(db, admin, now())
      await removeSetupToken()
      return signIn(user)
    },
    logIn: async (email, password) => signIn(await checkPassword(db, email, password)),
    findSession: (token) => findSession(db, token, now()),
    logOut: (token) => closeSession(db, token),
    rename: (userId, name) => renameUser(db, userId, name),
    changePassword: (userId, change) => changePassword(db, userId, change),
  }
}
