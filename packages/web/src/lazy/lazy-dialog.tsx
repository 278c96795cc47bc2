import type { ReactElement } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import { FailureNote } from './failure-note.tsx'
import { Lazily } from './lazily.tsx'
import type { LazyPart } from './lazy-part.ts'

interface Props<Own extends object> {
  readonly part: LazyPart<Own>
  readonly props: Own
}

/** A dialog whose code comes when it is opened: when it does not come, a smaller one says so. */
export function LazyDialog<Own extends { readonly onClose: () => void }>({ part, props }: Props<Own>): ReactElement {
  return (
    <Lazily
      part={part}
      props={props}
      whenFailed={(error, retry) => (
        <Dialog title="Not there yet" isOpen isSmall onClose={props.onClose}>
          <div className="h-48 pt-3">
            <FailureNote error={error} retry={retry} />
          </div>
        </Dialog>
      )}
    />
  )
}
