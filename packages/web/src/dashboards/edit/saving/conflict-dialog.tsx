import type { ReactElement } from 'react'
import type { ApiError } from '../../../api/api-error.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'

interface Props {
  readonly error: ApiError
  readonly onTheirs: () => void
  readonly onCopy: () => void
  readonly onClose: () => void
}

/** Somebody else has saved the board in the meantime; nothing of either is lost. */
export function ConflictDialog({ error, onTheirs, onCopy, onClose }: Props): ReactElement {
  return (
    <Dialog title="The board was changed meanwhile" isOpen isSmall onClose={onClose}>
      <div className="flex flex-col gap-4 p-4">
        <div className="flex flex-col gap-1">
          <p className="text-pretty">{error.message}</p>
          {error.hint && <p className="text-pretty text-muted">{error.hint}</p>}
        </div>
        <div className="flex flex-col gap-2">
          <Button look="primary" className="h-auto min-h-9 justify-center py-1.5 whitespace-normal" onPress={onCopy}>
            Save mine as a board of its own
          </Button>
          <Button className="h-auto min-h-9 justify-center py-1.5 whitespace-normal" onPress={onTheirs}>
            Show theirs instead; undo brings mine back
          </Button>
          <Button look="quiet" className="justify-center" onPress={onClose}>
            Keep editing
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
