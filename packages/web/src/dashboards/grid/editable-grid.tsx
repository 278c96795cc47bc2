import type { Place, Section, Widget } from '@almanac/core/boards/board.ts'
import { GRID } from '@almanac/core/boards/grid.ts'
import { memo, type ReactElement, type ReactNode, type Ref, useMemo, useSyncExternalStore } from 'react'
import { GridLayout, useContainerWidth, verticalCompactor } from 'react-grid-layout/react'
import './editable-grid.css'
import { layoutOf, placesOf } from './move-place.ts'
import { inReadingOrder } from './reading-order.ts'

interface Props {
  readonly section: Section
  readonly renderWidget: (widget: Widget) => ReactNode
  readonly onChange: (places: ReadonlyMap<string, Place>) => void
}

/** The widgets of a section, to be dragged by their headers and resized at their corners. */
export function EditableGrid({ section: { widgets }, renderWidget, onChange }: Props): ReactElement {
  const { width, containerRef, mounted } = useContainerWidth()
  const isNarrow = useSyncExternalStore(onWidthChange, () => NARROW.matches)
  const layout = useMemo(() => layoutOf(widgets), [widgets])
  // While one is dragged, the same elements stay: no chart is drawn again.
  const children = useMemo(
    () =>
      inReadingOrder(widgets).map((widget) => (
        <div key={widget.id} data-widget={widget.id} className={IN_SIGHT}>
          <GridWidget widget={widget} render={renderWidget} />
        </div>
      )),
    [widgets, renderWidget],
  )
  if (isNarrow) return <OneColumn widgets={widgets} renderWidget={renderWidget} />
  return (
    <div ref={containerRef}>
      {mounted && (
        <GridLayout
          width={width}
          layout={layout}
          gridConfig={GRID_CONFIG}
          dragConfig={DRAG_CONFIG}
          resizeConfig={RESIZE_CONFIG}
          compactor={verticalCompactor}
          onDragStop={(after) => onChange(placesOf(after))}
          onResizeStop={(after) => onChange(placesOf(after))}
        >
          {children}
        </GridLayout>
      )}
    </div>
  )
}

const GridWidget = memo(function GridWidget({ widget, render }: { widget: Widget; render: Props['renderWidget'] }) {
  return render(widget)
})

/** On a phone there is no room to drag: widgets are moved by their menus. */
function OneColumn({ widgets, renderWidget }: { widgets: Section['widgets'] } & Pick<Props, 'renderWidget'>) {
  return (
    <div className="flex flex-col" style={{ gap: GRID.gapPx }}>
      {inReadingOrder(widgets).map((widget) => (
        <div key={widget.id} data-widget={widget.id} className={IN_SIGHT} style={{ height: heightPx(widget.place) }}>
          <GridWidget widget={widget} render={renderWidget} />
        </div>
      ))}
    </div>
  )
}

const heightPx = ({ h }: Place) => h * GRID.rowPx + (h - 1) * GRID.gapPx

function ResizeHandle(_axis: string, ref: Ref<HTMLElement>): ReactElement {
  return <span ref={ref} aria-hidden className="resize-corner" />
}

// Always the same objects: others would make the grid measure anew.
const GRID_CONFIG = {
  cols: GRID.columns,
  rowHeight: GRID.rowPx,
  margin: [GRID.gapPx, GRID.gapPx] as const,
  containerPadding: [0, 0] as const,
}
/** By the header of its card (`widgets/card/card-header.tsx`), and by its handle. */
/** Scrolled to, it lies below the bar of the editor. */
const IN_SIGHT = 'scroll-mt-20 scroll-mb-4'
const DRAG_CONFIG = { handle: '[data-drag-handle], [data-grip]', cancel: 'button:not([data-grip])' }
const RESIZE_CONFIG = { handles: ['se'] as const, handleComponent: ResizeHandle }

const NARROW = matchMedia('(width < 40rem)')

function onWidthChange(changed: () => void): () => void {
  NARROW.addEventListener('change', changed)
  return () => NARROW.removeEventListener('change', changed)
}
