import { ChevronRight } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button } from 'react-aria-components'
import type { BoardSearch } from '../choice/board-search.ts'
import type { Crumb } from '../choice/drill.ts'

/** The way into a range, each step of it the way back. */
export function CrumbBar({
  crumbs,
  onGo,
}: {
  crumbs: readonly Crumb[]
  onGo: (search: BoardSearch) => void
}): ReactElement | null {
  if (crumbs.length === 0) return null
  const last = crumbs.length - 1
  return (
    <nav aria-label="Drilled into" className="print:hidden">
      <ol className="flex flex-wrap items-center gap-0.5">
        {crumbs.map(({ label, search }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place on the way.
          <li key={i} className="flex items-center gap-0.5">
            {i > 0 && <ChevronRight size={13} aria-hidden className="text-faint" />}
            {i === last ? (
              <span aria-current="page" className="figures px-1.5 font-medium">
                {label}
              </span>
            ) : (
              <Button onPress={() => onGo(search)} className={STEP}>
                {label}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

const STEP =
  'figures h-7 rounded-md px-1.5 text-accent-ink underline-offset-2 transition-colors duration-100 hover:bg-hover hover:underline'
