import { GRAINS, type Grain } from '@almanac/core/time/grain.ts'
import { GRAIN_NAMES, GRAIN_WORDS, whyUnreadable } from '@almanac/core/time/grain-choice.ts'
import type { ReactElement } from 'react'
import { Select } from '../../ui/select.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { changed } from '../board/choice/board-search.ts'
import type { RangeProps } from '../ranges/range-picker.tsx'

/** By what charts over time are drawn. What makes no sense for the range says why; the shortest are for short ranges only. */
export function GrainSwitch({ choice, search, onChange }: RangeProps): ReactElement {
  const { range, chosenGrain, scope } = choice
  const options = [
    { id: 'auto' as const, label: 'Auto' },
    ...GRAINS.map((id) => ({ id, label: LABELS[id], unavailable: whyUnreadable(range, id) })).filter(
      ({ id, unavailable }) => !unavailable || (id !== 'minute' && id !== 'quarter_hour'),
    ),
  ]
  const choose = (grain: Grain | 'auto') => onChange(changed(search, { grain }))
  // What can't be read gives way to the automatic grain, and so does the mark.
  const value = chosenGrain === scope.grain ? chosenGrain : 'auto'
  return (
    <>
      <span className="hidden xl:contents">
        <ToggleGroup label="Grain" value={value} options={options} onChange={choose} />
      </span>
      <span className="contents xl:hidden">
        <Select
          label="Grain"
          value={value}
          options={options
            .filter((option) => !('unavailable' in option && option.unavailable))
            .map(({ id }) => ({
              id,
              label: id === 'auto' ? `Auto: by ${GRAIN_WORDS[scope.grain]}` : `By ${GRAIN_WORDS[id]}`,
            }))}
          onChange={choose}
        />
      </span>
    </>
  )
}

/** Side by side, so the long ones are short. */
const LABELS = { ...GRAIN_NAMES, minute: '1 min', quarter_hour: '15 min' }
