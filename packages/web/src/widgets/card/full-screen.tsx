import { X } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'

interface Props {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/** One widget over the whole window. Escape leads back. */
export function FullScreen({ title, isOpen, onClose, children }: Props): ReactElement {
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={(open) => !open && onClose()} className="fixed inset-0 z-50 bg-surface">
      <Modal className="pop h-full">
        <Dialog className="flex h-full flex-col p-2 outline-none sm:p-4">
          <header className="flex shrink-0 items-center justify-between gap-4 pb-2 pl-4">
            <Heading slot="title" className="min-w-0 truncate text-lg font-semibold">
              <bdi>{title}</bdi>
            </Heading>
            <Button look="quiet" isIcon aria-label="Leave full screen" onPress={onClose}>
              <X size={16} aria-hidden />
            </Button>
          </header>
          <div className="min-h-0 flex-1">{children}</div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
