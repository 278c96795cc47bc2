import type { LegendItem } from '@almanac/core/charts/drawing.ts'
import { colourOf } from '@almanac/core/charts/inks.ts'
import type { ChartTheme } from '@almanac/core/charts/theme.ts'
import { type KeyboardEvent, type MouseEvent, type ReactElement, useRef, useState } from 'react'
import { isolate, toggle } from './legend-choice.ts'
import { useShownItems } from './use-shown-items.ts'

interface Props {
  readonly items: readonly LegendItem[]
  readonly place: 'top' | 'right'
  readonly theme: ChartTheme
  readonly hidden: ReadonlySet<string>
  readonly onHidden: (hidden: ReadonlySet<string>) => void
}

/** Names of the series. A click leaves one alone, with ctrl or ⌘ it turns one off or on; the same with Enter. */
export function Legend({ items, place, theme, hidden, onHidden }: Props): ReactElement {
  const keys = items.map(({ key }) => key)
  const choose = (key: string, isToggle: boolean) => onHidden((isToggle ? toggle : isolate)(key, keys, hidden))
  const list = useRef<HTMLUListElement>(null)
  const [isOpen, setOpen] = useState(false)
  const isCut = place === 'top' && !isOpen
  const shown = useShownItems(list, items, isCut)
  const more = items.length - shown
  const names = (
    <ul ref={list} aria-label="Series" className={`${PLACES[place]} ${isCut ? CUT : ''} ${more > 0 ? 'pr-9' : ''}`}>
      {items.map((item, index) => (
        <li
          key={item.key}
          className={`flex min-w-0 ${index < shown ? '' : 'invisible print:visible in-data-printing:visible'}`}
        >
          <button
            type="button"
            aria-pressed={!item.isHidden}
            title={`${item.label}\nClick: only this. With ${MODIFIER}: on or off.`}
            onClick={(event) => choose(item.key, isModified(event))}
            onKeyDown={(event) => {
              // Browsers do not agree whether Enter with a modifier is a click.
              if ((event.key !== 'Enter' && event.key !== ' ') || !isModified(event)) return
              event.preventDefault()
              choose(item.key, true)
            }}
            className={`${ITEM} ${item.isHidden ? 'text-faint line-through' : 'text-muted hover:text-ink'}`}
          >
            <Mark item={item} theme={theme} />
            <bdi className="truncate">{item.label}</bdi>
          </button>
        </li>
      ))}
    </ul>
  )
  if (place === 'right') return names
  return (
    <div className={`relative mb-1 shrink-0 ${isOpen ? 'max-h-1/2 overflow-y-auto' : ''}`}>
      {names}
      {(more > 0 || isOpen) && (
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={isOpen ? 'Fewer series' : `${more} more series`}
          onClick={() => setOpen(!isOpen)}
          className={`${ITEM} ${isOpen ? '' : 'absolute right-1 bottom-0'} font-medium text-muted hover:text-ink print:hidden`}
        >
          {isOpen ? 'Fewer' : `+${more}`}
        </button>
      )}
    </div>
  )
}

function Mark({ item, theme }: { item: LegendItem; theme: ChartTheme }): ReactElement {
  const { mark, ink, isHidden, isGhost } = item
  const colour = isHidden ? theme.line : colourOf(ink, theme)
  const paler = isGhost && !isHidden ? 'opacity-50' : ''
  if (mark === 'dashed')
    return (
      <span
        aria-hidden
        style={{ borderColor: colour }}
        className={`w-3.5 shrink-0 forced-color-adjust-none border-t-2 border-dotted ${paler}`}
      />
    )
  return (
    <span
      aria-hidden
      style={{ background: colour }}
      className={`shrink-0 forced-color-adjust-none ${MARKS[mark]} ${paler}`}
    />
  )
}

function isModified({ ctrlKey, metaKey }: MouseEvent | KeyboardEvent): boolean {
  return ctrlKey || metaKey
}

const MODIFIER = typeof navigator !== 'undefined' && /Mac|iP(hone|ad)/.test(navigator.userAgent) ? '⌘' : 'Ctrl'
const MARKS = { line: 'h-0.5 w-3 rounded-full', box: 'size-2.5 rounded-[3px]', dot: 'size-2 rounded-full' } as const
const PLACES = {
  top: 'relative flex flex-wrap gap-x-1 px-0.5',
  right: 'flex w-fit max-w-2/5 shrink-0 flex-col justify-center-safe overflow-y-auto py-1 pr-2',
} as const
/** Two lines: what is left is behind a button, or the names would take the picture's room. */
const CUT = 'max-h-12 overflow-hidden print:max-h-none in-data-printing:max-h-none'
const ITEM =
  'flex h-6 max-w-60 min-w-0 items-center gap-1.5 rounded-sm px-1.5 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2'
