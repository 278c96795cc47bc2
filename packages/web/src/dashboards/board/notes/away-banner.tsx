import { formatClock } from '@almanac/core/charts/format/format-time.ts'
import type { ReactElement } from 'react'

interface Props {
  readonly asOf: string | undefined
  readonly timezone: string
}

/** Says over the page that figures no longer move, and since when. It floats, so that nothing jumps when it comes. */
export function AwayBanner({ asOf, timezone }: Props): ReactElement {
  return (
    <div className="pointer-events-none fixed inset-x-3 bottom-4 z-30 flex justify-center print:hidden">
      <p role="alert" className={BANNER}>
        <strong className="font-semibold">The connection to Almanac is lost.</strong>
        <span className="figures">
          {asOf ? `The figures are as of ${formatClock(Temporal.Instant.from(asOf), timezone)}. ` : ''}Trying again…
        </span>
      </p>
    </div>
  )
}

const BANNER =
  'pop flex flex-wrap gap-x-1.5 rounded-md border border-current/25 bg-warning-soft px-3 py-2 text-warning shadow-float'
