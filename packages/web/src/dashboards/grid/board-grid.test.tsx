import { Board } from '@almanac/core/boards/board.ts'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { BoardGrid } from './board-grid.tsx'

const at = (id: string, x: number, y: number) => ({
  id,
  place: { x, y, w: 6, h: 4 },
  chart: { kind: 'text' as const, text: '' },
})
const board = Board.parse({
  title: 'Shop',
  tabs: [{ id: 't', title: '', sections: [{ id: 's', widgets: [at('c', 0, 4), at('b', 6, 0), at('a', 0, 0)] }] }],
})
const section = board.tabs[0]?.sections[0]

test('a reader’s grid is plain CSS, in reading order', () => {
  if (!section) throw new Error('the board has a section')
  const html = renderToStaticMarkup(
    <BoardGrid section={section} isEditing={false} renderWidget={({ id }) => <p>{id}</p>} />,
  )
  expect([...html.matchAll(/data-widget="(\w)"/g)].map(([, id]) => id)).toEqual(['a', 'b', 'c'])
  expect(html).toContain('--column:7 / span 6')
  expect(html).toContain('--rows:5 / span 4')
  // Four rows of 36 pixels and the three gaps between them: what it takes on a phone.
  expect(html).toContain('--height:180px')
})
