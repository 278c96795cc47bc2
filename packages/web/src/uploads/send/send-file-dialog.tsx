import type { LoadMode } from '@almanac/core/uploads/upload-load.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { proposalQuery, type Received, sendFile, type Upload, uploadsQuery } from '../../api/uploads.ts'
import { FormError } from '../../app/sign-in/entry-page.tsx'
import { Button } from '../../ui/button.tsx'
import { ChoiceCards } from '../../ui/choice-cards.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { NameFields } from '../definition/name-fields.tsx'
import { MODES, sizeText, uploadLabel, uploadName } from '../upload-words.ts'
import { ProgressBar } from './progress-bar.tsx'

interface Props {
  readonly file: File
  readonly uploads: readonly Upload[]
  /** The one that the file is for; absent: it may be a new one. */
  readonly upload?: Upload | undefined
  readonly onClose: () => void
}

/** Asks what a file is, sends it, and goes on to what was found in it; one for a table that is there is loaded at once. */
export function SendFileDialog({ file, uploads, upload: given, onClose }: Props): ReactElement {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [names, setNames] = useState(() => ({
    label: given?.label ?? uploadLabel(file.name),
    name: given?.name ?? uploadName(file.name),
  }))
  const existing = uploads.find(({ name, isDefined }) => name === names.name && isDefined)
  const [mode, setMode] = useState<LoadMode>()
  const [share, setShare] = useState<number>()
  const stopping = useRef(new AbortController())
  useEffect(() => () => stopping.current.abort(), [])

  const send = useMutation({
    mutationFn: () => {
      stopping.current = new AbortController()
      setShare(0)
      const asked = existing ? (mode ?? existing.mode) : undefined
      const label = existing?.label ?? names.label.trim()
      return sendFile({ name: names.name, label, file, mode: asked }, setShare, stopping.current.signal)
    },
    onSuccess: ({ file, proposal, upload }: Received) => {
      if (proposal) client.setQueryData(proposalQuery(upload.name, { file: file.id }).queryKey, { file, proposal })
      onClose()
      void navigate({ to: '/data/$name', params: { name: upload.name }, search: proposal ? { file: file.id } : {} })
    },
    onSettled: () => void client.invalidateQueries({ queryKey: uploadsQuery.queryKey }),
  })

  return (
    <Dialog title={given ? `New file for ${given.label}` : 'Upload a file'} isOpen isSmall onClose={onClose}>
      <DialogForm
        onSubmit={() => send.mutate()}
        foot={
          <>
            <FormError error={send.error} />
            {send.isPending && <ProgressBar {...progressOf(share)} />}
            <div className="flex justify-end gap-2">
              <Button onPress={onClose}>Cancel</Button>
              <Button look="primary" type="submit" isDisabled={send.isPending}>
                {existing ? 'Load the file' : 'Read the file'}
              </Button>
            </div>
          </>
        }
      >
        <p className="flex items-baseline justify-between gap-3 rounded-md bg-sunken px-3 py-2">
          <bdi className="min-w-0 truncate font-medium">{file.name}</bdi>
          <span className="figures shrink-0 text-muted">{sizeText(file.size)}</span>
        </p>
        {!given && <NameFields names={names} isExisting={existing !== undefined} onChange={setNames} />}
        {existing && (
          <ChoiceCards
            label="What should become of the rows that are there?"
            value={mode ?? existing.mode}
            options={MODES.filter(({ id }) => id !== 'upsert' || existing.keys.length > 0)}
            onChange={setMode}
          />
        )}
      </DialogForm>
    </Dialog>
  )
}

/** Sent, it is read, and nobody knows how long that takes. */
function progressOf(share: number | undefined) {
  const isSent = share === undefined || share >= 1
  return isSent ? { label: 'Reading the file…', share: undefined } : { label: 'Sending the file…', share }
}
