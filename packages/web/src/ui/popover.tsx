import type { ReactElement, ReactNode } from 'react'
import { Popover as AriaPopover, Dialog, type PopoverProps } from 'react-aria-components'

export const POPOVER = 'pop overflow-auto rounded-lg border border-line bg-surface shadow-float outline-none'

interface Props extends Omit<PopoverProps, 'className' | 'style' | 'children'> {
  readonly label: string
  readonly className?: string
  readonly children: ReactNode
}

/** Floats beside its trigger and holds controls; Escape and a click outside close it. */
export function PopoverDialog({ label, className = '', children, ...props }: Props): ReactElement {
  return (
    <AriaPopover offset={4} {...props} className={POPOVER}>
      <Dialog aria-label={label} className={`outline-none ${className}`}>
        {children}
      </Dialog>
    </AriaPopover>
  )
}
