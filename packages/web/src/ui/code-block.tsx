import type { ReactElement } from 'react'

/** Text to copy as it is. It wraps where it must, and the copy has no line breaks of ours. */
export function CodeBlock({ text, label, className = '' }: Props): ReactElement {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable with the keyboard.
    <figure aria-label={label} tabIndex={0} className={`${CODE} ${className}`}>
      <pre className="font-mono text-sm whitespace-pre-wrap wrap-anywhere">{text}</pre>
    </figure>
  )
}

interface Props {
  readonly text: string
  readonly label: string
  readonly className?: string
}

const CODE = 'overflow-auto rounded-md border border-line bg-sunken px-3 py-2'
