import { Menu, X } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'
import { Navigation } from './navigation.tsx'
import { Wordmark } from './wordmark.tsx'

/** The navigation on a phone: over the page, from the side. */
export function PhoneMenu(): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button look="quiet" isIcon className="size-10!" aria-label="Menu" onPress={() => setOpen(true)}>
        <Menu size={18} aria-hidden />
      </Button>
      <ModalOverlay isOpen={isOpen} onOpenChange={setOpen} isDismissable className="fixed inset-0 z-50 bg-[#0b0b0a]/40">
        <Modal className="slide h-full w-72 max-w-[85%] border-r border-line bg-sunken shadow-float">
          <Dialog aria-label="Menu" className="flex h-full flex-col outline-none">
            <div className="flex h-12 shrink-0 items-center justify-between pr-1 pl-4">
              <Wordmark />
              <Button look="quiet" isIcon className="size-10!" aria-label="Close" onPress={close}>
                <X size={18} aria-hidden />
              </Button>
            </div>
            <div className="min-h-0 flex-1 overflow-y-auto p-2">
              <Navigation isWide onGo={close} />
            </div>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  )
}
