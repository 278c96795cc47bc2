import type { ReactElement } from 'react'
import { ProgressBar as AriaProgressBar, Label } from 'react-aria-components'

/** How far something is, from 0 to 1; undefined: nobody knows. */
export function ProgressBar({ label, share }: { label: string; share: number | undefined }): ReactElement {
  const value = share === undefined ? 0 : Math.round(share * 100)
  return (
    <AriaProgressBar value={value} isIndeterminate={share === undefined} className="flex flex-col gap-1.5">
      <span className="figures flex justify-between gap-3 text-muted">
        <Label>{label}</Label>
        {share !== undefined && <span>{value} %</span>}
      </span>
      <span className="block h-1.5 overflow-hidden rounded-full bg-sunken forced-color-adjust-none">
        <span
          style={share === undefined ? undefined : { width: `${value}%` }}
          className={`block h-full rounded-full bg-accent transition-[width] duration-150 ${share === undefined ? 'w-1/3 animate-pulse' : ''}`}
        />
      </span>
    </AriaProgressBar>
  )
}
