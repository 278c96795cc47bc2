import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { MenuItem as AriaMenuItem, ListBoxItem } from 'react-aria-components'

const ITEM =
  'flex min-h-8 items-center gap-2 rounded-md px-2 py-1 text-base text-ink outline-none data-[disabled]:opacity-50 data-[focused]:bg-hover data-[hovered]:bg-hover'

interface Props {
  readonly id: string
  readonly text: string
  /** After the text, in a fainter colour. */
  readonly note?: string
  readonly icon?: ReactNode
  readonly onAction?: () => void
}

/** A line of a list to choose from; the chosen one has a tick. */
export function OptionItem({ id, text, note }: Props): ReactElement {
  return (
    <ListBoxItem id={id} textValue={note ? `${text} ${note}` : text} className={ITEM}>
      {({ isSelected }) => <ItemContent text={text} note={note} isSelected={isSelected} />}
    </ListBoxItem>
  )
}

export function MenuItem({ id, text, icon, onAction }: Props): ReactElement {
  return (
    <AriaMenuItem id={id} textValue={text} className={ITEM} {...(onAction ? { onAction } : {})}>
      {({ isSelected, selectionMode }) => (
        <ItemContent text={text} icon={icon} isSelected={selectionMode === 'none' ? undefined : isSelected} />
      )}
    </AriaMenuItem>
  )
}

interface ContentProps {
  readonly text: string
  readonly note?: string | undefined
  readonly icon?: ReactNode
  readonly isSelected?: boolean | undefined
}

function ItemContent({ text, note, icon, isSelected }: ContentProps): ReactElement {
  return (
    <>
      {icon}
      <span className="min-w-0 flex-1 truncate">{text}</span>
      {note && <span className="figures text-sm text-faint">{note}</span>}
      {isSelected !== undefined && (
        <Check size={14} aria-hidden className={isSelected ? 'shrink-0 text-accent' : 'invisible shrink-0'} />
      )}
    </>
  )
}
