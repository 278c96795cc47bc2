import type { Widget } from '@almanac/core/boards/board.ts'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { useKnownCubes } from '../../../api/use-known-cubes.ts'
import { widgetAnswerQuery } from '../../../api/widget-answers.ts'
import type { ReaderChoice } from '../../board/choice/reader-choice.ts'
import type { BoardHistory } from '../changes/use-board-history.ts'
import { changeWidget } from '../changes/widget-edits.ts'
import { WidgetPanel } from './widget-panel.tsx'

interface Props {
  readonly widget: Widget
  readonly slug: string | undefined
  readonly choice: ReaderChoice
  readonly history: BoardHistory
  readonly onDuplicate: () => void
  readonly onRemove: () => void
  readonly onClose: () => void
}

/** The panel with the answer that the widget on the board has already asked for: it is the same question. */
export function ChosenPanel({ widget, slug, choice, history, ...actions }: Props): ReactElement {
  const { board, change } = history
  const { scope } = choice
  const cubes = useKnownCubes()
  const ask = useMemo(
    () => ({ ...(slug !== undefined && { board: slug }), scope, data: widget.data, variables: board.variables, cubes }),
    [slug, scope, widget.data, board.variables, cubes],
  )
  const { data } = useQuery({ ...widgetAnswerQuery(ask), enabled: widget.data.length > 0 })
  return (
    <WidgetPanel
      widget={widget}
      answer={widget.data.length > 0 ? data : undefined}
      onChange={(next, step) => change((now) => changeWidget(now, widget.id, () => next), step)}
      {...actions}
    />
  )
}
