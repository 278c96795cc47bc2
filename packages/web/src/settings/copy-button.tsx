import { Check, Copy } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { Button } from '../ui/button.tsx'

/** Puts the text on the clipboard, and says so. */
export function CopyButton({ text, label }: { text: string; label: string }): ReactElement {
  const [isCopied, setCopied] = useState(false)
  return (
    <Button onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
      {isCopied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      <span aria-live="polite">{isCopied ? 'Copied' : label}</span>
    </Button>
  )
}
