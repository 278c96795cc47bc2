import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type ReactElement, useCallback } from 'react'
import type { PublicSearch } from './public-search.ts'
import { SharedBoard } from './shared-board.tsx'

const route = getRouteApi('/embed/$token')

/** A shared board inside of a page of somebody else: it leads nowhere else. */
export function EmbedPage(): ReactElement {
  const { token } = route.useParams()
  const search = route.useSearch()
  const navigate = useNavigate()
  const go = useCallback(
    (next: PublicSearch) =>
      void navigate({
        to: '/embed/$token',
        params: { token },
        search: next,
        resetScroll: false,
        // The way back is that of the page around.
        replace: true,
      }),
    [navigate, token],
  )
  return <SharedBoard key={token} token={token} search={search} onSearch={go} isEmbedded />
}
