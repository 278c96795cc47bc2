import type { ReactElement } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'

interface Props {
  readonly onStay: () => void
  readonly onDiscard: () => void
}

/** The board was changed and not saved, and somebody goes away. */
export function LeaveDialog({ onStay, onDiscard }: Props): ReactElement {
  return (
    <Dialog title="Leave without saving?" isOpen isSmall onClose={onStay}>
      <div className="flex flex-col gap-4 p-4">
        <p className="text-pretty text-muted">
          Your changes stay in this browser and are offered again when you come back to this board.
        </p>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onPress={onDiscard}>Leave</Button>
          <Button look="primary" onPress={onStay} autoFocus>
            Keep editing
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
