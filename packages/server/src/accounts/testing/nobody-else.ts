import { AppError } from '@almanac/core/errors.ts'
import type { Team } from '../team.ts'

const missing = async () => {
  throw new AppError('not_found', 'There is nobody here')
}

/** For tests of other things: a team of nobody, who invites nobody. */
export function nobodyElse(): Team {
  return {
    list: async () => [],
    invitations: async () => [],
    invite: missing,
    withdraw: missing,
    findInvitation: missing,
    accept: missing,
    makePasswordLink: missing,
    findPasswordLink: missing,
    setPassword: missing,
    changeRole: missing,
    remove: missing,
  }
}
