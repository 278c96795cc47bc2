import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { ApiError } from '../api/api-error.ts'
import { Button } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Page } from '../ui/page.tsx'

/** In place of a page that has failed; the navigation beside it still works. */
export function PageError({ error }: ErrorComponentProps): ReactElement {
  const router = useRouter()
  return (
    <Page
      title={error instanceof ApiError ? error.message : 'This page has failed'}
      intro={
        (error instanceof ApiError && error.hint) || 'Try it again. If it fails again, this is a fault of Almanac.'
      }
    >
      <div>
        <Button look="primary" onPress={() => void router.invalidate()}>
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
