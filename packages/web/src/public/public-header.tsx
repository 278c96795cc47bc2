import type { Board } from '@almanac/core/boards/board.ts'
import { Printer } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button } from '../ui/button.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import type { ShownWords } from './shown-words.ts'

interface Props {
  readonly board: Board
  readonly words: ShownWords
  /** What the toolbar below says: here it is for paper alone. */
  readonly allow: readonly string[]
  readonly onPrint: () => void
}

/** Of a board that somebody without an account looks at: what it is, what it shows, how old it is. */
export function PublicHeader({ board: { title, description }, words, allow, onPrint }: Props): ReactElement {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
      <div className="min-w-0 flex-1 basis-72">
        <h1 className="text-lg font-semibold tracking-tight text-balance wrap-anywhere">
          <bdi>{title}</bdi>
        </h1>
        {description && <p className="max-w-prose text-pretty text-muted wrap-anywhere">{description}</p>}
        {/* As high as a line before it is known, so that nothing moves. */}
        <p className={`figures text-muted ${allow.includes('range') ? 'hidden print:block' : 'min-h-5'}`}>
          {words.range}
        </p>
        {words.compared && (
          <p className={`text-muted ${allow.includes('compare') ? 'hidden print:block' : ''}`}>{words.compared}</p>
        )}
      </div>
      <div className="flex items-center gap-1 sm:h-8">
        <p role="status" className="figures text-muted">
          {words.asOf}
        </p>
        <Tooltip text="Print">
          <Button look="quiet" isIcon aria-label="Print" className="max-sm:hidden print:hidden" onPress={onPrint}>
            <Printer size={15} aria-hidden />
          </Button>
        </Tooltip>
      </div>
    </header>
  )
}
