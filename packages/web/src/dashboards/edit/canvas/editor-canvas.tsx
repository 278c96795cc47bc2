import type { Board, Tab, Widget } from '@almanac/core/boards/board.ts'
import { type ReactElement, useCallback, useMemo } from 'react'
import type { NoticeText } from '../../../ui/notice.tsx'
import {
  moveSection,
  moveTab,
  removeSection,
  removeTab,
  renameSection,
  renameTab,
  sectionsOf,
  setCollapsed,
} from '../changes/board-edits.ts'
import type { BoardHistory } from '../changes/use-board-history.ts'
import { addWidget, placeWidgets } from '../changes/widget-edits.ts'
import { useEditorWorld } from '../editor-context.ts'
import { withUsualFilters } from '../kinds/usual-filters.ts'
import { DEFAULT_TITLE } from '../start/empty-board.ts'
import { StartCard } from '../start/start-card.tsx'
import { starterWidgets } from '../start/starter.ts'
import { type SectionActions, SectionEditor } from './section-editor.tsx'
import { TabStrip } from './tab-strip.tsx'
import { type WidgetActions, WidgetFrame } from './widget-frame.tsx'

interface Props {
  readonly board: Board
  readonly tab: Tab
  readonly chosenId: string | undefined
  readonly history: BoardHistory
  readonly widgetActions: WidgetActions
  readonly onTab: (id: string) => void
  readonly onAddTab: () => void
  readonly onAdd: (sectionId: string) => void
  readonly onNotice: (notice: NoticeText) => void
}

/** The tabs and sections of the board, each with what can be done with it. */
export function EditorCanvas(props: Props): ReactElement {
  const { board, tab, history, onTab, onAddTab, onNotice } = props
  const { change } = history
  const sections = <Sections {...props} />
  if (board.tabs.length === 1) return sections
  return (
    <TabStrip
      tabs={board.tabs}
      chosen={tab}
      onChoose={onTab}
      onRename={(id, title) => change((now) => renameTab(now, id, title))}
      onMove={(id, by) => change((now) => moveTab(now, id, by))}
      onRemove={(id) => {
        change((now) => removeTab(now, id))
        onNotice({ text: `The tab “${tab.title}” is deleted.`, canUndo: true })
      }}
      onAdd={onAddTab}
    >
      {sections}
    </TabStrip>
  )
}

function Sections({ board, tab, chosenId, history, widgetActions, onAdd, onNotice }: Props): ReactElement {
  const world = useEditorWorld()
  const { cubes } = world
  const { change } = history
  const renderWidget = useCallback(
    (widget: Widget) => <WidgetFrame widget={widget} isChosen={widget.id === chosenId} actions={widgetActions} />,
    [chosenId, widgetActions],
  )
  const actions = useMemo<SectionActions>(
    () => ({
      onRename: (id, title) => change((now) => renameSection(now, id, title), `${id} title`),
      onCollapsed: (id, isCollapsed) => change((now) => setCollapsed(now, id, isCollapsed)),
      onMove: (id, by) => change((now) => moveSection(now, id, by)),
      onRemove: (id) => {
        change((now) => removeSection(now, id))
        onNotice({ text: 'The section is deleted with its widgets.', canUndo: true })
      },
      onAdd,
      onPlaces: (id, places) => change((now) => placeWidgets(now, id, places)),
    }),
    [change, onAdd, onNotice],
  )
  const [first] = tab.sections
  const isEmpty = sectionsOf(board).every(({ widgets }) => widgets.length === 0)
  if (isEmpty && first && tab.sections.length === 1) {
    return (
      <StartCard
        cubes={cubes}
        onAdd={() => onAdd(first.id)}
        onStart={(cube) => {
          change((now) => {
            const drafts = starterWidgets(cube).map((widget) => ({
              ...widget,
              data: widget.data.map((one) => withUsualFilters(one, cubes, world)),
            }))
            const filled = drafts.reduce((made, widget) => addWidget(made, first.id, widget).board, now)
            return now.title === DEFAULT_TITLE ? { ...filled, title: cube.label } : filled
          })
          // On a phone, the card of the cube may lie far down.
          scrollTo({ top: 0 })
        }}
      />
    )
  }
  return (
    <div className="flex flex-col gap-6">
      {tab.sections.map((section, i) => (
        <SectionEditor
          key={section.id}
          section={section}
          isFirst={i === 0}
          isLast={i === tab.sections.length - 1}
          actions={actions}
          renderWidget={renderWidget}
        />
      ))}
    </div>
  )
}
