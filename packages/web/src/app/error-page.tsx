import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { toApiError } from '../api/api-error.ts'
import { Button } from '../ui/button.tsx'
import { EntryPage } from './entry-page.tsx'

/** Instead of a page that could not be opened at all. */
export function ErrorPage({ error }: ErrorComponentProps): ReactElement {
  const router = useRouter()
  const { message, hint, requestId } = toApiError(error)
  return (
    <EntryPage title={message} intro={hint}>
      {requestId && <p className="mb-3 text-sm text-faint select-all">Request {requestId}</p>}
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" onPress={() => void router.invalidate()}>
          Try again
        </Button>
        <Button onPress={() => window.location.assign('/dashboards')}>All dashboards</Button>
      </div>
    </EntryPage>
  )
}
