import type { ReactElement } from 'react'
import type { ApiError } from '../../api/api-error.ts'
import { FormError } from './entry-page.tsx'

/** Above the button of a form whose fields say themselves what is wrong with them; all other errors are told here. */
export function FormProblem({ error }: { error: ApiError | undefined }): ReactElement | null {
  if (!error || error.issues.length === 0) return <FormError error={error} />
  const fields = error.issues.length === 1 ? 'a field needs' : `${error.issues.length} fields need`
  return (
    <p role="alert" className="rounded-md bg-negative-soft px-3 py-2 font-medium text-negative">
      Not saved: {fields} another look.
    </p>
  )
}
