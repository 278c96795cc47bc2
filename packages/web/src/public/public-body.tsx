import type { Widget } from '@almanac/core/boards/board.ts'
import type { ReactElement } from 'react'
import { changed } from '../dashboards/board/board-search.ts'
import { useOpenSections } from '../dashboards/board/open-sections.ts'
import { SectionView } from '../dashboards/board/section-view.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { EmptyNote } from '../widgets/widget-notes.tsx'
import { usePublicBoard } from './public-context.ts'
import { PublicWidget } from './public-widget.tsx'

/** The tabs and sections of a shared board; only what is open and in sight asks. */
export function PublicBody(): ReactElement {
  const { board, search, go, token } = usePublicBoard()
  const { isOpen, toggle } = useOpenSections(`public.${token.slice(0, 12)}`)
  const [first] = board.tabs
  const tab = board.tabs.find(({ id }) => id === search.tab) ?? first
  const sections = tab?.sections ?? []
  const content = sections.every(({ widgets }) => widgets.length === 0) ? (
    <div className="card h-64">
      <EmptyNote title="There is nothing on this board yet" />
    </div>
  ) : (
    <div key={tab?.id} className="flex flex-col gap-4">
      {sections.map((section) => (
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
  if (!tab || board.tabs.length === 1) return content
  return (
    <Tabs
      label="Tabs of the board"
      value={tab.id}
      tabs={board.tabs.map(({ id, title }) => ({ id, label: title || 'Untitled' }))}
      onChange={(id) => go(changed(search, { tab: id === first?.id ? undefined : id }))}
    >
      {content}
    </Tabs>
  )
}

// The same function for ever: a grid draws its widgets again only when they have changed.
const renderWidget = (widget: Widget) => <PublicWidget widget={widget} />
