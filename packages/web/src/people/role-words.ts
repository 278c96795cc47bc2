import { ROLES, type Role } from '../api/people.ts'

/** What each role may do; each may also do what those before it may. */
export const ROLE_WORDS: Readonly<Record<Role, { readonly label: string; readonly note: string }>> = {
  viewer: { label: 'Viewer', note: 'Sees dashboards and asks questions of the figures.' },
  editor: {
    label: 'Editor',
    note: 'Also makes and shares dashboards, annotates, uploads, and writes SQL, which sees every event.',
  },
  admin: {
    label: 'Admin',
    note: 'Also invites and removes people, makes keys and sources, and erases people’s data.',
  },
}

export const ROLE_OPTIONS = ROLES.map((id) => ({ id, label: ROLE_WORDS[id].label }))
export const ROLE_CARDS = ROLES.map((id) => ({ id, ...ROLE_WORDS[id] }))

/** The last admin keeps the role and the account, as the server does it: otherwise nobody could invite another. */
export function isLastAdmin(
  person: { readonly id: string; readonly role: Role },
  people: readonly { readonly role: Role }[],
) {
  return person.role === 'admin' && people.filter(({ role }) => role === 'admin').length === 1
}
