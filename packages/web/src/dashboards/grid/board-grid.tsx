import type { Place, Section, Widget } from '@almanac/core/boards/board.ts'
import { GRID } from '@almanac/core/boards/grid.ts'
import type { CSSProperties, ReactElement, ReactNode } from 'react'
import { Lazily } from '../../lazy/lazily.tsx'
import { lazyPart } from '../../lazy/lazy-part.ts'
import { inReadingOrder } from './reading-order.ts'

interface Props {
  readonly section: Section
  readonly isEditing: boolean
  /** Keep the function the same while nothing changes: widgets are not drawn again while one is dragged. */
  readonly renderWidget: (widget: Widget) => ReactNode
  /** The places of all widgets of the section, by their ids. */
  readonly onChange?: (places: ReadonlyMap<string, Place>) => void
}

/** What moves widgets is for those who edit; a reader does not load it. */
const EDITABLE_GRID = lazyPart(async () => ({ default: (await import('./editable-grid.tsx')).EditableGrid }))

/** The widgets of a section at their places: one column in reading order on a phone. */
export function BoardGrid({ section, isEditing, renderWidget, onChange }: Props): ReactElement {
  const still = <StillGrid section={section} renderWidget={renderWidget} />
  if (!isEditing || !onChange) return still
  return <Lazily part={EDITABLE_GRID} props={{ section, renderWidget, onChange }} fallback={still} />
}

/** Places as they are: plain CSS, known before anything is measured, so nothing shifts. */
function StillGrid({ section, renderWidget }: Pick<Props, 'section' | 'renderWidget'>): ReactElement {
  return (
    <div data-grid className={GRID_CLASS} style={GRID_STYLE}>
      {inReadingOrder(section.widgets).map((widget) => (
        <div key={widget.id} data-widget={widget.id} className={ITEM_CLASS} style={placeStyle(widget)}>
          {renderWidget(widget)}
        </div>
      ))}
    </div>
  )
}

const GRID_STYLE = { '--columns': GRID.columns, '--row': `${GRID.rowPx}px`, gap: GRID.gapPx } as CSSProperties
const GRID_CLASS =
  'grid max-sm:grid-cols-[minmax(0,1fr)] sm:grid-cols-[repeat(var(--columns),minmax(0,1fr))] sm:auto-rows-[var(--row)]'
const ITEM_CLASS = 'min-w-0 max-sm:h-(--height) sm:col-(--column) sm:row-(--rows)'

/** Header, scale and edges of a map's card; the world is twice as wide as it is high. */
const AROUND_MAP_PX = 92

function placeStyle({ place: { x, y, w, h }, chart: { kind } }: Widget): CSSProperties {
  const px = h * GRID.rowPx + (h - 1) * GRID.gapPx
  const isMap = kind === 'world_map' || kind === 'points_map'
  return {
    '--column': `${x + 1} / span ${w}`,
    '--rows': `${y + 1} / span ${h}`,
    '--height': isMap ? `min(${px}px, calc(50vw + ${AROUND_MAP_PX}px))` : `${px}px`,
  } as CSSProperties
}
