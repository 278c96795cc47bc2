import type { ReactElement } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'

interface Props {
  readonly onStay: () => void
  readonly onDiscard: () => void
  /** Absent for a board that was never saved: it would be asked for a name and a place first. */
  readonly onSave: (() => void) | undefined
}

/** The board was changed and not saved, and somebody goes away. */
export function LeaveDialog({ onStay, onDiscard, onSave }: Props): ReactElement {
  return (
    <Dialog title="Leave without saving?" isOpen isSmall onClose={onStay}>
      <div className="flex flex-col gap-4 p-4">
        <p className="text-pretty text-muted">
          Your changes stay in this browser and are offered again when you come back to this board.
        </p>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onPress={onDiscard}>Leave</Button>
          <Button onPress={onStay} look={onSave ? 'plain' : 'primary'} autoFocus={!onSave}>
            Keep editing
          </Button>
          {onSave && (
            <Button look="primary" onPress={onSave} autoFocus>
              Save and leave
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  )
}
