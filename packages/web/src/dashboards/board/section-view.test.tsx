import { Board, type Widget } from '@almanac/core/boards/board.ts'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { BoardWidget } from './board-widget.tsx'
import { SectionView } from './section-view.tsx'

const sectionOf = (more: object) => {
  const section = Board.parse({
    title: 'Shop',
    tabs: [
      {
        id: 'main',
        title: '',
        sections: [
          {
            id: 's',
            widgets: [{ id: 'w', place: { x: 0, y: 0, w: 8, h: 4 }, chart: { kind: 'text', text: 'Hello' } }],
            ...more,
          },
        ],
      },
    ],
  }).tabs[0]?.sections[0]
  if (!section) throw new Error('there is a section')
  return section
}

const renderWidget = (widget: Widget) => <BoardWidget widget={widget} />

test('what is folded away is not there, and so asks nothing', () => {
  // A widget outside of its board would throw: none is drawn.
  const html = renderToStaticMarkup(
    <SectionView
      section={sectionOf({ title: 'Money <b>' })}
      isOpen={false}
      onToggle={() => undefined}
      renderWidget={renderWidget}
    />,
  )
  expect(html).toContain('aria-expanded="false"')
  expect(html).toContain('1 widget')
  expect(html).toContain('Money &lt;b&gt;')
  expect(html).not.toContain('data-widget')
})

test('a widget that is open needs its board', () => {
  const open = () =>
    renderToStaticMarkup(
      <SectionView section={sectionOf({})} isOpen={true} onToggle={() => undefined} renderWidget={renderWidget} />,
    )
  expect(open).toThrow('a widget lies on no board')
})
