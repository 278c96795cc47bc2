import type { ReactElement, ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps } from 'react-aria-components'

type Look = 'primary' | 'plain' | 'quiet' | 'danger'

interface Props extends Omit<ButtonProps, 'className' | 'style' | 'children'> {
  readonly look?: Look
  /** A square one for an icon; give it an `aria-label`. */
  readonly isIcon?: boolean
  readonly className?: string
  readonly children: ReactNode
}

export function Button({ look = 'plain', isIcon = false, className = '', ...props }: Props): ReactElement {
  const size = isIcon ? 'size-8 justify-center' : 'h-8 px-2.5'
  return <AriaButton {...props} className={`${BASE} ${size} ${LOOKS[look]} ${className}`} />
}

const BASE =
  'inline-flex shrink-0 items-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors duration-100 disabled:opacity-55'
const LOOKS: Record<Look, string> = {
  primary: 'justify-center bg-accent text-on-accent hover:opacity-90 pressed:opacity-80',
  danger: 'justify-center border border-negative/40 bg-negative-soft text-negative hover:border-negative',
  plain: 'border border-line bg-surface text-ink hover:bg-hover pressed:bg-sunken',
  quiet: 'text-muted hover:bg-hover hover:text-ink pressed:bg-sunken',
}
