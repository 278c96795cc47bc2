import { useQuery } from '@tanstack/react-query'
import { Globe } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { toApiError } from '../api/api-error.ts'
import { uploadsQuery } from '../api/uploads.ts'
import { useMayEdit } from '../app/rights.ts'
import { useSeconds } from '../sources/health/use-seconds.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { RowsSkeleton } from '../widgets/rows-skeleton.tsx'
import { EmptyNote, ErrorNote } from '../widgets/widget-notes.tsx'
import { SavedStatements } from './saved-statements.tsx'
import { DropCard } from './send/drop-card.tsx'
import { FromAddressDialog } from './send/from-address-dialog.tsx'
import { SendFileDialog } from './send/send-file-dialog.tsx'
import { UploadListView } from './upload-list.tsx'

/** What people have brought themselves: tables out of files, and saved SQL. */
export function DataPage(): ReactElement {
  const uploads = useQuery(uploadsQuery)
  const mayEdit = useMayEdit()
  const now = useSeconds()
  const [file, setFile] = useState<File>()
  const [isFetching, setFetching] = useState(false)
  const { data, error } = uploads
  return (
    <Page
      title="Tables"
      intro="Your own: from a file, or from an address that is fetched again and again."
      actions={
        mayEdit && (
          <Button onPress={() => setFetching(true)}>
            <Globe size={14} aria-hidden /> From an address
          </Button>
        )
      }
    >
      {mayEdit && <DropCard isLarge={data?.length === 0} onFile={setFile} />}
      {!data && (
        <div className="card min-h-60 py-2">
          {error ? (
            <ErrorNote error={toApiError(error)} retry={() => void uploads.refetch()} />
          ) : (
            <RowsSkeleton count={6} />
          )}
        </div>
      )}
      {data && data.length > 0 && <UploadListView uploads={data} now={now} />}
      {data?.length === 0 && !mayEdit && (
        <div className="card h-60">
          <EmptyNote title="There is no table yet">
            <p>Whoever may edit can bring one as a file.</p>
          </EmptyNote>
        </div>
      )}
      <SavedStatements />
      {file && <SendFileDialog file={file} uploads={data ?? []} onClose={() => setFile(undefined)} />}
      {isFetching && <FromAddressDialog onClose={() => setFetching(false)} />}
    </Page>
  )
}
