import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { deleteForGood, type TrashedBoard, trashQuery } from '../api/boards.ts'
import { FormError } from '../app/sign-in/entry-page.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

/** Asks before something that cannot be taken back. */
export function ForGoodDialog({ board, onClose }: { board: TrashedBoard; onClose: () => void }): ReactElement {
  const client = useQueryClient()
  const ending = useMutation({
    mutationFn: () => deleteForGood(board.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: trashQuery.queryKey })
      onClose()
    },
  })
  return (
    <Dialog title="Delete this dashboard for good?" isOpen isSmall onClose={onClose}>
      <div className="flex flex-col gap-4 p-4">
        <p className="text-pretty">
          <bdi className="font-medium wrap-anywhere">{board.title}</bdi> goes with all of its versions, links and
          annotations. Nobody can bring it back.
        </p>
        <FormError error={ending.error} />
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>Cancel</Button>
          <Button look="danger" isDisabled={ending.isPending} onPress={() => ending.mutate()}>
            Delete for good
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
