import type { ReactElement } from 'react'
import { PAGE } from '../page-class.ts'

/** While the board itself is on its way: the places of its header and toolbar, and cards of the usual sizes. */
export function BoardSkeleton(): ReactElement {
  return (
    <main className={PAGE} aria-busy>
      <div role="status" aria-label="Loading" className="flex h-8 items-center">
        <span className="skeleton h-5 w-44" />
      </div>
      <div className="flex h-8 items-center gap-2">
        <span className="skeleton h-8 w-60" />
        <span className="skeleton h-8 w-24" />
        <span className="skeleton h-8 w-72 max-sm:hidden" />
      </div>
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {['a', 'b', 'c', 'd'].map((id) => (
          <div key={id} className="card h-33" />
        ))}
      </div>
      <div className="card h-90" />
      <div className="grid gap-3 lg:grid-cols-2">
        <div className="card h-81" />
        <div className="card h-81" />
      </div>
    </main>
  )
}
