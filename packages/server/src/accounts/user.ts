export const USER_ROLES = ['admin', 'editor', 'viewer'] as const

/** A person, as everybody may see them: the password's hash is never part of it. */
export interface User {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: (typeof USER_ROLES)[number]
}
