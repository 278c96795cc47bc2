import type { ReactElement, ReactNode } from 'react'
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components'

/** Shows `text` when the control inside is hovered or has the focus. Without a text there is no tooltip. */
export function Tooltip({ text, children }: { text: string | undefined; children: ReactNode }): ReactElement {
  return (
    <TooltipTrigger delay={250} closeDelay={0} shouldCloseOnPress={false} isDisabled={!text}>
      {children}
      <AriaTooltip offset={6} className="pop max-w-64 rounded-md bg-ink px-2 py-1 text-sm text-canvas shadow-float">
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  )
}
