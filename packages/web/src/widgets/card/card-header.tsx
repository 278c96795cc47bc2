import type { Frame } from '@almanac/core/charts/frame.ts'
import type { ReactElement } from 'react'
import type { Loadable } from '../loadable.ts'
import { CardNotes } from './card-notes.tsx'
import { StaleNote } from './stale-note.tsx'

interface Props {
  readonly title: string
  /** Beside the title, or under it in a narrow card. */
  readonly range?: string | undefined
  readonly description: string | undefined
  readonly ignored: readonly string[]
  readonly loadable: Loadable<Frame>
  readonly menu: ReactElement
}

/** Title, what to know about the figures, menu. It is what a card is dragged by. */
export function CardHeader({ title, range, description, ignored, loadable, menu }: Props): ReactElement {
  const { data, error, isStale, retry } = loadable
  return (
    <header data-drag-handle className="@container flex h-10 shrink-0 items-center gap-0.5 pr-1.5 pl-4">
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-2 leading-4">
        <h2 title={title} className={`max-w-full truncate font-medium ${range ? 'leading-4' : ''}`}>
          <bdi>{title}</bdi>
        </h2>
        {range && (
          <p title={range} className="max-w-full truncate text-xs leading-4 text-muted">
            {range}
          </p>
        )}
      </div>
      <CardNotes description={description} ignored={ignored} frame={data} />
      <span className="ml-auto flex shrink-0 items-center gap-1 pl-2">
        {data && (error || isStale) && <StaleNote error={error} retry={retry} />}
        {menu}
      </span>
    </header>
  )
}
