import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { ApiError, toApiError } from '../../api/api-error.ts'
import { isNotFetched, loadAnew, useLoadAnew } from '../../lazy/load-anew.ts'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Page } from '../../ui/page.tsx'

/** In place of a page that has failed; the navigation beside it still works. */
export function PageError({ error: thrown }: ErrorComponentProps): ReactElement {
  const router = useRouter()
  const isCode = isNotFetched(toApiError(thrown))
  const error = isCode ? toApiError(thrown) : thrown
  useLoadAnew(isCode)
  return (
    <Page
      title={error instanceof ApiError ? error.message : 'This page has failed'}
      intro={
        (error instanceof ApiError && error.hint) || 'Try it again. If it fails again, this is a fault of Almanac.'
      }
    >
      <div>
        <Button look="primary" onPress={() => void (isCode ? loadAnew() : router.invalidate())}>
          Try again
        </Button>
      </div>
      {error instanceof ApiError ? (
        error.requestId && <p className="text-sm text-faint select-all">Request {error.requestId}</p>
      ) : (
        <CodeBlock label="What has failed" text={String(error)} />
      )}
    </Page>
  )
}
