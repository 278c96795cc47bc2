import { Check } from 'lucide-react'
import type { ReactElement } from 'react'
import { Checkbox as AriaCheckbox } from 'react-aria-components'

interface Props {
  readonly label: string
  readonly note?: string
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
}

export function Checkbox({ label, note, isSelected, onChange }: Props): ReactElement {
  return (
    <AriaCheckbox isSelected={isSelected} onChange={onChange} className={ROW}>
      <span aria-hidden className={BOX}>
        <Check size={12} strokeWidth={3} className="invisible group-data-[selected]:visible" />
      </span>
      <span className="min-w-0">
        <span className="block font-medium">{label}</span>
        {note && <span className="block text-pretty text-muted">{note}</span>}
      </span>
    </AriaCheckbox>
  )
}

const ROW = 'group relative flex cursor-pointer items-start gap-2.5 data-[focus-visible]:outline-none'
const BOX = [
  'mt-0.5 grid size-4 shrink-0 place-items-center rounded-sm border border-line-strong bg-surface text-on-accent',
  'group-data-[selected]:border-accent group-data-[selected]:bg-accent',
  'group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-offset-2 group-data-[focus-visible]:outline-accent',
].join(' ')
