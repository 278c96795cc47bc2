import { ChevronDown, GitCompareArrows } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button as AriaButton, DialogTrigger } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Labelled } from '../../ui/labelled.tsx'
import { PopoverDialog } from '../../ui/popover.tsx'
import { TRIGGER } from '../../ui/select.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { withComparisons } from '../board/choice/board-search.ts'
import type { RangeProps } from '../ranges/range-picker.tsx'
import {
  COMPARED,
  COMPARISON_WORDS,
  type ComparisonManner,
  comparedWords,
  MOST_COMPARISONS,
  mannerOf,
  toggled,
} from './comparison-words.ts'

/** Other times beside the range, several at once. */
export function ComparePicker({ choice, search, onChange }: RangeProps): ReactElement {
  const chosen = choice.scope.compare
  const manner = mannerOf(chosen)
  const go = (comparisons: typeof chosen) => onChange(withComparisons(search, comparisons))
  const setManner = (change: Partial<ComparisonManner>) => go(chosen.map((one) => ({ ...one, ...change })))
  return (
    <DialogTrigger>
      <AriaButton
        className={TRIGGER}
        aria-label={chosen.length > 0 ? `Comparison: ${comparedWords(chosen)}` : 'Compare with another time'}
      >
        <GitCompareArrows size={14} aria-hidden className="text-faint" />
        {comparedWords(chosen)}
        <ChevronDown size={14} aria-hidden className="text-faint" />
      </AriaButton>
      <PopoverDialog label="Comparison" placement="bottom start" className="flex w-72 flex-col gap-3 p-3">
        <div className="flex flex-col gap-2">
          {COMPARED.map((base) => {
            const isChosen = chosen.some((one) => one.with === base)
            const isFull = !isChosen && chosen.length >= MOST_COMPARISONS
            return (
              <Checkbox
                key={base}
                label={COMPARISON_WORDS[base]}
                {...(isFull && { note: `At most ${MOST_COMPARISONS} at once.` })}
                isSelected={isChosen}
                onChange={() => go(toggled(chosen, base, manner))}
              />
            )
          })}
        </div>
        {chosen.length > 0 && (
          <div className="flex flex-col gap-3 border-t border-line pt-3">
            <Labelled label="Stand side by side">
              <ToggleGroup
                label="Stand side by side"
                value={manner.align}
                options={[
                  { id: 'date', label: 'By date' },
                  { id: 'weekday', label: 'By weekday' },
                ]}
                onChange={(align) => setManner({ align })}
              />
            </Labelled>
            <Checkbox
              label="To date"
              note="Of a range that is still running, only as much as has passed is compared."
              isSelected={manner.toDate}
              onChange={(toDate) => setManner({ toDate })}
            />
            <Button look="quiet" className="self-start" onPress={() => go([])}>
              Compare with nothing
            </Button>
          </div>
        )}
      </PopoverDialog>
    </DialogTrigger>
  )
}
