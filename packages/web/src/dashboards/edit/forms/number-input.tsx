import type { ReactElement } from 'react'
import { Input, NumberField } from 'react-aria-components'

interface Props {
  readonly label: string
  readonly value: number | undefined
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly isWhole?: boolean | undefined
  readonly placeholder?: string | undefined
  /** `undefined`: nothing was entered. */
  readonly onChange: (value: number | undefined) => void
}

export function NumberInput({ label, value, min, max, isWhole, placeholder, onChange }: Props): ReactElement {
  return (
    <NumberField
      aria-label={label}
      value={value ?? Number.NaN}
      {...(min !== undefined && { minValue: min })}
      {...(max !== undefined && { maxValue: max })}
      formatOptions={{ useGrouping: false, maximumFractionDigits: isWhole ? 0 : 12 }}
      onChange={(next) => onChange(Number.isNaN(next) ? undefined : next)}
      className="min-w-0"
    >
      <Input className={INPUT} {...(placeholder !== undefined && { placeholder })} />
    </NumberField>
  )
}

export const INPUT =
  'h-8 w-full min-w-0 rounded-md border border-line bg-surface px-2 text-ink outline-none placeholder:text-faint hover:border-line-strong focus:border-accent focus:ring-1 focus:ring-accent data-[invalid]:border-negative'
