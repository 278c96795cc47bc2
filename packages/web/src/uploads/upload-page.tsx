import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import type { ReactElement } from 'react'
import { toApiError } from '../api/api-error.ts'
import { uploadQuery, type WholeUpload } from '../api/uploads.ts'
import { useMayEdit } from '../app/rights.ts'
import { useTitle } from '../ui/use-title.ts'
import { RowsSkeleton } from '../widgets/rows-skeleton.tsx'
import { EmptyNote, ErrorNote } from '../widgets/widget-notes.tsx'
import { ReviewFile } from './send/review-file.tsx'
import { UploadOverview } from './upload-overview.tsx'

const route = getRouteApi('/app/data/$name')

/** One table: what is in it and what became of its files, or how a file is to be read. */
export function UploadPage(): ReactElement {
  const { name } = route.useParams()
  const upload = useQuery(uploadQuery(name))
  useTitle(upload.data?.label ?? name)
  return (
    <main className="mx-auto flex w-full max-w-6xl flex-col gap-4 px-3 pt-3 pb-8 sm:px-6 sm:pt-5">
      <nav aria-label="Breadcrumb" className="flex items-center gap-1 text-sm text-muted">
        <Link to="/data" className="rounded-sm hover:text-ink hover:underline">
          Tables
        </Link>
        <ChevronRight size={12} aria-hidden className="text-faint" />
        <span className="truncate font-mono text-xs">{name}</span>
      </nav>
      {upload.data && <Opened key={name} upload={upload.data} />}
      {!upload.data && (
        <div className="card min-h-60 py-2">
          {upload.error ? (
            <ErrorNote error={toApiError(upload.error)} retry={() => void upload.refetch()} />
          ) : (
            <RowsSkeleton count={6} />
          )}
        </div>
      )}
    </main>
  )
}

function Opened({ upload }: { upload: WholeUpload }): ReactElement {
  const { file, edit } = route.useSearch()
  const navigate = route.useNavigate()
  const mayEdit = useMayEdit()
  const isReviewed = file !== undefined || edit === true || !upload.isDefined
  if (!isReviewed || !mayEdit) {
    return upload.isDefined ? <UploadOverview upload={upload} mayEdit={mayEdit} /> : <NotReady label={upload.label} />
  }
  const done = () => void navigate({ search: {} })
  return <ReviewFile key={file ?? 'columns'} upload={upload} file={file} onDone={done} />
}

function NotReady({ label }: { label: string }): ReactElement {
  return (
    <div className="card h-60">
      <EmptyNote title={`${label} is not a table yet`}>
        <p>Whoever may edit has to say how its file is read.</p>
      </EmptyNote>
    </div>
  )
}
