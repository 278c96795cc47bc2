import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { toApiError } from '../../../api/api-error.ts'
import { useMayEdit } from '../../../app/rights.ts'
import { Page } from '../../../ui/page.tsx'
import { ErrorNote } from '../../../widgets/widget-notes.tsx'

/** In place of a board that could not be had. One that is private to somebody else is told like one that is not there. */
export function BoardFailed({ error, retry }: { error: Error; retry: () => void }): ReactElement {
  const failure = toApiError(error)
  const mayEdit = useMayEdit()
  if (failure.code === 'gone') {
    return (
      <Page
        title="This dashboard was deleted"
        intro={mayEdit ? 'It is in the trash, and can be brought back.' : 'Editors can bring it back for a while.'}
      >
        <Link to={mayEdit ? '/trash' : '/dashboards'} className={LINK}>
          {mayEdit ? 'Trash' : 'All dashboards'}
        </Link>
      </Page>
    )
  }
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
      intro="The address may be mistyped, or the dashboard is private to somebody else."
    >
      <Link to="/dashboards" className={LINK}>
        All dashboards
      </Link>
    </Page>
  )
}

const LINK = 'self-start font-medium text-accent-ink underline underline-offset-2'
