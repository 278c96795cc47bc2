import type { Frame } from '@almanac/core/charts/frame.ts'
import { FunnelX, Info, Scissors } from 'lucide-react'
import type { ReactElement } from 'react'
import { NoteButton } from './note-button.tsx'

interface Props {
  readonly description: string | undefined
  readonly ignored: readonly string[]
  readonly frame: Frame | undefined
}

/** What a reader should know before trusting the figures. */
export function CardNotes({ description, ignored, frame }: Props): ReactElement {
  return (
    <>
      {description && (
        <NoteButton label="What this shows" icon={<Info size={13} aria-hidden />}>
          <p className="whitespace-pre-line">{description}</p>
        </NoteButton>
      )}
      {ignored.length > 0 && (
        <NoteButton label="Filters that do not apply" icon={<FunnelX size={13} aria-hidden />} tone="warning">
          <p className="font-medium">Not filtered by {ignored.join(', ')}</p>
          <p className="mt-1 text-muted">The data of this widget does not have {ignored.length > 1 ? 'them' : 'it'}.</p>
        </NoteButton>
      )}
      {frame?.isTruncated && (
        <NoteButton label="Not all rows" icon={<Scissors size={13} aria-hidden />} tone="warning">
          <p className="font-medium">Only the first {frame.rows.length.toLocaleString()} rows</p>
          <p className="mt-1 text-muted">There are more. Filter, choose a shorter range or raise the widget’s limit.</p>
        </NoteButton>
      )}
    </>
  )
}
