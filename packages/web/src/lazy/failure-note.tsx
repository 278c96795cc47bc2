import { CircleAlert, RotateCw } from 'lucide-react'
import type { ReactElement } from 'react'
import type { ApiError } from '../api/api-error.ts'
import { Button } from '../ui/button.tsx'

interface Props {
  readonly error: ApiError
  readonly retry: () => void
}

/** In place of a widget's content when there is no answer at all. A low card leaves out what can be spared. */
export function FailureNote({ error, retry }: Props): ReactElement {
  return (
    <div className="@container-[size] h-full overflow-y-auto">
      <div role="alert" className="flex min-h-full flex-col items-center justify-center gap-1 px-4 pb-3 text-center">
        <CircleAlert size={18} aria-hidden className={`mb-1 shrink-0 text-negative ${SPARED}`} />
        <p className="line-clamp-3 font-medium text-balance wrap-anywhere">{error.message}</p>
        {error.hint && <p className="max-w-md text-pretty text-muted">{error.hint}</p>}
        {error.requestId && <p className={`text-sm text-faint select-all ${SPARED}`}>Request {error.requestId}</p>}
        <Button className="mt-2" onPress={retry}>
          <RotateCw size={14} aria-hidden /> Try again
        </Button>
      </div>
    </div>
  )
}

const SPARED = '[@container(max-height:11rem)]:hidden'
