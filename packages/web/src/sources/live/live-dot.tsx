import type { ReactElement } from 'react'

/** Green while events come. Decoration: the figure beside it says the same. */
export function LiveDot({ isLive }: { isLive: boolean }): ReactElement {
  return (
    <span
      aria-hidden
      className={`size-2 shrink-0 rounded-full forced-color-adjust-none ${isLive ? 'bg-positive ring-3 ring-positive-soft' : 'bg-line-strong'}`}
    />
  )
}
