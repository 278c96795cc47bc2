import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { type ReactElement, useEffect } from 'react'
import { ApiError, toApiError } from '../../api/api-error.ts'
import { isNotFetched, loadAnew, useLoadAnew } from '../../lazy/load-anew.ts'
import { Button } from '../../ui/button.tsx'
import { EntryPage } from '../sign-in/entry-page.tsx'

const RETRY_MS = 5000

/** Instead of a page that could not be opened at all. While the server is away, it is tried again by itself. */
export function ErrorPage({ error }: ErrorComponentProps): ReactElement {
  const router = useRouter()
  const shown = toApiError(error)
  const { message, hint, requestId, status } = shown
  const isCode = isNotFetched(shown)
  useLoadAnew(isCode)
  const isPassing = error instanceof ApiError && (status === 0 || status >= 500)
  useEffect(() => {
    if (!isPassing) return
    const timer = setInterval(() => void router.invalidate(), RETRY_MS)
    return () => clearInterval(timer)
  }, [isPassing, router])
  return (
    <EntryPage title={message} intro={hint}>
      {requestId && <p className="mb-3 text-sm text-faint select-all">Request {requestId}</p>}
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" onPress={() => void (isCode ? loadAnew() : router.invalidate())}>
          Try again
        </Button>
        <Button onPress={() => window.location.assign('/dashboards')}>All dashboards</Button>
      </div>
    </EntryPage>
  )
}
