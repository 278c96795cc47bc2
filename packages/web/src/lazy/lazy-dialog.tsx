import { type ReactElement, Suspense } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import { FailureBoundary } from './failure-boundary.tsx'
import { FailureNote } from './failure-note.tsx'
import { Fetched } from './lazily.tsx'
import type { LazyPart } from './lazy-part.ts'

interface Props<Own extends object> {
  readonly part: LazyPart<Own>
  readonly props: Own
}

/** A dialog whose code comes when it is opened: when it does not come, a smaller one says so. */
export function LazyDialog<Own extends { readonly onClose: () => void }>({ part, props }: Props<Own>): ReactElement {
  return (
    <FailureBoundary
      whenFailed={(error, retry) => (
        <Dialog title="Not there yet" isOpen isSmall onClose={props.onClose}>
          <div className="h-48 pt-3">
            <FailureNote error={error} retry={retry} />
          </div>
        </Dialog>
      )}
    >
      <Suspense>
        <Fetched part={part} props={props} />
      </Suspense>
    </FailureBoundary>
  )
}
