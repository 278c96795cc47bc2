import { X } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button } from './button.tsx'

interface Props {
  readonly title: string
  readonly isOpen: boolean
  /** A question or a short form. */
  readonly isSmall?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Over the page, with the focus inside. On a phone it fills the screen. */
export function Dialog({ title, isOpen, isSmall = false, onClose, children }: Props): ReactElement {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className={`fixed inset-0 z-50 grid place-items-center bg-[#0b0b0a]/40 sm:p-6 ${isSmall ? 'p-3' : ''}`}
    >
      <Modal
        className={`${MODAL} ${isSmall ? 'max-w-md rounded-lg border' : 'max-w-2xl max-sm:h-full sm:rounded-lg sm:border'}`}
      >
        <AriaDialog className="flex h-full max-h-[inherit] flex-col outline-none">
          <header className="flex items-center justify-between gap-4 border-b border-line py-2.5 pr-2.5 pl-4">
            <Heading slot="title" className="text-md font-semibold">
              {title}
            </Heading>
            <Button look="quiet" isIcon aria-label="Close" onPress={onClose}>
              <X size={16} aria-hidden />
            </Button>
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

const MODAL = 'pop w-full overflow-hidden border-line bg-surface shadow-float sm:max-h-[80dvh]'
