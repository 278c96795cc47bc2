import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type ReactElement, useCallback } from 'react'
import type { PublicSearch } from './public-search.ts'
import { SharedBoard } from './shared-board.tsx'

const route = getRouteApi('/public/$token')

/** A shared board on a page of its own. */
export function PublicPage(): ReactElement {
  const { token } = route.useParams()
  const search = route.useSearch()
  const navigate = useNavigate()
  const go = useCallback(
    (next: PublicSearch) =>
      void navigate({ to: '/public/$token', params: { token }, search: next, resetScroll: false }),
    [navigate, token],
  )
  return <SharedBoard key={token} token={token} search={search} onSearch={go} />
}
