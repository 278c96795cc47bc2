import type { ReactElement, ReactNode } from 'react'
import type { OneTimeLink } from '../api/people.ts'
import { CopyButton } from '../settings/copy-button.tsx'
import { Button } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'

interface Props {
  readonly link: OneTimeLink
  readonly onClose: () => void
  /** What it is for. */
  readonly children: ReactNode
}

/** An address that can't be shown a second time. */
export function OneTimeLinkView({ link, onClose, children }: Props): ReactElement {
  const url = `${location.origin}${link.path}`
  return (
    <div className="flex flex-col gap-4 overflow-y-auto p-4">
      <p className="text-pretty text-muted">{children}</p>
      <CodeBlock label="Address" text={url} className="select-all" />
      <div className="flex justify-end gap-2">
        <CopyButton text={url} label="Copy" />
        <Button look="primary" onPress={onClose}>
          Done
        </Button>
      </div>
    </div>
  )
}
