import { Link } from '@tanstack/react-router'
import { ChartNoAxesColumn, Star } from 'lucide-react'
import type { ReactElement } from 'react'
import type { BoardEntry } from '../api/boards.ts'

interface Props {
  readonly label: string
  readonly boards: readonly BoardEntry[]
}

/** A few boards that are likely wanted, above the list of all. */
export function BoardCards({ label, boards }: Props): ReactElement | null {
  if (boards.length === 0) return null
  return (
    <section aria-label={label}>
      <h2 className="pb-1.5 text-sm font-medium text-muted">{label}</h2>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-4">
        {boards.map(({ slug, title, description, isFavourite }) => (
          <li key={slug} className="min-w-0">
            <Link to="/dashboards/$slug" params={{ slug }} className={CARD}>
              {isFavourite ? (
                <Star size={15} aria-label="Favourite" className="mt-0.5 shrink-0 fill-warning text-warning" />
              ) : (
                <ChartNoAxesColumn size={15} aria-hidden className="mt-0.5 shrink-0 text-faint" />
              )}
              <span className="min-w-0">
                <bdi className="block truncate font-medium">{title}</bdi>
                <span className="block truncate text-sm text-muted">{description || 'No description'}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

const CARD = 'card flex h-full items-start gap-2.5 px-3 py-2.5 transition-colors duration-100 hover:border-line-strong'
