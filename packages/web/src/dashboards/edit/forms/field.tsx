import type { ReactElement, ReactNode } from 'react'

interface Props {
  readonly label: string
  readonly note?: string | undefined
  readonly problem?: string | undefined
  readonly children: ReactNode
}

/** A control of the panel under its name; the control says the name itself to those who can’t see it. */
export function Field({ label, note, problem, children }: Props): ReactElement {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span aria-hidden className="text-sm font-medium text-muted">
        {label}
      </span>
      {children}
      {problem && (
        <p role="alert" className="text-sm text-pretty text-negative">
          {problem}
        </p>
      )}
      {note && <p className="text-sm text-pretty text-faint">{note}</p>}
    </div>
  )
}

/** Two or three short ones side by side. */
export function FieldRow({ children }: { children: ReactNode }): ReactElement {
  return <div className="grid grid-cols-2 gap-2">{children}</div>
}
