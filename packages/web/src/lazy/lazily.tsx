import { type ReactElement, type ReactNode, Suspense, useState } from 'react'
import { FailureBoundary, type WhenFailed } from './failure-boundary.tsx'
import type { LazyPart } from './lazy-part.ts'

interface Props<Own extends object> {
  readonly part: LazyPart<Own>
  readonly props: Own
  /** What it is about: with something else it is tried anew after a failure. */
  readonly of?: unknown
  /** While it comes. */
  readonly fallback?: ReactNode
  /** What stands in its place when it did not come; a note, unless given. */
  readonly whenFailed?: WhenFailed
}

/** A component whose code comes when it is first shown. */
export function Lazily<Own extends object>({ part, props, of, fallback, whenFailed }: Props<Own>): ReactElement {
  return (
    <FailureBoundary of={of} {...(whenFailed && { whenFailed })}>
      <Suspense fallback={fallback}>
        <Fetched part={part} props={props} />
      </Suspense>
    </FailureBoundary>
  )
}

/** Stands inside of a `Suspense`. */
export function Fetched<Own extends object>({ part, props }: Pick<Props<Own>, 'part' | 'props'>): ReactElement {
  // What is shown stays: another component in its place would begin anew.
  const [Current] = useState(() => part.current)
  return <Current {...props} />
}
