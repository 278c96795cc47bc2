import type { Board, Widget } from '@almanac/core/boards/board.ts'
import type { ReactElement } from 'react'
import { Tabs } from '../../../ui/tabs.tsx'
import { type BoardSearch, changed } from '../choice/board-search.ts'
import { useOpenSections } from '../open-sections.ts'
import { SectionView } from '../section-view.tsx'

interface Props {
  readonly board: Board
  readonly search: BoardSearch
  readonly go: (search: BoardSearch) => void
  /** Under which this browser remembers the sections that are folded away. */
  readonly keptAs: string | undefined
  /** Keep it the same while nothing changes: a grid draws its widgets again only when they have changed. */
  readonly renderWidget: (widget: Widget) => ReactElement
  /** What stands where there are no widgets. */
  readonly empty: ReactElement
}

/** The tabs and sections of a board; only what is open and in sight asks. */
export function BoardTabs({ board, search, go, ...shown }: Props): ReactElement {
  const [first] = board.tabs
  const tab = board.tabs.find(({ id }) => id === search.tab) ?? first
  if (!tab) return shown.empty
  const sections = <Sections key={tab.id} tab={tab} {...shown} />
  if (board.tabs.length === 1) return sections
  return (
    <Tabs
      label="Tabs of the board"
      value={tab.id}
      tabs={board.tabs.map(({ id, title }) => ({ id, label: title || 'Untitled' }))}
      onChange={(id) => go(changed(search, { tab: id === first?.id ? undefined : id }))}
    >
      {sections}
    </Tabs>
  )
}

interface SectionsProps extends Pick<Props, 'keptAs' | 'renderWidget' | 'empty'> {
  readonly tab: Board['tabs'][number]
}

function Sections({ tab, keptAs, renderWidget, empty }: SectionsProps): ReactElement {
  const { isOpen, toggle } = useOpenSections(keptAs)
  if (tab.sections.every(({ widgets }) => widgets.length === 0)) return empty
  return (
    <div className="flex flex-col gap-4">
      {tab.sections.map((section) => (
        <SectionView
          key={section.id}
          section={section}
          isOpen={isOpen(section)}
          onToggle={() => toggle(section)}
          renderWidget={renderWidget}
        />
      ))}
    </div>
  )
}
