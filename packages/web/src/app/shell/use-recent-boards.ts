import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { type BoardEntry, boardsQuery } from '../../api/boards.ts'
import { sessionQuery } from '../../api/queries.ts'
import { recentBoards, rememberBoard } from './recent-boards.ts'

/** Of the boards that there still are, those that the reader has looked at, the latest first; the one that is open is one of them. */
export function useRecentBoards(): readonly BoardEntry[] {
  const { data: user } = useQuery(sessionQuery)
  const { data } = useQuery(boardsQuery)
  const open = useOpenBoard()
  const [recent, setRecent] = useState<readonly string[]>([])
  useEffect(() => {
    if (!user) return
    if (open !== undefined) rememberBoard(user.id, open)
    setRecent(recentBoards(user.id))
  }, [user, open])
  return recent.flatMap((slug) => data?.boards.find((board) => board.slug === slug) ?? [])
}

/** The slug of the board that is open. */
export function useOpenBoard(): string | undefined {
  return useParams({ strict: false, select: ({ slug }) => slug })
}
