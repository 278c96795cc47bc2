import type { ChartDrawing } from '@almanac/core/charts/drawing.ts'
import type { ReactElement } from 'react'

/** What the palest and the strongest shade mean. */
export function ShadesKey({ shades }: { shades: NonNullable<ChartDrawing['shades']> }): ReactElement {
  return (
    <p className="figures flex h-6 shrink-0 items-center justify-end gap-2 px-4 pb-1 text-xs text-muted">
      <span className="sr-only">Shades from</span>
      <bdi>{shades.from}</bdi>
      <span aria-hidden className="flex h-2 w-24 overflow-hidden rounded-full forced-color-adjust-none">
        {shades.colours.map((colour) => (
          <span key={colour} style={{ background: colour }} className="flex-1" />
        ))}
      </span>
      <span className="sr-only">to</span>
      <bdi>{shades.to}</bdi>
    </p>
  )
}
