import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useMayEdit } from '../app/rights.ts'
import { Page } from '../ui/page.tsx'
import { EmptyNote } from '../widgets/widget-notes.tsx'
import { SqlWorkbench } from './sql-workbench.tsx'

/** People's own statements. Whoever may not run them is told why, and where to go instead. */
export function SqlPage(): ReactElement {
  const mayEdit = useMayEdit()
  if (mayEdit) return <SqlWorkbench />
  return (
    <Page title="SQL">
      <div className="card h-80">
        <EmptyNote title="Statements are for editors and admins.">
          <p className="max-w-md text-pretty">
            A statement sees every event with all that is known of persons, so viewers do not run them. All figures are
            there for you in{' '}
            <Link to="/explore" className="font-medium text-accent-ink underline underline-offset-2">
              Explore
            </Link>
            ; an admin can make you an editor under People.
          </p>
        </EmptyNote>
      </div>
    </Page>
  )
}
