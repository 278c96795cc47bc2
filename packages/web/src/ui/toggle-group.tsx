import type { ReactElement } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { Tooltip } from './tooltip.tsx'

interface Option<T extends string> {
  readonly id: T
  readonly label: string
  /** Why it can't be chosen now. It keeps the focus and says so, which a disabled button could not. */
  readonly unavailable?: string | undefined
}

interface Props<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly Option<T>[]
  readonly onChange: (value: T) => void
}

/** One of a few that all fit side by side. */
export function ToggleGroup<T extends string>({ label, value, options, onChange }: Props<T>): ReactElement {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const option = options.find(({ id }) => keys.has(id))
        if (option && !option.unavailable) onChange(option.id)
      }}
      className="inline-flex h-8 items-center gap-0.5 rounded-md border border-line bg-sunken p-0.5"
    >
      {options.map((option) => (
        <Tooltip key={option.id} text={option.unavailable}>
          <ToggleButton
            id={option.id}
            className={TOGGLE}
            render={(props) => <button {...props} aria-disabled={option.unavailable ? true : undefined} />}
          >
            {option.label}
          </ToggleButton>
        </Tooltip>
      ))}
    </ToggleButtonGroup>
  )
}

const TOGGLE =
  'h-full rounded-sm px-2 font-medium whitespace-nowrap text-muted transition-colors duration-100 hover:text-ink selected:bg-surface selected:text-ink selected:shadow-[0_0_0_1px_var(--line),0_1px_2px_#0000000d] aria-disabled:cursor-not-allowed aria-disabled:text-faint aria-disabled:opacity-50'
