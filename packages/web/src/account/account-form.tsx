import type { UseMutationResult } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { type ApiError, toApiError } from '../api/api-error.ts'
import { FormProblem } from '../app/sign-in/form-problem.tsx'
import { Button } from '../ui/button.tsx'

interface Props {
  readonly attempt: Pick<
    UseMutationResult<unknown, Error, HTMLFormElement>,
    'mutate' | 'error' | 'isPending' | 'isSuccess'
  >
  readonly button: string
  /** Said when it has worked; the dialog stays for the other form. */
  readonly done: string
  /** Fields by the names that the request has for them. */
  readonly children: ReactNode
}

export function AccountForm({ attempt, button, done, children }: Props): ReactElement {
  const error = attempt.error ? toApiError(attempt.error) : undefined
  return (
    <Form
      className="flex flex-col gap-4 p-4"
      validationErrors={problemsOf(error)}
      onSubmit={(event) => {
        event.preventDefault()
        if (!attempt.isPending) attempt.mutate(event.currentTarget)
      }}
    >
      {children}
      <FormProblem error={error} />
      <div className="flex items-center justify-end gap-3">
        <p role="status" className="min-w-0 flex-1 text-sm text-pretty text-muted">
          {attempt.isSuccess && done}
        </p>
        {/* Never disabled: it would lose the focus, and the dialog with it the key that closes it. */}
        <Button type="submit">{attempt.isPending ? 'One moment…' : button}</Button>
      </div>
    </Form>
  )
}

/** Each stands below its field until that is changed. */
function problemsOf(error: ApiError | undefined): Record<string, string> {
  return Object.fromEntries((error?.issues ?? []).map(({ path, message }) => [String(path[0]), message]))
}
