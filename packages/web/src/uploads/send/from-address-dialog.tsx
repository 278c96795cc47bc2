import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { fetchFirst, proposalQuery, uploadsQuery } from '../../api/uploads.ts'
import { FormError } from '../../app/sign-in/entry-page.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { NameFields } from '../definition/name-fields.tsx'
import { uploadLabel, uploadName } from '../upload-words.ts'
import { type AddressDraft, AddressFields, headersOf, NO_ADDRESS } from './address-fields.tsx'
import { ProgressBar } from './progress-bar.tsx'

/** A file that is fetched, now and again and again. */
export function FromAddressDialog({ onClose }: { onClose: () => void }): ReactElement {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [address, setAddress] = useState<AddressDraft>(NO_ADDRESS)
  const [ownNames, setNames] = useState<{ readonly label: string; readonly name: string }>()
  const end = endOf(address.url)
  const names = ownNames ?? { label: uploadLabel(end), name: uploadName(end) }
  const fetching = useMutation({
    mutationFn: () => {
      const { url, everyMinutes } = address
      const headers = headersOf(address)
      return fetchFirst({ ...names, url: url.trim(), everyMinutes, ...(headers && { headers }) })
    },
    onSuccess: ({ upload, file, proposal }) => {
      if (proposal) client.setQueryData(proposalQuery(upload.name, { file: file.id }).queryKey, { file, proposal })
      onClose()
      void navigate({ to: '/data/$name', params: { name: upload.name }, search: { file: file.id } })
    },
    onSettled: () => void client.invalidateQueries({ queryKey: uploadsQuery.queryKey }),
  })
  return (
    <Dialog title="File from an address" isOpen isSmall onClose={onClose}>
      <DialogForm
        onSubmit={() => fetching.mutate()}
        foot={
          <>
            <FormError error={fetching.error} />
            {fetching.isPending && <ProgressBar label="Fetching and reading the file…" share={undefined} />}
            <div className="flex justify-end gap-2">
              <Button onPress={onClose}>Cancel</Button>
              <Button look="primary" type="submit" isDisabled={fetching.isPending}>
                Fetch the file
              </Button>
            </div>
          </>
        }
      >
        <AddressFields draft={address} onChange={setAddress} />
        <NameFields names={names} isExisting={false} onChange={setNames} />
      </DialogForm>
    </Dialog>
  )
}

/** The last part of the path, which is often the file's name. */
function endOf(url: string): string {
  if (!URL.canParse(url.trim())) return ''
  const { pathname, hostname } = new URL(url.trim())
  return decodeURIComponent(pathname.split('/').findLast((part) => part !== '') ?? hostname)
}
