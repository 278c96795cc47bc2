import type { ReactElement } from 'react'

/** A control under words that it says itself to those who can't see them. */
export function Labelled({ label, children }: { label: string; children: ReactElement }): ReactElement {
  return (
    <div className="flex flex-col items-start gap-1.5">
      <span aria-hidden className="font-medium">
        {label}
      </span>
      {children}
    </div>
  )
}
