import type { NativeEvent } from '@almanac/core/events/native-event.ts'

/**
 * Where an install comes from, in the four levels of a tracker: `Network::Campaign::Adgroup::Creative`. Links, clicks and
 * adjust's callbacks write them into the same campaign columns, so one query by channel holds for all of them.
 */
export const LEVELS = ['network', 'campaign', 'adgroup', 'creative'] as const
type Level = (typeof LEVELS)[number]

/** Empty text where nothing is said. */
export type Channel = Readonly<Record<Level, string>>

export function campaignOf({ network, campaign, adgroup, creative }: Partial<Channel>): NativeEvent['campaign'] {
  return { source: network, name: campaign, content: adgroup, term: creative }
}
