import type { ReactElement } from 'react'
import { Switch } from 'react-aria-components'

interface Props {
  readonly label: string
  readonly note?: string | undefined
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}

/** On or off, at once. */
export function Toggle({ label, note, isOn, onChange }: Props): ReactElement {
  return (
    <Switch isSelected={isOn} onChange={onChange} className={ROW}>
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{label}</span>
        {note && <span className="block text-sm text-pretty text-faint">{note}</span>}
      </span>
      <span aria-hidden className={TRACK}>
        <span className={KNOB} />
      </span>
    </Switch>
  )
}

const ROW = 'group flex min-h-7 cursor-pointer items-start gap-3 data-[focus-visible]:outline-none'
const TRACK = [
  'mt-0.5 flex h-4.5 w-8 shrink-0 items-center rounded-full forced-color-adjust-none bg-line-strong p-0.5 transition-colors duration-100',
  'group-data-[selected]:bg-accent group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-offset-2 group-data-[focus-visible]:outline-accent',
].join(' ')
const KNOB = 'size-3.5 rounded-full bg-surface transition-transform duration-100 group-data-[selected]:translate-x-3.5'
