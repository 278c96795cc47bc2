import type { ProtocolRequest } from './protocol.ts'

/**
 * For an event that tells no address of its visitor: undefined when the connection is the visitor's own, empty when it is
 * some server's or app's library (`okhttp`, `analytics-node`). That one's address and user agent would make of all users of
 * that server one visitor, and a bot, too.
 */
export function connectionAddress({ headers }: Pick<ProtocolRequest, 'headers'>): '' | undefined {
  return headers['user-agent']?.startsWith('Mozilla/') ? undefined : ''
}
