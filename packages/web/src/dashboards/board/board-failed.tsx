import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { toApiError } from '../../api/api-error.ts'
import { Page } from '../../ui/page.tsx'
import { ErrorNote } from '../../widgets/widget-notes.tsx'

/** In place of a board that could not be had. One that is private to somebody else is told like one that is not there. */
export function BoardFailed({ error, retry }: { error: Error; retry: () => void }): ReactElement {
  const failure = toApiError(error)
  if (failure.status !== 404) {
    return (
      <Page title="Dashboard">
        <div className="card h-80">
          <ErrorNote error={failure} retry={retry} />
        </div>
      </Page>
    )
  }
  return (
    <Page
      title="There is no dashboard at this address"
      intro="It may have been deleted or renamed, or it is private to somebody else."
    >
      <Link to="/dashboards" className="self-start font-medium text-accent-ink underline underline-offset-2">
        All dashboards
      </Link>
    </Page>
  )
}
