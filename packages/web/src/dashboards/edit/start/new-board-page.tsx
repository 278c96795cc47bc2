import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { NotForRolePage } from '../../../app/errors/not-for-role-page.tsx'
import { useMayEdit } from '../../../app/rights.ts'
import { BoardEditor } from '../board-editor.tsx'

const route = getRouteApi('/app/dashboards/new')

/** A board that is being made; it gets its address when it is saved. */
export function NewBoardPage(): ReactElement {
  const search = route.useSearch()
  const navigate = useNavigate()
  // Until its own page is there, this one is still on the screen: who is done then wants to see the board.
  const [savedAs, setSavedAs] = useState<string>()
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
      onMoved={(slug) => {
        setSavedAs(slug)
        void navigate({ to: '/dashboards/$slug', params: { slug }, search: { ...search, edit: true }, replace: true })
      }}
      onLeave={() =>
        void (savedAs === undefined
          ? navigate({ to: '/dashboards' })
          : navigate({ to: '/dashboards/$slug', params: { slug: savedAs }, search }))
      }
    />
  )
}
