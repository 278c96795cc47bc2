import type { ErrorComponentProps } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { ApiError, toApiError } from '../../api/api-error.ts'
import { Button } from '../../ui/button.tsx'
import { EntryPage } from '../sign-in/entry-page.tsx'
import { usePageRetry } from './use-page-retry.ts'

/** Instead of a page that could not be opened at all. While the server is away, it is tried again by itself. */
export function ErrorPage({ error }: ErrorComponentProps): ReactElement {
  const shown = toApiError(error)
  const { message, hint, requestId, status } = shown
  const retry = usePageRetry(shown, error instanceof ApiError && (status === 0 || status >= 500))
  return (
    <EntryPage title={message} intro={hint}>
      {requestId && <p className="mb-3 text-sm text-faint select-all">Request {requestId}</p>}
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" onPress={retry}>
          Try again
        </Button>
        <Button onPress={() => window.location.assign('/dashboards')}>All dashboards</Button>
      </div>
    </EntryPage>
  )
}
