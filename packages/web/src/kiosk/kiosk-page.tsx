import { useQueries } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactElement, useMemo } from 'react'
import { toApiError } from '../api/api-error.ts'
import { boardQuery } from '../api/boards.ts'
import { kioskPages } from './kiosk-pages.ts'
import { listed } from './kiosk-search.ts'
import { useScreen } from './screen/use-screen.ts'
import { KioskStage, type Slide } from './slides/kiosk-stage.tsx'
import { MissingSlide, WaitingSlide } from './slides/missing-slide.tsx'
import { TeamSlide } from './slides/team-slide.tsx'

const route = getRouteApi('/kiosk')

/** Boards are looked up again, so that what is changed on them comes to the wall. */
const AGAIN_MS = 60_000

/** Boards of the team on a wall screen where somebody is logged in. */
export function KioskPage(): ReactElement {
  const search = route.useSearch()
  const slugs = useMemo(() => listed(search.boards), [search.boards])
  const { shape } = useScreen()
  const found = useQueries({
    queries: slugs.map((slug) => ({ ...boardQuery(slug), refetchInterval: AGAIN_MS })),
  })
  const slides = found.flatMap(({ data, error, refetch }, i): Slide[] => {
    const id = slugs[i] ?? ''
    const failure = error ? toApiError(error) : undefined
    // What was deleted does not stay on the wall.
    if (!data || failure?.code === 'gone') {
      const content = failure ? <MissingSlide error={failure} retry={() => void refetch()} /> : <WaitingSlide />
      return [{ id, title: id, refresh: 'off', content }]
    }
    const { board } = data
    const pages = kioskPages(board, shape)
    return pages.map((page) => ({
      id: `${id} ${page.id}`,
      title: board.title,
      refresh: board.refresh,
      content: <TeamSlide answer={data} page={page} />,
    }))
  })
  const home = (slide: Slide | undefined) => {
    const slug = slide?.id.split(' ')[0] ?? slugs[0]
    return slug ? `/dashboards/${encodeURIComponent(slug)}` : '/dashboards'
  }
  return <KioskStage slides={slides} search={search} home={home} />
}
