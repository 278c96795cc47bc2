import type { ReactElement } from 'react'
import type { ApiError } from '../../api/api-error.ts'
import { ErrorNote } from '../../widgets/widget-notes.tsx'

/** In the place of a board that could not be had. */
export function MissingSlide({ error, retry }: { error: ApiError; retry: () => void }): ReactElement {
  return (
    <div className="h-full p-6 text-lg">
      <ErrorNote error={error} retry={retry} />
    </div>
  )
}

export function WaitingSlide(): ReactElement {
  return (
    <div role="status" aria-label="Loading" className="grid h-full grid-cols-4 grid-rows-3 gap-3 p-3 pt-13">
      <div className="card" />
      <div className="card" />
      <div className="card" />
      <div className="card" />
      <div className="card col-span-3 row-span-2" />
      <div className="card row-span-2" />
    </div>
  )
}
