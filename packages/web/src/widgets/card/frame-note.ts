import { formatClock, formatRange } from '@almanac/core/charts/format/format-time.ts'
import { parseTime } from '@almanac/core/charts/format/format-value.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'

/** When the figures were read, to the second: `as of 10:42:07`. */
export function asOfText({ asOf, timezone }: Frame): string | undefined {
  const at = parseTime(asOf, timezone)
  return at && `as of ${formatClock(at.toInstant(), timezone)}`
}

/** What a picture of the figures says below them: their range, when they were read, and the zone of both. */
export function frameNote(frame: Frame): string | undefined {
  const [from, to, at] = [frame.from, frame.to, frame.asOf].map((time) => parseTime(time, frame.timezone))
  const parts = [
    from && to && formatRange({ from, to }),
    at && `as of ${formatRange({ from: at, to: at })}`,
    (from || at) && frame.timezone,
  ]
  return parts.filter(Boolean).join(' · ') || undefined
}
