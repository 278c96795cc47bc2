import { Outlet, useRouterState } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { EntryPage } from './sign-in/entry-page.tsx'

/**
 * Inside of a page of somebody else nothing is shown but shared boards that are made for it: a click into a framed app could be
 * led anywhere. The server says the same with its headers; they don't know where the router goes (docs/decisions/0019).
 */
export function RootPage(): ReactElement {
  const path = useRouterState({ select: ({ location }) => location.pathname })
  if (mayShow(path, isFramed())) return <Outlet />
  return (
    <EntryPage
      title="This page can’t be shown inside of another"
      intro="Open Almanac in a window of its own. Boards can be shared to stand inside of other pages."
    >
      {null}
    </EntryPage>
  )
}

export function mayShow(path: string, isInFrame: boolean): boolean {
  return !isInFrame || /^\/embed\/[\w-]+\/?$/.test(path)
}

const isFramed = () => window.top !== window.self
