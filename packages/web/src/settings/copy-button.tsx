import { Check, Copy } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { Button } from '../ui/button.tsx'

interface Props {
  readonly text: string
  readonly label: string
  /** As high as a line of code beside it. */
  readonly isTall?: boolean
}

/** Puts the text on the clipboard, and says so. */
export function CopyButton({ text, label, isTall = false }: Props): ReactElement {
  const [isCopied, setCopied] = useState(false)
  return (
    <Button
      className={isTall ? 'min-h-9' : ''}
      onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      {isCopied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      <span aria-live="polite">{isCopied ? 'Copied' : label}</span>
    </Button>
  )
}
