import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { BoardEditor } from './board-editor.tsx'

const route = getRouteApi('/app/dashboards/new')

/** A board that is being made; it gets its address when it is saved. */
export function NewBoardPage(): ReactElement {
  const search = route.useSearch()
  const navigate = useNavigate()
  return (
    <BoardEditor
      search={search}
      onSearch={(next) => void navigate({ to: '/dashboards/new', search: next, resetScroll: false })}
      onMoved={(slug) =>
        void navigate({ to: '/dashboards/$slug', params: { slug }, search: { ...search, edit: true }, replace: true })
      }
      onLeave={() => void navigate({ to: '/dashboards' })}
    />
  )
}
