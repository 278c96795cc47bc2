import type { Board } from '@almanac/core/boards/board.ts'
import { X } from 'lucide-react'
import { type ReactElement, useMemo, useState } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'
import { BoardBody } from '../board/board-body.tsx'
import { BoardProvider } from '../board/board-context.ts'
import type { BoardSearch } from '../board/choice/board-search.ts'
import { useReaderChoice } from '../board/choice/use-reader-choice.ts'
import { crosshairStore } from '../live/crosshair.ts'
import { useBoardDimensions } from '../toolbar/board-dimensions.ts'

interface Props {
  readonly board: Board
  readonly slug: string
  readonly version: number
  readonly onClose: () => void
}

/** A version as it looked, with the figures of today. */
export function VersionView({ board, slug, version, onClose }: Props): ReactElement {
  const [search, setSearch] = useState<BoardSearch>({})
  const choice = useReaderChoice(board, search)
  const [crosshair] = useState(crosshairStore)
  const { labelOf } = useBoardDimensions(board)
  const context = useMemo(
    () => ({
      board,
      slug,
      choice,
      search,
      go: setSearch,
      crosshair,
      annotations: [],
      isPrinting: false,
      isAway: false,
      labelOf,
      onAnnotate: undefined,
    }),
    [board, slug, choice, search, crosshair, labelOf],
  )
  return (
    <ModalOverlay isOpen onOpenChange={(open) => !open && onClose()} className="fixed inset-0 z-50 bg-canvas">
      <Modal className="h-full">
        <Dialog className="flex h-full flex-col outline-none">
          <header className="flex items-center gap-3 border-b border-line bg-surface py-2 pr-2 pl-4">
            <Heading slot="title" className="min-w-0 flex-1 truncate font-semibold">
              <bdi>{board.title}</bdi>{' '}
              <span className="font-normal text-muted">version {version}, figures of today</span>
            </Heading>
            <Button look="quiet" isIcon aria-label="Close this version" onPress={onClose}>
              <X size={16} aria-hidden />
            </Button>
          </header>
          <div className="min-h-0 flex-1 overflow-auto p-4 sm:p-6">
            <BoardProvider value={context}>
              <BoardBody />
            </BoardProvider>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
