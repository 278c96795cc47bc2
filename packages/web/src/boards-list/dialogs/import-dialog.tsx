import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { FileUp } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { DropZone, FileTrigger, Form } from 'react-aria-components'
import { type ApiError, toApiError } from '../../api/api-error.ts'
import { BOARDS, boardQuery, importBoard } from '../../api/boards.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { placeText } from '../place-text.ts'

/** A board out of the TypeScript that it was exported as: pasted, dropped or picked. */
export function ImportDialog({ onClose }: { onClose: () => void }): ReactElement {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [code, setCode] = useState('')
  const making = useMutation({
    mutationFn: () => importBoard(code),
    onSuccess: async (answer) => {
      client.setQueryData(boardQuery(answer.slug).queryKey, answer)
      void client.invalidateQueries({ queryKey: [BOARDS, 'list'] })
      await navigate({ to: '/dashboards/$slug', params: { slug: answer.slug } })
    },
  })
  const take = (text: string) => {
    setCode(text)
    making.reset()
  }
  const takeFile = (file: File | undefined) => void file?.text().then(take)
  return (
    <Dialog title="Import a dashboard" isOpen onClose={onClose}>
      <Form
        className="flex min-h-0 flex-1 flex-col"
        onSubmit={(event) => {
          event.preventDefault()
          making.mutate()
        }}
      >
        <DropZone
          aria-label="File"
          getDropOperation={() => 'copy'}
          onDrop={({ items }) => {
            const found = items.find((item) => item.kind === 'file')
            if (found) void found.getFile().then(takeFile)
          }}
          className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4 data-[drop-target]:bg-accent-soft"
        >
          <p className="text-pretty text-muted">
            Paste the file of a dashboard, as <span className="text-ink">Export as code</span> in its menu gives it, or
            drop it here. It is read and never run.
          </p>
          <TextField
            label="Code"
            value={code}
            rows={14}
            autoFocus
            placeholder="export default defineBoard({ … })"
            onChange={take}
          />
          {making.error && <Problems error={toApiError(making.error)} />}
        </DropZone>
        <div className="flex flex-wrap items-center gap-2 border-t border-line p-3">
          <FileTrigger acceptedFileTypes={['.ts', '.js', '.mts', '.txt']} onSelect={(files) => takeFile(files?.[0])}>
            <Button>
              <FileUp size={14} aria-hidden /> Choose a file
            </Button>
          </FileTrigger>
          <span className="flex-1" />
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isDisabled={code.trim() === '' || making.isPending}>
            {making.isPending ? 'Importing…' : 'Import'}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

/** All that is wrong, each with its place. */
function Problems({ error: { message, hint, issues } }: { error: ApiError }): ReactElement {
  return (
    <div role="alert" className="flex flex-col gap-1 rounded-md bg-negative-soft px-3 py-2 text-negative">
      <p className="font-medium text-pretty">{message}</p>
      {issues.length > 0 && (
        <ul className="flex max-h-48 flex-col gap-1 overflow-y-auto">
          {issues.map(({ path, message: problem }) => (
            <li key={`${path.join('.')} ${problem}`} className="text-pretty wrap-anywhere">
              {path.length > 0 && <span className="font-mono text-sm">{placeText(path)}: </span>}
              {problem}
            </li>
          ))}
        </ul>
      )}
      {hint && <p className="text-pretty">{hint}</p>}
    </div>
  )
}
