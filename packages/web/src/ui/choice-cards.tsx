import type { ReactElement, ReactNode } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'

interface Choice<T extends string> {
  readonly id: T
  readonly label: string
  readonly note: string
  readonly icon?: ReactNode
}

interface Props<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly Choice<T>[]
  /** Two in a row, where there is room. */
  readonly isPaired?: boolean
  readonly onChange: (value: T) => void
}

/** One of a few that need a line of explanation each. */
export function ChoiceCards<T extends string>({
  label,
  value,
  options,
  isPaired = false,
  onChange,
}: Props<T>): ReactElement {
  return (
    <RadioGroup
      value={value}
      onChange={(id) => {
        const option = options.find((one) => one.id === id)
        if (option) onChange(option.id)
      }}
      className="flex flex-col gap-1.5"
    >
      <Label className="font-medium">{label}</Label>
      <div className={`grid gap-1.5 ${isPaired ? 'sm:grid-cols-2' : ''}`}>
        {options.map((option) => (
          <Radio key={option.id} value={option.id} className={CARD}>
            {option.icon && <span className="mt-0.5 shrink-0 text-muted">{option.icon}</span>}
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{option.label}</span>
              <span className="block text-pretty text-muted">{option.note}</span>
            </span>
            <span aria-hidden className={DOT} />
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}

const CARD = [
  'group relative flex cursor-pointer items-start gap-2.5 rounded-md border border-line px-3 py-2 transition-colors duration-100',
  'hover:bg-hover selected:border-accent selected:bg-accent-soft data-[focus-visible]:outline-2',
].join(' ')
const DOT =
  'mt-1 size-3 shrink-0 rounded-full border border-line-strong group-data-[selected]:border-4 group-data-[selected]:border-accent'
