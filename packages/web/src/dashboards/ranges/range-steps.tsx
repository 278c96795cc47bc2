import { rangeText } from '@almanac/core/time/range-expression.ts'
import { ChevronLeft, ChevronRight, ZoomOut } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { Tooltip } from '../../ui/tooltip.tsx'
import { changed } from '../board/choice/board-search.ts'
import { shiftedRange, zoomedOut } from '../board/choice/range-moves.ts'
import type { RangeProps } from './range-picker.tsx'

/** The range before, the range after, and twice as much. */
export function RangeSteps({ choice, search, onChange }: RangeProps): ReactElement {
  const go = (range: typeof choice.range) => onChange(changed(search, { range: rangeText(range) }))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form.
    <div role="group" aria-label="Move the range" className={GROUP}>
      <Step label="Earlier" onPress={() => go(shiftedRange(choice.range, -1))}>
        <ChevronLeft size={16} aria-hidden />
      </Step>
      <Step label="Later" onPress={() => go(shiftedRange(choice.range, 1))}>
        <ChevronRight size={16} aria-hidden />
      </Step>
      <Step
        label="Zoom out (Ctrl+Z takes a zoom back)"
        onPress={() => go(zoomedOut(choice.range, Temporal.Now.zonedDateTimeISO(choice.scope.timezone)))}
      >
        <ZoomOut size={14} aria-hidden />
      </Step>
    </div>
  )
}

function Step({ label, onPress, children }: { label: string; onPress: () => void; children: ReactNode }): ReactElement {
  return (
    <Tooltip text={label}>
      <Button aria-label={label} onPress={onPress} className={STEP}>
        {children}
      </Button>
    </Tooltip>
  )
}

const GROUP =
  'inline-flex h-8 shrink-0 items-stretch divide-x divide-line overflow-hidden rounded-md border border-line bg-surface'
const STEP =
  'grid w-8 place-items-center text-muted transition-colors duration-100 hover:bg-hover hover:text-ink data-[focus-visible]:-outline-offset-2'
