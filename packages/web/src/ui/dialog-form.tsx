import type { ReactElement, ReactNode } from 'react'
import { Form } from 'react-aria-components'

interface Props {
  readonly onSubmit: () => void
  /** The buttons, and above them what went wrong. */
  readonly foot: ReactNode
  readonly children: ReactNode
}

/** Fields in a dialog, which scroll where there are many; what is at their foot stays in sight. */
export function DialogForm({ onSubmit, foot, children }: Props): ReactElement {
  return (
    <Form
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4">{children}</div>
      <footer className="flex flex-col gap-3 border-t border-line p-4">{foot}</footer>
    </Form>
  )
}
