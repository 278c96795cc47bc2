import type { ReactElement, ReactNode } from 'react'
import { Page } from '../../ui/page.tsx'
import { EmptyNote } from '../../widgets/widget-notes.tsx'

interface Props {
  readonly title: string
  /** Who may do what the page is for. */
  readonly reason: string
  readonly children: ReactNode
}

/** In the place of a page that somebody has the address of, and not the role for. */
export function NotForRolePage({ title, reason, children }: Props): ReactElement {
  return (
    <Page title={title}>
      <div className="card h-60">
        <EmptyNote title={reason}>
          <p className="max-w-md text-pretty">{children}</p>
        </EmptyNote>
      </div>
    </Page>
  )
}
