import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { toApiError } from '../api/api-error.ts'
import { EntryPage } from '../app/sign-in/entry-page.tsx'
import { Button } from '../ui/button.tsx'

interface Props {
  readonly error: unknown
  readonly what: 'invitation' | 'address'
  readonly retry: () => void
}

/** Until it is known whom an address with a token is for, and where it is for nobody any more. */
export function WaitingForLink({ error, what, retry }: Props): ReactElement {
  if (!error) {
    return (
      <EntryPage title="One moment…">
        <div role="status" aria-label="Loading" className="skeleton h-9" />
      </EntryPage>
    )
  }
  const { code, message, hint } = toApiError(error)
  if (code !== 'not_found') {
    return (
      <EntryPage title={message} intro={hint}>
        <Button look="primary" onPress={retry}>
          Try again
        </Button>
      </EntryPage>
    )
  }
  return (
    <EntryPage
      title={`This ${what} does not work any more`}
      intro="It works once and for a limited time. It was used, its time is over, or another took its place."
    >
      <p className="text-muted">
        Ask an admin for a new one, or{' '}
        <Link to="/login" className="font-medium text-accent-ink underline underline-offset-2">
          sign in
        </Link>
        .
      </p>
    </EntryPage>
  )
}
