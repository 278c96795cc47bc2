import { CircleAlert, RotateCw, TriangleAlert } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import type { ApiError } from '../api/api-error.ts'
import { Button } from '../ui/button.tsx'

interface ErrorProps {
  readonly error: ApiError
  readonly retry: () => void
  readonly isFlat?: boolean
}

/** In place of a widget's content when there is no answer at all. */
export function ErrorNote({ error, retry, isFlat = false }: ErrorProps): ReactElement {
  if (isFlat) return <FlatErrorNote error={error} retry={retry} />
  return (
    <div role="alert" className="flex h-full flex-col items-center justify-center gap-1 p-4 text-center">
      <CircleAlert size={18} aria-hidden className="mb-1 text-negative" />
      <p className="font-medium text-balance">{error.message}</p>
      {error.hint && <p className="max-w-md text-pretty text-muted">{error.hint}</p>}
      {error.requestId && <p className="text-sm text-faint select-all">Request {error.requestId}</p>}
      <Button className="mt-2.5" onPress={retry}>
        <RotateCw size={14} aria-hidden /> Try again
      </Button>
    </div>
  )
}

/** The same where there is more width than height. */
function FlatErrorNote({ error, retry }: ErrorProps): ReactElement {
  return (
    <div role="alert" className="flex h-full flex-wrap content-center items-center gap-x-4 gap-y-2 px-4">
      <CircleAlert size={18} aria-hidden className="text-negative" />
      <div className="min-w-48 flex-1">
        <p className="font-medium">{error.message}</p>
        {error.hint && <p className="text-muted">{error.hint}</p>}
      </div>
      <Button onPress={retry}>
        <RotateCw size={14} aria-hidden /> Try again
      </Button>
    </div>
  )
}

/** In place of a widget's content when the answer is empty. Says why, and what can be done. */
export function EmptyNote({ title, children }: { title: string; children?: ReactNode }): ReactElement {
  return (
    <div className="flex h-full flex-col items-center justify-center gap-1 p-4 text-center text-muted">
      <p className="font-medium text-ink">{title}</p>
      {children}
    </div>
  )
}

/** Beside a title: what is shown is the last answer, and a newer one could not be had. */
export function StaleBadge({ error }: { error: ApiError | undefined }): ReactElement | null {
  if (!error) return null
  return (
    <span role="status" title={[error.message, error.hint].join(' ')} className={STALE}>
      <TriangleAlert size={12} aria-hidden /> Not up to date
    </span>
  )
}

const STALE =
  'inline-flex items-center gap-1 rounded-full bg-warning-soft px-2 py-0.5 text-sm font-medium whitespace-nowrap text-warning'
