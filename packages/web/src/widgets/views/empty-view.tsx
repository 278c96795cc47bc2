import type { EmptyDrawing } from '@almanac/core/charts/drawing.ts'
import { CircleSlash2, Shapes, SquareDashed } from 'lucide-react'
import type { ReactElement } from 'react'

/** Why there is nothing to see. What the board could do about it, such as clearing a filter, the board offers. */
export function EmptyView({ drawing }: { drawing: EmptyDrawing }): ReactElement {
  const Icon = ICONS[drawing.reason]
  return (
    <div className="flex h-full flex-col items-center justify-center gap-1.5 overflow-hidden px-6 pb-3 text-center">
      <Icon size={18} aria-hidden className="shrink-0 text-faint" />
      <p className="line-clamp-4 max-w-80 text-pretty wrap-anywhere text-muted">{drawing.text}</p>
    </div>
  )
}

const ICONS = { nothing: SquareDashed, only_nulls: CircleSlash2, unfit: Shapes } as const
