import type { ReactElement } from 'react'

/** While the code of a page is on its way: its title and its first card have their places already. */
export function PendingPage(): ReactElement {
  return (
    <main aria-busy className="mx-auto flex w-full max-w-6xl flex-col gap-4 px-3 pt-3 pb-8 sm:px-6 sm:pt-5">
      <div role="status" aria-label="Loading" className="flex h-11 items-start">
        <span className="skeleton h-5 w-44" />
      </div>
      <div className="card h-80" />
    </main>
  )
}
