import { type ReactElement, useState } from 'react'
import type { BoardAnswer } from '../api/boards.ts'
import type { MadeShareLink } from '../api/sharing.ts'
import { Dialog } from '../ui/dialog.tsx'
import { AddressView } from './address-view.tsx'
import { LinkSection } from './link-section.tsx'
import { NewLinkForm } from './new-link-form.tsx'
import { VisibilitySection } from './visibility-section.tsx'

interface Props {
  readonly answer: BoardAnswer
  readonly onClose: () => void
}

type View = { readonly what: 'all' | 'new' | 'public' } | { readonly what: 'made'; readonly made: MadeShareLink }

/** Who sees a board, with an account and without. */
export default function ShareDialog({ answer, onClose }: Props): ReactElement {
  const [view, setView] = useState<View>({ what: 'all' })
  const back = () => setView({ what: 'all' })
  const { slug, board } = answer
  return (
    <Dialog title={TITLES[view.what]} isOpen onClose={onClose}>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {view.what === 'all' && (
          <div className="flex flex-col divide-y divide-line">
            <VisibilitySection answer={answer} onAddress={() => setView({ what: 'public' })} />
            <LinkSection slug={slug} board={board} onNew={() => setView({ what: 'new' })} />
          </div>
        )}
        {view.what === 'new' && (
          <NewLinkForm slug={slug} board={board} onBack={back} onMade={(made) => setView({ what: 'made', made })} />
        )}
        {view.what === 'public' && (
          <AddressView
            title={board.title}
            path={`/public/board-${slug}`}
            embedPath={`/embed/board-${slug}`}
            intro="Whoever has this address sees the board, for as long as it is public."
            onBack={back}
          />
        )}
        {view.what === 'made' && (
          <AddressView
            title={board.title}
            {...view.made}
            intro="Copy it now: this address is shown only once. Only its fingerprint is kept on the server."
            onBack={back}
          />
        )}
      </div>
    </Dialog>
  )
}

const TITLES: Readonly<Record<View['what'], string>> = {
  all: 'Share',
  new: 'New link',
  public: 'Public address',
  made: 'The link is made',
}
