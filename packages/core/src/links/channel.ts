/** Where a click or an install comes from, from the widest to the narrowest: `Network::Campaign::Adgroup::Creative`. */
export const LEVELS = ['network', 'campaign', 'adgroup', 'creative'] as const
type Level = (typeof LEVELS)[number]

/** Empty text where nothing is said. */
export type Channel = Readonly<Record<Level, string>>
