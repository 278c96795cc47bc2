import type { UseMutationResult } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { toApiError } from '../../api/api-error.ts'
import { Button } from '../../ui/button.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { Wordmark } from '../shell/wordmark.tsx'

interface Props {
  readonly title: string
  readonly intro?: ReactNode
  readonly children: ReactNode
}

/** A small page of its own, outside the navigation: login, setup, errors. */
export function EntryPage({ title, intro, children }: Props): ReactElement {
  useTitle(title)
  return (
    <main className="grid min-h-dvh grid-rows-[1fr_auto_1.4fr] justify-items-center p-4">
      <div className="row-start-2 flex w-full max-w-88 flex-col gap-6">
        <Wordmark />
        <div className="card p-6">
          <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
          {intro && <div className="mt-1 text-pretty text-muted">{intro}</div>}
          <div className="mt-5">{children}</div>
        </div>
      </div>
    </main>
  )
}

interface FormProps {
  readonly attempt: Pick<UseMutationResult<unknown, Error, FormData>, 'mutate' | 'error' | 'isPending'>
  readonly button: string
  readonly pending?: string
  readonly children: ReactNode
}

/** The form of such a page: its fields, what was wrong with them, and the button. */
export function EntryForm({ attempt, button, pending = 'One moment…', children }: FormProps): ReactElement {
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        attempt.mutate(new FormData(event.currentTarget))
      }}
    >
      {children}
      <FormError error={attempt.error} />
      <Button look="primary" type="submit" className="h-9" isDisabled={attempt.isPending}>
        {attempt.isPending ? pending : button}
      </Button>
    </Form>
  )
}

/** What the server said about a form, above its button. */
export function FormError({ error }: { error: unknown }): ReactElement | null {
  if (!error) return null
  const { message, hint, issues } = toApiError(error)
  return (
    <div role="alert" className="rounded-md bg-negative-soft px-3 py-2 text-negative">
      <p className="font-medium">{message}</p>
      {hint && <p>{hint}</p>}
      {issues.map(({ path, message: problem }) => (
        <p key={`${path.join('.')} ${problem}`}>
          {path.join(' ')}: {problem}
        </p>
      ))}
    </div>
  )
}
