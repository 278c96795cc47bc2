import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { NotForRolePage } from '../../app/not-for-role-page.tsx'
import { useMayEdit } from '../../app/rights.ts'
import { BoardEditor } from './board-editor.tsx'

const route = getRouteApi('/app/dashboards/new')

/** A board that is being made; it gets its address when it is saved. */
export function NewBoardPage(): ReactElement {
  const search = route.useSearch()
  const navigate = useNavigate()
  if (!useMayEdit()) {
    return (
      <NotForRolePage title="New dashboard" reason="Dashboards are made by editors and admins">
        An admin can make you an editor under People.
      </NotForRolePage>
    )
  }
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
