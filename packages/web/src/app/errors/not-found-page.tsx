import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { EntryPage } from '../sign-in/entry-page.tsx'

export function NotFoundPage(): ReactElement {
  return (
    <EntryPage title="There is no such page" intro="The address may be mistyped, or the page may be gone.">
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        <Link to="/" className={LINK}>
          Home
        </Link>
        <Link to="/dashboards" className={LINK}>
          All dashboards
        </Link>
      </div>
    </EntryPage>
  )
}

const LINK = 'rounded-sm font-medium text-accent-ink underline underline-offset-2'
