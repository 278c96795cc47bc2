import { formatAgo } from '@almanac/core/charts/format/format-time.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import {
  followAddress,
  forgetAddress,
  refreshNow,
  type UploadRefresh,
  uploadsQuery,
  type WholeUpload,
} from '../api/uploads.ts'
import { FormError } from '../app/sign-in/entry-page.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { DialogForm } from '../ui/dialog-form.tsx'
import { type AddressDraft, AddressFields, headersOf, NO_ADDRESS } from './send/address-fields.tsx'
import { refreshText } from './send/upload-state.ts'
import { everyText } from './upload-words.ts'

interface Props {
  readonly upload: WholeUpload
  readonly mayEdit: boolean
  readonly now: Temporal.Instant
}

/** Where new files come from by themselves, and how that goes. */
export function RefreshCard({ upload, mayEdit, now }: Props): ReactElement {
  const client = useQueryClient()
  const [isChanging, setChanging] = useState(false)
  const { name, refresh } = upload
  const fetching = useMutation({
    mutationFn: () => refreshNow(name),
    onSettled: () => void client.invalidateQueries({ queryKey: uploadsQuery.queryKey }),
  })
  return (
    <section aria-labelledby="refresh" className="flex flex-col gap-2">
      <h2 id="refresh" className="font-semibold">
        New files
      </h2>
      <div className="card flex flex-col gap-3 p-4">
        {refresh ? (
          <Facts refresh={refresh} now={now} />
        ) : (
          <p className="text-pretty text-muted">
            Files come by hand, or as rows that a program sends to{' '}
            <code className="font-mono text-xs wrap-anywhere">POST /api/v1/uploads/{name}/rows</code>.
          </p>
        )}
        <FormError error={fetching.error} />
        {mayEdit && (
          <div className="flex flex-wrap gap-2">
            {refresh && (
              <Button isDisabled={fetching.isPending} onPress={() => fetching.mutate()}>
                <RotateCw size={14} aria-hidden className={fetching.isPending ? 'animate-spin' : ''} /> Fetch now
              </Button>
            )}
            <Button look={refresh ? 'quiet' : 'plain'} onPress={() => setChanging(true)}>
              {refresh ? 'Change' : 'Fetch from an address'}
            </Button>
          </div>
        )}
        <p role="status" className="text-sm text-muted empty:hidden">
          {fetching.data && (fetching.data === 'changed' ? 'A newer file was loaded.' : 'Nothing has changed there.')}
        </p>
      </div>
      {isChanging && <AddressDialog upload={upload} onClose={() => setChanging(false)} />}
    </section>
  )
}

function Facts({ refresh, now }: { refresh: UploadRefresh; now: Temporal.Instant }): ReactElement {
  const { url, everyMinutes, lastAt, lastResult, headerNames } = refresh
  const result = { changed: 'a newer file', same: 'nothing new', failed: 'it failed' }
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
      <dt className="text-muted">Address</dt>
      <dd className="min-w-0 wrap-anywhere">
        <bdi>{url}</bdi>
      </dd>
      <dt className="text-muted">Fetched</dt>
      <dd>{everyText(everyMinutes)}</dd>
      <dt className="text-muted">Last</dt>
      <dd className="figures">
        {lastAt ? formatAgo(Temporal.Instant.from(lastAt), now) : 'Not yet'}
        {lastResult && (
          <span className={lastResult === 'failed' ? 'text-negative' : 'text-muted'}> · {result[lastResult]}</span>
        )}
      </dd>
      <dt className="text-muted">Next</dt>
      <dd className="figures">{refreshText(refresh, now)}</dd>
      {headerNames.length > 0 && (
        <>
          <dt className="text-muted">Headers</dt>
          <dd className="wrap-anywhere">{headerNames.join(', ')}</dd>
        </>
      )}
    </dl>
  )
}

function AddressDialog({ upload, onClose }: { upload: WholeUpload; onClose: () => void }): ReactElement {
  const client = useQueryClient()
  const { name, refresh } = upload
  const [draft, setDraft] = useState<AddressDraft>(
    refresh ? { url: refresh.url, everyMinutes: refresh.everyMinutes, headers: '' } : NO_ADDRESS,
  )
  const finish = () => {
    void client.invalidateQueries({ queryKey: uploadsQuery.queryKey })
    onClose()
  }
  const save = useMutation({
    mutationFn: () => {
      const headers = headersOf(draft)
      return followAddress(name, {
        url: draft.url.trim(),
        everyMinutes: draft.everyMinutes,
        ...(headers && { headers }),
      })
    },
    onSuccess: finish,
  })
  const forget = useMutation({ mutationFn: () => forgetAddress(name), onSuccess: finish })
  return (
    <Dialog title="Fetch from an address" isOpen isSmall onClose={onClose}>
      <DialogForm
        onSubmit={() => save.mutate()}
        foot={
          <>
            <FormError error={save.error ?? forget.error} />
            <div className="flex justify-end gap-2">
              {refresh && (
                <Button look="danger" className="mr-auto" isDisabled={forget.isPending} onPress={() => forget.mutate()}>
                  Fetch no more
                </Button>
              )}
              <Button onPress={onClose}>Cancel</Button>
              <Button look="primary" type="submit" isDisabled={save.isPending}>
                Save
              </Button>
            </div>
          </>
        }
      >
        <AddressFields draft={draft} keptHeaders={refresh?.headerNames ?? []} onChange={setDraft} />
      </DialogForm>
    </Dialog>
  )
}
