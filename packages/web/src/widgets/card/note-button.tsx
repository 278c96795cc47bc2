import type { ReactElement, ReactNode } from 'react'
import { DialogTrigger } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'
import { PopoverDialog } from '../../ui/popover.tsx'

interface Props {
  /** What the icon stands for. */
  readonly label: string
  readonly icon: ReactNode
  readonly tone?: 'faint' | 'warning'
  readonly children: ReactNode
}

/** A small mark in a card's header that opens what there is to know. By a click, as a finger has no hover. */
export function NoteButton({ label, icon, tone = 'faint', children }: Props): ReactElement {
  return (
    <DialogTrigger>
      <Button look="quiet" isIcon aria-label={label} className={`size-6! ${TONES[tone]}`}>
        {icon}
      </Button>
      <PopoverDialog label={label} placement="bottom" className="max-w-72 px-3 py-2 text-pretty wrap-anywhere">
        {children}
      </PopoverDialog>
    </DialogTrigger>
  )
}

const TONES = { faint: 'text-faint!', warning: 'text-warning!' } as const
