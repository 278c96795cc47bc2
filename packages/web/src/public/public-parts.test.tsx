import { Board } from '@almanac/core/boards/board.ts'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { readerChoice } from '../dashboards/board/choice/reader-choice.ts'
import { PublicHeader } from './public-header.tsx'
import { PublicToolbar } from './public-toolbar.tsx'
import { shownWords } from './shown-words.ts'

const BOARD = Board.parse({
  title: 'Shop <b>',
  description: 'How it goes',
  compare: [{ with: 'previous_year' }],
  tabs: [{ id: 'main', title: '', sections: [{ id: 's' }] }],
})
const AT = Temporal.Instant.from('2026-11-18T09:42:07Z')
const CHOICE = readerChoice(BOARD, {}, AT, 'Europe/Berlin', null)
const WORDS = shownWords(CHOICE, CHOICE.scope, AT.toString(), 'en-GB')

test('a shared board says what it shows, and as of when', () => {
  expect(WORDS.range.replaceAll('\u2009', ' ')).toBe('Last 28 days, 22 Oct – 18 Nov 2026, Europe/Berlin')
  expect(WORDS).toMatchObject({ compared: 'Compared with previous year', asOf: 'as of 10:42:07' })
  expect(shownWords(CHOICE, undefined, AT.toString())).toEqual({ range: '', compared: '', asOf: '' })
})

test('where the reader chooses nothing there is no toolbar, and the words stand on the page', () => {
  const toolbar = (allow: readonly string[]) =>
    renderToStaticMarkup(
      <PublicToolbar token="t" board={BOARD} allow={allow} choice={CHOICE} search={{}} onChange={() => undefined} />,
    )
  expect(toolbar([])).toBe('')
  expect(toolbar(['grain'])).toContain('Grain')
  expect(toolbar(['grain'])).not.toContain('Range')
  expect(toolbar(['range'])).toContain('Range')
  expect(toolbar(['compare'])).toContain('Comparison')
})

test('the header takes the title for text', () => {
  const html = renderToStaticMarkup(<PublicHeader board={BOARD} words={WORDS} allow={[]} onPrint={() => undefined} />)
  expect(html).toContain('Shop &lt;b&gt;')
  expect(html).toContain('Compared with previous year')
})
