import type { ReactElement } from 'react'

/** Lines of nothing, while a list is on its way. */
export function RowsSkeleton({ count }: { count: number }): ReactElement {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col px-4">
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move.
        <div key={index} className="flex h-7.5 items-center">
          <div style={{ width: `${80 - index * 7}%` }} className="skeleton h-4" />
        </div>
      ))}
    </div>
  )
}
