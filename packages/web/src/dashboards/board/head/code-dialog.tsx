import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import type { ReactElement } from 'react'
import { toApiError } from '../../../api/api-error.ts'
import { BOARDS, boardCode } from '../../../api/boards.ts'
import { CopyButton } from '../../../settings/copy-button.tsx'
import { Button } from '../../../ui/button.tsx'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../widgets/widget-notes.tsx'

/** The board as the TypeScript that makes it: for the workspace folder, for version control, for another server. */
export function CodeDialog({ slug, onClose }: { slug: string; onClose: () => void }): ReactElement {
  const code = useQuery({ queryKey: [BOARDS, 'code', slug], queryFn: () => boardCode(slug) })
  return (
    <Dialog title="Board as code" isOpen onClose={onClose}>
      <p className="px-4 pt-3 text-pretty text-muted">
        Put it into the folder <code className="font-mono text-sm">boards</code> of a workspace as{' '}
        <code className="font-mono text-sm">{slug}.ts</code>, or import it on another server.
      </p>
      <div className="min-h-0 flex-1 overflow-auto p-4">
        {code.error && <ErrorNote error={toApiError(code.error)} retry={() => void code.refetch()} />}
        {code.data === undefined && !code.error && <div role="status" aria-label="Loading" className="skeleton h-80" />}
        {code.data !== undefined && <CodeBlock label="Code" text={code.data} className="max-h-112" />}
      </div>
      {code.data !== undefined && (
        <div className="flex justify-end gap-2 border-t border-line p-3">
          <Button onPress={() => download(`${slug}.ts`, code.data)}>
            <Download size={14} aria-hidden /> Download
          </Button>
          <CopyButton text={code.data} label="Copy" />
        </div>
      )}
    </Dialog>
  )
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/typescript' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
