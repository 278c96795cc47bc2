import type { TableCell } from '@almanac/core/charts/drawing.ts'
import type { ReactElement } from 'react'
import { DeltaText } from '../../chart/delta-text.tsx'

interface Props {
  readonly cell: TableCell
  readonly align: 'left' | 'right'
  readonly id: string
  readonly isActive: boolean
  readonly isStrong?: boolean
  /** It stays in sight while the others are scrolled sideways. */
  readonly isPinned?: boolean
  readonly onPick?: ((isAdditive: boolean) => void) | undefined
}

/** A cell of a table: text, and behind it a bar or a shade. */
export function CellView({
  cell,
  align,
  id,
  isActive,
  isStrong = false,
  isPinned = false,
  onPick,
}: Props): ReactElement {
  const { text, bar, heat, delta } = cell
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the table's (`use-grid-keys.ts`).
    <td
      id={id}
      title={text.length > 24 ? text : undefined}
      style={heat && { background: heat.background, color: heat.ink }}
      onClick={onPick && ((event) => onPick(event.ctrlKey || event.metaKey || event.shiftKey))}
      className={`${isPinned ? PINNED : 'relative'} truncate border-t border-grid px-4 ${align === 'right' ? 'text-right' : 'text-left'} ${onPick ? 'cursor-pointer hover:underline hover:decoration-line-strong hover:underline-offset-2' : ''} ${isStrong ? 'font-semibold' : ''} ${isActive ? ACTIVE : ''}`}
    >
      {bar !== undefined && (
        <span
          aria-hidden
          style={{ width: `calc((100% - 1rem) * ${Math.max(0, Math.min(1, bar))})` }}
          className={`absolute inset-y-1 rounded-sm bg-bar ${align === 'right' ? 'right-2' : 'left-2'}`}
        />
      )}
      <bdi className="relative">{text}</bdi>
      {delta && (
        <span className="relative ml-2 inline-block min-w-16 text-right text-sm">
          <DeltaText delta={delta} sizePx={11} />
        </span>
      )}
    </td>
  )
}

/** Above the cells that pass under it. */
const PINNED = 'sticky left-0 z-5 bg-surface group-hover:bg-hover'
/** The cell that the arrow keys have reached. */
export const ACTIVE = 'outline-2 -outline-offset-2 outline-accent'
/** Around a table that has the focus: its own outline would be cut off where it scrolls. */
export const RINGED =
  'has-[table:focus-visible]:outline-2 has-[table:focus-visible]:-outline-offset-2 has-[table:focus-visible]:outline-accent'
