import './public.css'
import '../dashboards/board/print/print.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect } from 'react'
import { type ApiError, toApiError } from '../api/api-error.ts'
import { publicBoardQuery } from '../api/public.ts'
import { EntryPage } from '../app/sign-in/entry-page.tsx'
import { BoardSkeleton } from '../dashboards/board/notes/board-skeleton.tsx'
import { Button } from '../ui/button.tsx'
import { PasswordPage } from './password-page.tsx'
import type { PublicSearch } from './public-search.ts'
import { SharedBoardView } from './shared-board-view.tsx'
import { useLook } from './use-look.ts'
import { useIsRefused } from './use-served-scope.ts'

interface Props {
  readonly token: string
  readonly search: PublicSearch
  readonly onSearch: (search: PublicSearch) => void
  /** It stands inside of somebody else's page. */
  readonly isEmbedded?: boolean
}

/** A board for whoever has its address, and what stands in its place while it can't be seen, or no more. */
export function SharedBoard({ token, search, onSearch, isEmbedded = false }: Props): ReactElement {
  const client = useQueryClient()
  const { queryKey } = publicBoardQuery(token)
  const found = useQuery(publicBoardQuery(token))
  const isRefused = useIsRefused(token)
  const askAgain = () => void client.invalidateQueries({ queryKey })
  useLook(search)
  useEffect(() => {
    if (isRefused) void client.invalidateQueries({ queryKey: publicBoardQuery(token).queryKey })
  }, [isRefused, client, token])

  const error = found.error ? toApiError(found.error) : undefined
  if (error && hasEnded(error)) return <EndedPage error={error} />
  if (found.data?.needsPassword) return <PasswordPage token={token} isEmbedded={isEmbedded} onUnlocked={askAgain} />
  if (found.data?.board) {
    const { board, ranges, allow } = found.data
    return (
      <SharedBoardView
        token={token}
        board={board}
        ranges={ranges}
        allow={allow}
        search={search}
        onSearch={onSearch}
        isEmbedded={isEmbedded}
        isAway={error !== undefined}
      />
    )
  }
  if (!error) return <BoardSkeleton />
  return (
    <EntryPage title={error.message} intro={error.hint}>
      <Button look="primary" onPress={askAgain}>
        Try again
      </Button>
    </EntryPage>
  )
}

/** `invalid_request`: what never was the end of an address of ours. */
const ENDED: readonly string[] = ['not_found', 'gone', 'invalid_request']

export const hasEnded = ({ code }: ApiError) => ENDED.includes(code)

/** The server says the same of what is over and of what never was, and so do we; a board in the trash may come back. */
export function EndedPage({ error: { code } }: { readonly error: ApiError }): ReactElement {
  if (code === 'gone') {
    return (
      <EntryPage
        title="This board was deleted"
        intro="Whoever shared it can bring it back for a while. Then it is at this address again."
      >
        <p className="text-muted">Ask the person who gave it to you.</p>
      </EntryPage>
    )
  }
  return (
    <EntryPage
      title="There is nothing to see here"
      intro="The link has expired, or whoever shared it has ended it; or the address is not complete."
    >
      <p className="text-muted">Ask the person who gave it to you for a new one.</p>
    </EntryPage>
  )
}
