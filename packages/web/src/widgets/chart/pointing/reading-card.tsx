import type { Reading, ReadingLine } from '@almanac/core/charts/drawing.ts'
import { colourOf } from '@almanac/core/charts/inks.ts'
import type { ChartTheme } from '@almanac/core/charts/theme.ts'
import type { ReactElement } from 'react'
import { DeltaText } from '../delta-text.tsx'

/** Lines beyond these are counted: a tooltip higher than the window can't be read. */
const MOST_LINES = 14

interface Props {
  readonly reading: Reading
  readonly theme: ChartTheme
  /** What a click does, in words. */
  readonly hint?: string | undefined
}

/** What the tooltip says. Names are text, whatever is in them. */
export function ReadingCard({ reading, theme, hint }: Props): ReactElement {
  const { title, note, lines } = reading
  const hasInk = lines.some(({ ink }) => ink !== undefined)
  return (
    <div className="max-w-96 min-w-32 rounded-md border border-line bg-surface px-3 py-2 shadow-float">
      <p className="flex items-baseline gap-2">
        <bdi className="line-clamp-3 min-w-0 font-medium wrap-anywhere">{title}</bdi>
        {note && <span className="text-sm text-muted">{note}</span>}
      </p>
      {lines.length > 0 && (
        <ul
          className={`mt-1 grid items-baseline gap-x-2 gap-y-0.5 ${hasInk ? 'grid-cols-[auto_minmax(0,1fr)_auto_auto]' : 'grid-cols-[minmax(0,1fr)_auto_auto]'}`}
        >
          {lines.slice(0, MOST_LINES).map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same, and they never move.
            <Line key={index} line={line} theme={theme} hasInk={hasInk} />
          ))}
        </ul>
      )}
      {lines.length > MOST_LINES && <p className="mt-1 text-sm text-faint">and {lines.length - MOST_LINES} more</p>}
      {hint && <p className="mt-1.5 border-t border-line pt-1.5 text-sm text-faint">{hint}</p>}
    </div>
  )
}

interface LineProps {
  readonly line: ReadingLine
  readonly theme: ChartTheme
  readonly hasInk: boolean
}

function Line({ line, theme, hasInk }: LineProps): ReactElement {
  const { label, text, ink, isGhost, delta } = line
  const tone = isGhost ? 'text-muted' : ''
  return (
    <li className="col-span-full grid grid-cols-subgrid items-baseline">
      {hasInk && (
        <span className="self-center">
          {ink !== undefined && <InkMark colour={colourOf(ink, theme)} isGhost={isGhost} />}
        </span>
      )}
      <bdi className="line-clamp-2 text-muted wrap-anywhere">{label}</bdi>
      <bdi className={`figures text-right font-medium whitespace-nowrap ${tone}`}>{text}</bdi>
      <span className="text-right text-sm">{delta && <DeltaText delta={delta} sizePx={11} />}</span>
    </li>
  )
}

function InkMark({ colour, isGhost = false }: { colour: string; isGhost?: boolean | undefined }): ReactElement {
  if (!isGhost)
    return <span style={{ background: colour }} className="block h-2.5 w-2.5 rounded-[3px] forced-color-adjust-none" />
  return (
    <span style={{ borderColor: colour }} className="block w-2.5 border-t-2 border-dotted forced-color-adjust-none" />
  )
}
