import type { NativeEvent } from '@almanac/core/events/native-event.ts'
import type { Channel } from '@almanac/core/links/channel.ts'

/**
 * The levels of a tracker, as links, clicks and adjust's callbacks write them into the same campaign columns, so that one
 * query by channel holds for all of them.
 */
export function campaignOf({ network, campaign, adgroup, creative }: Partial<Channel>): NativeEvent['campaign'] {
  return { source: network, name: campaign, content: adgroup, term: creative }
}
