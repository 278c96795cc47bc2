import { Undo2, X } from 'lucide-react'
import { type ReactElement, useEffect } from 'react'
import { Button } from './button.tsx'

/** Something that has happened, and perhaps the way to take it back. */
export interface NoticeText {
  readonly text: string
  readonly isBad?: boolean
  readonly canUndo?: boolean
  /** Where it can be looked at. */
  readonly onOpen?: () => void
}

interface Props {
  readonly notice: NoticeText | undefined
  readonly onUndo: () => void
  readonly onClose: () => void
}

const SHOWN_MS = 8000

/** In a corner for a while; read aloud without taking the focus. */
export function Notice({ notice, onUndo, onClose }: Props): ReactElement {
  useEffect(() => {
    if (!notice || notice.isBad) return
    const timer = setTimeout(onClose, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [notice, onClose])
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-4 z-40 flex justify-center"
    >
      {notice && (
        <div className="pop pointer-events-auto flex max-w-full items-center gap-2 rounded-lg bg-ink py-1 pr-1 pl-3.5 text-canvas shadow-float">
          <p className="min-w-0 py-1 text-pretty wrap-anywhere">{notice.text}</p>
          {notice.onOpen && (
            <Button look="quiet" className={ON_INK} onPress={notice.onOpen}>
              Open
            </Button>
          )}
          {notice.canUndo && (
            <Button look="quiet" className={ON_INK} onPress={onUndo}>
              <Undo2 size={14} aria-hidden /> Undo
            </Button>
          )}
          <Button look="quiet" isIcon aria-label="Close the notice" className={ON_INK} onPress={onClose}>
            <X size={14} aria-hidden />
          </Button>
        </div>
      )}
    </div>
  )
}

const ON_INK = 'text-canvas! hover:bg-canvas/15! pressed:bg-canvas/20!'
