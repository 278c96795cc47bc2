import { formatNumber } from '@almanac/core/charts/format/format-number.ts'
import { formatAgo } from '@almanac/core/charts/format/format-time.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ChartNoAxesColumn, FileUp, Pencil, Trash2, TriangleAlert } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { cubesQuery } from '../api/cubes.ts'
import { removeUpload, type WholeUpload } from '../api/uploads.ts'
import { FormError } from '../app/sign-in/entry-page.tsx'
import { useSeconds } from '../sources/health/use-seconds.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TableColumns } from './definition/table-columns.tsx'
import { exploreSearchOf } from './first-question.ts'
import { LoadHistory } from './load-history.tsx'
import { RefreshCard } from './refresh-card.tsx'
import { SendFileDialog } from './send/send-file-dialog.tsx'
import { problemOf } from './send/upload-state.ts'

/** A table that is there. */
export function UploadOverview({ upload, mayEdit }: { upload: WholeUpload; mayEdit: boolean }): ReactElement {
  const now = useSeconds()
  const [file, setFile] = useState<File>()
  const [isRemoving, setRemoving] = useState(false)
  const { name, label, rows, lastLoad } = upload
  const problem = problemOf(upload)
  return (
    <>
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-60">
          <h1 className="truncate text-lg font-semibold tracking-tight">
            <bdi>{label}</bdi>
          </h1>
          <p className="figures text-muted">
            {formatNumber(rows ?? 0, 'integer')} rows
            {lastLoad && ` · last file ${formatAgo(Temporal.Instant.from(lastLoad.startedAt), now)}`}
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {mayEdit && (
            <>
              <Button look="quiet" isIcon aria-label="Remove the table" onPress={() => setRemoving(true)}>
                <Trash2 size={14} aria-hidden />
              </Button>
              <Link to="/data/$name" params={{ name }} search={{ edit: true }} className={LINK_BUTTON}>
                <Pencil size={14} aria-hidden /> Columns
              </Link>
              <FileTrigger onSelect={(files) => files?.[0] && setFile(files[0])}>
                <Button>
                  <FileUp size={14} aria-hidden /> Newer file
                </Button>
              </FileTrigger>
            </>
          )}
          <Link to="/explore" search={exploreSearchOf(upload)} className={PRIMARY_LINK}>
            <ChartNoAxesColumn size={14} aria-hidden /> Make a widget
          </Link>
        </div>
      </header>
      {problem && (
        <p role="status" className="flex items-start gap-2 rounded-lg bg-negative-soft px-4 py-3 text-negative">
          <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0" />
          <span className="min-w-0 wrap-anywhere">
            {problem}. {upload.isHidden ? '' : 'The rows from before are shown.'}
          </span>
        </p>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
        <TableColumns upload={upload} />
        <RefreshCard upload={upload} mayEdit={mayEdit} now={now} />
      </div>
      <LoadHistory loads={upload.loads} now={now} />
      {file && <SendFileDialog file={file} uploads={[upload]} upload={upload} onClose={() => setFile(undefined)} />}
      {isRemoving && <RemoveDialog upload={upload} onClose={() => setRemoving(false)} />}
    </>
  )
}

const LINK =
  'inline-flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2.5 font-medium whitespace-nowrap transition-colors duration-100'
const LINK_BUTTON = `${LINK} border border-line bg-surface text-ink hover:bg-hover`
const PRIMARY_LINK = `${LINK} bg-accent text-on-accent hover:opacity-90`

function RemoveDialog({ upload, onClose }: { upload: WholeUpload; onClose: () => void }): ReactElement {
  const client = useQueryClient()
  const navigate = useNavigate()
  const remove = useMutation({
    mutationFn: () => removeUpload(upload.name),
    onSuccess: async () => {
      await navigate({ to: '/data' })
      client.removeQueries({ queryKey: ['uploads', upload.name] })
      void client.invalidateQueries({ queryKey: ['uploads'] })
      void client.invalidateQueries({ queryKey: cubesQuery.queryKey })
    },
  })
  return (
    <Dialog title="Remove this table?" isOpen isSmall onClose={onClose}>
      <div className="flex flex-col gap-4 p-4">
        <p className="text-pretty">
          <bdi className="font-medium">{upload.label}</bdi> goes with its {formatNumber(upload.rows ?? 0, 'integer')}{' '}
          rows and its {upload.files.length === 1 ? 'file' : `${upload.files.length} files`}. Widgets that show it will
          say that it is gone.
        </p>
        <FormError error={remove.error} />
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>Keep it</Button>
          <Button look="danger" isDisabled={remove.isPending} onPress={() => remove.mutate()}>
            Remove
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
