import { RotateCw, TriangleAlert } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button as AriaButton, DialogTrigger } from 'react-aria-components'
import type { ApiError } from '../../api/api-error.ts'
import { Button } from '../../ui/button.tsx'
import { PopoverDialog } from '../../ui/popover.tsx'

interface Props {
  readonly error: ApiError | undefined
  readonly retry: () => void
}

/** Beside a title: what is shown is the last answer, and a newer one could not be had. Opens to say why. */
export function StaleNote({ error, retry }: Props): ReactElement {
  return (
    <DialogTrigger>
      <AriaButton aria-label="Not up to date" className={BADGE}>
        <TriangleAlert size={12} aria-hidden />
        <span className="hidden @3xs:inline">Not up to date</span>
      </AriaButton>
      <PopoverDialog label="Not up to date" placement="bottom end" className="max-w-72 px-3 py-2.5 text-pretty">
        <p className="font-medium">{error?.message ?? 'These figures should be newer.'}</p>
        <p className="mt-0.5 text-muted">{error?.hint ?? 'The last answer is shown until a new one comes.'}</p>
        {error?.requestId && <p className="mt-0.5 text-sm text-faint select-all">Request {error.requestId}</p>}
        <Button className="mt-2" onPress={retry}>
          <RotateCw size={14} aria-hidden /> Try again
        </Button>
      </PopoverDialog>
    </DialogTrigger>
  )
}

const BADGE =
  'inline-flex items-center gap-1 rounded-full bg-warning-soft px-2 py-0.5 text-sm font-medium whitespace-nowrap text-warning hover:opacity-85'
