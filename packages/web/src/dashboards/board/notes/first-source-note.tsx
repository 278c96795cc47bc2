import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Radio } from 'lucide-react'
import type { ReactElement } from 'react'
import { sourcesQuery } from '../../../api/sources.ts'
import { useIsAdmin } from '../../../app/rights.ts'

/**
 * On a board that comes with Almanac, while there is nothing yet that sends events: cards without figures alone do not say why.
 * Asked after the figures, which it must not hold up.
 */
export function FirstSourceNote({ isAsked }: { isAsked: boolean }): ReactElement | null {
  const isAdmin = useIsAdmin()
  const { data } = useQuery({ ...sourcesQuery, enabled: isAsked })
  if (data?.length !== 0) return null
  return (
    <div
      role="status"
      className="card flex flex-wrap items-center gap-x-3 gap-y-1 border-accent/40 bg-accent-soft px-4 py-3 print:hidden"
    >
      <Radio size={16} aria-hidden className="shrink-0 text-accent-ink" />
      <p className="min-w-0 flex-1 text-pretty">
        <span className="font-medium">Nothing sends events to this server yet.</span> This board fills as soon as
        something does.
      </p>
      {isAdmin ? (
        <Link to="/sources" className="font-medium text-accent-ink underline underline-offset-2">
          Make the first source
        </Link>
      ) : (
        <p className="text-muted">An admin can make a source.</p>
      )}
    </div>
  )
}
