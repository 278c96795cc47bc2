import { draw, PURPOSE, pickWeighted } from '../random.ts'
import { pause, record, type Session } from './session.ts'

/** Members who like what they see tell their friends, now and then. */
export function inviteSomebody(session: Session): void {
  const { visitor, visit, random } = session
  const chance = 0.01 + 0.03 * visitor.engagement
  if (draw(PURPOSE.invite, visitor.arrivalDay, visitor.number, visit.epochDay * 2 + visit.ordinal) >= chance) return
  pause(session, 6)
  const { by } = pickWeighted(random, WAYS)
  record(session, 'invite_sent', { properties: { by } })
  pause(session, 6)
}

const WAYS = [
  { by: 'link', weight: 5 },
  { by: 'messenger', weight: 4 },
  { by: 'e-mail', weight: 1 },
]
