import { useQueries, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactElement, useMemo } from 'react'
import { toApiError } from '../api/api-error.ts'
import { publicBoardQuery } from '../api/public.ts'
import { PasswordPage } from '../public/password-page.tsx'
import { EndedPage, hasEnded } from '../public/shared-board.tsx'
import { kioskPages } from './kiosk-pages.ts'
import { listed } from './kiosk-search.ts'
import { useScreen } from './screen/use-screen.ts'
import { KioskStage, type Slide } from './slides/kiosk-stage.tsx'
import { MissingSlide, WaitingSlide } from './slides/missing-slide.tsx'
import { PublicSlide } from './slides/public-slide.tsx'

const route = getRouteApi('/kiosk/public/$tokens')

/** Shared boards on a wall screen that nobody is logged in on. A password is asked for once, and the screen waits for it. */
export function PublicKioskPage(): ReactElement {
  const search = route.useSearch()
  const { tokens: text } = route.useParams()
  const tokens = useMemo(() => listed(text), [text])
  const client = useQueryClient()
  const { shape } = useScreen()
  const found = useQueries({ queries: tokens.map(publicBoardQuery) })
  const slides = found.flatMap(({ data, error, refetch }, i): Slide[] => {
    const token = tokens[i] ?? ''
    const plain = { id: token, title: 'Shared board', refresh: 'off' as const }
    const failure = error ? toApiError(error) : undefined
    if (failure && hasEnded(failure)) return [{ ...plain, content: <EndedPage error={failure} /> }]
    if (data?.needsPassword) {
      const again = () => void client.invalidateQueries({ queryKey: publicBoardQuery(token).queryKey })
      return [{ ...plain, isHeld: true, content: <PasswordPage token={token} isEmbedded={false} onUnlocked={again} /> }]
    }
    const { board, ranges = {}, allow = [] } = data ?? {}
    if (!board) {
      const content = failure ? <MissingSlide error={failure} retry={() => void refetch()} /> : <WaitingSlide />
      return [{ ...plain, content }]
    }
    return kioskPages(board, shape).map((page) => ({
      id: `${token} ${page.id}`,
      title: board.title,
      refresh: board.refresh === 'live' ? '10s' : board.refresh,
      content: <PublicSlide token={token} board={board} ranges={ranges} allow={allow} page={page} />,
    }))
  })
  const home = (slide: Slide | undefined) => `/public/${slide?.id.split(' ')[0] ?? tokens[0] ?? ''}`
  return <KioskStage slides={slides} search={search} home={home} />
}
