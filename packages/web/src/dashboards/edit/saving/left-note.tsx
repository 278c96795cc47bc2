import type { ReactElement } from 'react'
import { Button } from '../../../ui/button.tsx'
import type { Draft } from './draft-store.ts'

interface Props {
  readonly draft: Draft
  /** The board was saved since, by somebody else or elsewhere. */
  readonly isOutdated: boolean
  readonly onTake: () => void
  readonly onDrop: () => void
}

/** Changes of an earlier visit that were never saved. */
export function LeftNote({ draft, isOutdated, onTake, onDrop }: Props): ReactElement {
  const at = Temporal.Instant.from(draft.changedAt).toLocaleString(undefined, {
    dateStyle: 'medium',
    timeStyle: 'short',
  })
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md bg-warning-soft px-3 py-2 text-warning">
      <p className="min-w-56 flex-1 text-pretty">
        <span className="font-medium">You have changes from {at} that were not saved.</span>
        {isOutdated && ' The board itself was saved since.'}
      </p>
      <span className="flex gap-2">
        <Button onPress={onTake}>Take them up</Button>
        <Button look="quiet" className="text-warning!" onPress={onDrop}>
          Discard
        </Button>
      </span>
    </div>
  )
}
