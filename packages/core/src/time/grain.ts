export const GRAINS = ['minute', 'quarter_hour', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const
export type Grain = (typeof GRAINS)[number]
