import type { Board } from '@almanac/core/boards/board.ts'
import { memo, type ReactElement } from 'react'
import { Tabs } from '../../ui/tabs.tsx'
import { EmptyNote } from '../../widgets/widget-notes.tsx'
import { useBoard } from './board-context.ts'
import { changed } from './board-search.ts'
import { useOpenSections } from './open-sections.ts'
import { SectionView } from './section-view.tsx'

/**
 * The tabs and sections of a board; only what is open and in sight asks. Drawn again when the board or a choice changes, not
 * each time that figures come.
 */
export const BoardBody = memo(function BoardBody(): ReactElement {
  const { board, search, go } = useBoard()
  const [first] = board.tabs
  const tab = board.tabs.find(({ id }) => id === search.tab) ?? first
  if (!tab) return <EmptyBoard />
  const sections = <Sections key={tab.id} tab={tab} />
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
})

function Sections({ tab }: { tab: Board['tabs'][number] }): ReactElement {
  const { slug } = useBoard()
  const { isOpen, toggle } = useOpenSections(slug)
  if (tab.sections.every(({ widgets }) => widgets.length === 0)) return <EmptyBoard />
  return (
    <div className="flex flex-col gap-4">
      {tab.sections.map((section) => (
        <SectionView key={section.id} section={section} isOpen={isOpen(section)} onToggle={() => toggle(section)} />
      ))}
    </div>
  )
}

function EmptyBoard(): ReactElement {
  return (
    <div className="card h-64">
      <EmptyNote title="There is nothing on this board yet">
        <p>Edit it to add the first widget.</p>
      </EmptyNote>
    </div>
  )
}
