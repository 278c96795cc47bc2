import type { ErrorComponentProps } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { toApiError } from '../../api/api-error.ts'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Page } from '../../ui/page.tsx'
import { usePageRetry } from './use-page-retry.ts'

/** In place of a page that has failed; the navigation beside it still works. */
export function PageError({ error }: ErrorComponentProps): ReactElement {
  const shown = toApiError(error)
  const retry = usePageRetry(shown)
  const isKnown = shown.code !== 'page_failed'
  return (
    <Page
      title={isKnown ? shown.message : 'This page has failed'}
      intro={(isKnown && shown.hint) || 'Try it again. If it fails again, this is a fault of Almanac.'}
    >
      <div>
        <Button look="primary" onPress={retry}>
          Try again
        </Button>
      </div>
      {isKnown ? (
        shown.requestId && <p className="text-sm text-faint select-all">Request {shown.requestId}</p>
      ) : (
        <CodeBlock label="What has failed" text={String(error)} />
      )}
    </Page>
  )
}
