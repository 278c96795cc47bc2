import type { CubeData } from '@almanac/core/boards/board.ts'
import { GRAINS, type Grain } from '@almanac/core/time/grain.ts'

export const GRAIN_NAMES: Readonly<Record<Grain, string>> = {
  minute: 'Minute',
  quarter_hour: 'Quarter of an hour',
  hour: 'Hour',
  day: 'Day',
  week: 'Week',
  month: 'Month',
  quarter: 'Quarter',
  year: 'Year',
}

/** How fine a widget goes over time. */
export const WIDGET_GRAINS: readonly { readonly id: CubeData['grain']; readonly label: string }[] = [
  { id: 'none', label: 'No: the range as one' },
  { id: 'board', label: 'Yes, as the board says' },
  ...GRAINS.map((grain) => ({ id: grain, label: `By ${GRAIN_NAMES[grain].toLowerCase()}` })),
]
