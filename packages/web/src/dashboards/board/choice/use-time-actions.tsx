import { formatBucket } from '@almanac/core/charts/format/format-time.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'
import { endOfBucket } from '@almanac/core/time/buckets.ts'
import { Flag, ZoomIn } from 'lucide-react'
import type { CardAction } from '../../../widgets/card/card-menu.tsx'
import { useBoard } from '../board-context.ts'
import { drilledInto } from './drill.ts'

/** What a menu can do with the moment that was pointed at last, for those who do not double-click. */
export function useTimeActions(frame: Frame | undefined): readonly CardAction[] {
  const { crosshair, search, choice, go, onAnnotate } = useBoard()
  const at = crosshair.last()
  if (at === undefined || !frame?.grain) return []
  const { grain, firstDayOfWeek } = frame
  const start = Temporal.Instant.from(at).toZonedDateTimeISO(frame.timezone)
  const end = endOfBucket(start, grain, firstDayOfWeek)
  const words = formatBucket({ start, end }, grain)
  const next = drilledInto(search, choice, start.toInstant().toString(), end.toInstant().toString(), grain)
  return [
    ...(next
      ? [{ id: 'drill', label: `Look into ${words}`, icon: <ZoomIn size={14} aria-hidden />, run: () => go(next) }]
      : []),
    ...(onAnnotate
      ? [
          {
            id: 'annotate',
            label: `Annotate ${words}…`,
            icon: <Flag size={14} aria-hidden />,
            run: () => onAnnotate(at),
          },
        ]
      : []),
  ]
}
