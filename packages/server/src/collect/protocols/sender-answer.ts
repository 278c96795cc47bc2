import { text } from './answers.ts'
import type { Outcome, ProtocolAnswer } from './protocol.ts'

/**
 * The answer to a server that cannot deliver: its operator reads it in a log. It does not tell an unknown key from a wrong
 * signature. Undefined when the delivery was taken.
 */
export function refusal({ refused }: Outcome): ProtocolAnswer | undefined {
  if (refused === undefined) return undefined
  const message = refused === 'no_credential' ? 'Expected a write key in the address' : 'This key is not valid here'
  return text(401, `${message}\n`)
}
