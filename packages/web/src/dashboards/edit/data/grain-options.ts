import type { CubeData } from '@almanac/core/boards/board.ts'
import { GRAINS } from '@almanac/core/time/grain.ts'
import { GRAIN_WORDS } from '@almanac/core/time/grain-choice.ts'

/** How fine a widget goes over time. */
export const WIDGET_GRAINS: readonly { readonly id: CubeData['grain']; readonly label: string }[] = [
  { id: 'none', label: 'No: the range as one' },
  { id: 'board', label: 'Yes, as the board says' },
  ...GRAINS.map((grain) => ({ id: grain, label: `By ${GRAIN_WORDS[grain]}` })),
]
