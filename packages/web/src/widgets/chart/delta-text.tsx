import type { Delta } from '@almanac/core/charts/drawing.ts'
import { ArrowDown, ArrowUp, Minus } from 'lucide-react'
import type { ReactElement } from 'react'

interface Props {
  readonly delta: Delta
  readonly sizePx?: number
}

/** A change with its sign and an arrow: which way and whether that is good are never said by colour alone. */
export function DeltaText({ delta, sizePx = 12 }: Props): ReactElement {
  const Icon = ICONS[delta.direction]
  return (
    <span className={`figures inline-flex items-baseline gap-0.5 font-medium whitespace-nowrap ${TONES[delta.tone]}`}>
      <Icon size={sizePx} strokeWidth={2.5} aria-hidden className="shrink-0 self-center" />
      {delta.text}
      {delta.tone !== 'neutral' && <span className="sr-only"> ({delta.tone === 'good' ? 'better' : 'worse'})</span>}
    </span>
  )
}

const ICONS = { up: ArrowUp, down: ArrowDown, same: Minus } as const
const TONES = { good: 'text-positive', bad: 'text-negative', neutral: 'text-muted' } as const
