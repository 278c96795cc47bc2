import { CircleAlert } from 'lucide-react'
import type { ReactElement } from 'react'
import type { ApiError } from '../api/api-error.ts'

/** What was wrong with a statement, with the place where it is known. */
export function SqlProblem({ error }: { readonly error: ApiError }): ReactElement {
  const place = error.issues.map(({ path }) => path).find(([where]) => where === 'sql')
  return (
    <div role="alert" className="flex items-start gap-2.5 rounded-lg bg-negative-soft px-4 py-3 text-negative">
      <CircleAlert size={16} aria-hidden className="mt-0.5 shrink-0" />
      <div className="min-w-0 flex-1">
        {place && (
          <p className="figures text-sm font-medium">
            Line {place[1]}, column {place[2]}
          </p>
        )}
        <p className="font-medium whitespace-pre-wrap wrap-anywhere">{error.message}</p>
        {error.hint && <p className="text-pretty">{error.hint}</p>}
      </div>
    </div>
  )
}
