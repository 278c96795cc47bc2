import { type ReactElement, type ReactNode, useSyncExternalStore } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'

interface Props {
  readonly label: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Beside the page; where there is no room beside it, over all of the screen. */
export function SidePanel({ label, onClose, children }: Props): ReactElement {
  const isNarrow = useSyncExternalStore(onWidthChange, () => NARROW().matches)
  if (!isNarrow)
    return (
      <aside aria-label={label} className={ASIDE}>
        {children}
      </aside>
    )
  return (
    <ModalOverlay isOpen onOpenChange={(open) => !open && onClose()} className="fixed inset-0 z-50 bg-surface">
      <Modal className="h-full">
        <Dialog aria-label={label} className="h-full outline-none">
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

const ASIDE = 'sticky top-0 z-30 h-dvh w-90 shrink-0 border-l border-line bg-surface xl:w-96'
const NARROW = () => matchMedia('(width < 64rem)')

function onWidthChange(changed: () => void): () => void {
  const query = NARROW()
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}
