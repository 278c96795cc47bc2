import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { EntryPage } from './entry-page.tsx'

export function NotFoundPage(): ReactElement {
  return (
    <EntryPage title="There is no such page" intro="The address may be mistyped, or the page may be gone.">
      <Link to="/" className="font-medium text-accent-ink underline underline-offset-2">
        Go to the dashboard
      </Link>
    </EntryPage>
  )
}
