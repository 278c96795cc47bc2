import type { Widget } from '@almanac/core/boards/board.ts'
import { ArrowDown, ArrowUp, ClipboardCopy, CopyPlus, FolderInput, GripVertical, Pencil, Trash2 } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, memo, type ReactElement, useMemo, useRef } from 'react'
import type { CardAction } from '../../../widgets/card/card-menu.tsx'
import { BoardWidget } from '../../board/board-widget.tsx'
import type { Direction } from '../../grid/move-place.ts'
import { KINDS } from '../kinds/kind-catalogue.ts'

/** What can be done with a widget on the board; the functions stay the same. */
export interface WidgetActions {
  readonly onEdit: (id: string) => void
  readonly onDuplicate: (id: string) => void
  readonly onCopy: (id: string) => void
  readonly onRemove: (id: string) => void
  /** Into another section; absent where there is only one. */
  readonly onMoveTo: ((id: string) => void) | undefined
  readonly onMove: (id: string, direction: Direction) => void
  readonly onResize: (id: string, direction: Direction) => void
  /** In reading order, which is all there is on a phone. */
  readonly onMoveInOrder: (id: string, by: -1 | 1) => void
}

interface Props {
  readonly widget: Widget
  readonly isChosen: boolean
  readonly actions: WidgetActions
}

/**
 * A widget that is being arranged: it is dragged by its header and opened by a click. Its handle takes the keyboard: arrows
 * move it, with shift they resize it, Enter opens it.
 */
export const WidgetFrame = memo(function WidgetFrame({ widget, isChosen, actions }: Props): ReactElement {
  const { id } = widget
  const name = widget.title || KINDS[widget.chart.kind].label
  const lines = useMemo(() => cardActions(id, actions), [id, actions])
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = DIRECTIONS[event.key]
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    if (event.shiftKey) actions.onResize(id, direction)
    else actions.onMove(id, direction)
  }
  const pressedAt = useRef({ x: 0, y: 0 })
  /** A click on the title, which is not the end of a drag. */
  const onClick = ({ target, clientX, clientY }: MouseEvent) => {
    const { x, y } = pressedAt.current
    const isHeader = target instanceof Element && target.closest('[data-drag-handle]') && !target.closest('button')
    if (isHeader && Math.hypot(clientX - x, clientY - y) < DRAG_PX) actions.onEdit(id)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the same for a mouse as Enter on the handle.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the handle takes the keys.
    <div
      data-arranged
      onPointerDown={({ clientX: x, clientY: y }) => {
        pressedAt.current = { x, y }
      }}
      onClick={onClick}
      data-chosen={isChosen || undefined}
      className="group/frame relative h-full rounded-lg data-chosen:outline-2 data-chosen:outline-offset-1 data-chosen:outline-accent"
    >
      <BoardWidget widget={widget} actions={lines} isEditing />
      <button
        type="button"
        data-grip
        aria-label={`${name}: arrow keys move it, with shift they resize it, Enter opens it`}
        aria-roledescription="movable widget"
        onKeyDown={onKeyDown}
        onClick={() => actions.onEdit(id)}
        className={GRIP}
      >
        <GripVertical size={13} aria-hidden />
      </button>
      <button
        type="button"
        tabIndex={-1}
        aria-hidden
        onClick={() => actions.onEdit(id)}
        className="absolute inset-x-0 top-10 bottom-0 cursor-pointer rounded-b-lg"
      />
    </div>
  )
})

const DRAG_PX = 4

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

const ICON = { size: 14, 'aria-hidden': true, className: 'text-faint' } as const

function cardActions(id: string, actions: WidgetActions): CardAction[] {
  const { onMoveTo } = actions
  return [
    { id: 'edit', label: 'Edit', icon: <Pencil {...ICON} />, run: () => actions.onEdit(id) },
    { id: 'duplicate', label: 'Duplicate', icon: <CopyPlus {...ICON} />, run: () => actions.onDuplicate(id) },
    { id: 'copy', label: 'Copy', icon: <ClipboardCopy {...ICON} />, run: () => actions.onCopy(id) },
    { id: 'before', label: 'Move before', icon: <ArrowUp {...ICON} />, run: () => actions.onMoveInOrder(id, -1) },
    { id: 'after', label: 'Move after', icon: <ArrowDown {...ICON} />, run: () => actions.onMoveInOrder(id, 1) },
    ...(onMoveTo
      ? [{ id: 'section', label: 'Move to section…', icon: <FolderInput {...ICON} />, run: () => onMoveTo(id) }]
      : []),
    { id: 'remove', label: 'Delete', icon: <Trash2 {...ICON} />, run: () => actions.onRemove(id) },
  ]
}

const GRIP = [
  'absolute top-2 left-0 grid h-6 w-4 place-items-center rounded-sm text-faint opacity-60 outline-none',
  'cursor-grab group-hover/frame:opacity-100 focus-visible:bg-accent focus-visible:text-on-accent focus-visible:opacity-100 max-sm:cursor-pointer',
].join(' ')
