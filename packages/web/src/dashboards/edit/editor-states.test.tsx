import { Board } from '@almanac/core/boards/board.ts'
import { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { BoardSketch } from '../versions/board-sketch.tsx'
import { OptionInput } from './chart/option-field.tsx'
import { asKind } from './chart/spec-edits.ts'
import { EditorWorldProvider, NO_CURRENCIES } from './editor-context.ts'
import { FilterRows } from './forms/filter-rows.tsx'
import { knownColumns } from './kinds/columns-of-data.ts'
import { newCubeData } from './kinds/fitting-data.ts'
import { KIND_NAMES, KINDS } from './kinds/kind-catalogue.ts'
import { KindGallery } from './kinds/kind-gallery.tsx'
import { KIND_OPTIONS } from './kinds/kind-options.ts'
import { KindPicture } from './kinds/kind-picture.tsx'
import { LeftNote } from './saving/left-note.tsx'
import { SaveButton } from './saving/save-button.tsx'
import { StartCard } from './start/start-card.tsx'
import { KNOWN_CUBES, knownCube } from './testing/known-cubes.ts'

const nothing = () => undefined
const html = (element: ReactElement) => renderToStaticMarkup(element)
const scope = {
  from: '2026-01-01T00:00:00Z',
  to: '2026-02-01T00:00:00Z',
  grain: 'day' as const,
  timezone: 'UTC',
  firstDayOfWeek: 1,
  compare: [],
  filters: [],
  variables: {},
}
const board = Board.parse({
  title: 'Shop',
  tabs: [
    {
      id: 'a',
      title: 'Main',
      sections: [
        {
          id: 'b',
          title: '<b>Top</b>',
          widgets: [
            { id: 'low', title: 'Low', place: { x: 0, y: 4, w: 6, h: 4 }, chart: { kind: 'text', text: '' } },
            { id: 'high', title: '<img src=x>', place: { x: 0, y: 0, w: 6, h: 4 }, chart: { kind: 'line' } },
          ],
        },
      ],
    },
  ],
})

test.each(KIND_NAMES)('%s has a picture', (kind) => {
  expect(html(<KindPicture kind={kind} />)).toMatch(/<(rect|circle|polygon|path|polyline)/)
})

describe('the gallery', () => {
  const gallery = html(
    <KindGallery
      offers={[
        { kind: 'line', fit: 'fits' },
        { kind: 'pie', fit: 'adapts', reason: 'with channel' },
        { kind: 'world_map', fit: 'never', reason: 'Needs countries' },
      ]}
      onPick={nothing}
    />,
  )

  test('says what a kind that does not fit lacks, and does not offer it', () => {
    const [button = ''] = /<button[^>]*>(?:(?!<button).)*Needs countries.*?<\/button>/s.exec(gallery) ?? []
    expect(button).toContain('World map')
    expect(button).toContain('disabled=""')
  })

  test('offers what fits before what needs a change', () => {
    expect(gallery.indexOf('>Line<')).toBeLessThan(gallery.indexOf('>Pie<'))
    expect(gallery).toContain('with channel')
  })
})

describe.each(KIND_NAMES)('the form of %s', (kind) => {
  test('has a control with a name for each option', () => {
    const data = [newCubeData('web', { measures: ['hits', 'visitors'], dimensions: ['path'], isOverTime: true })]
    const columns = knownColumns(data, KNOWN_CUBES, undefined)
    const chart = asKind(ChartSpec.parse({ kind: 'line' }), kind)
    for (const field of KIND_OPTIONS[kind]) {
      const form = html(
        <OptionInput field={field} chart={chart} columns={columns} problem="Not so." onChange={nothing} />,
      )
      expect(form).toContain(field.label)
      if (field.type !== 'switch') expect(form).toContain('Not so.')
    }
  })
})

describe('filters', () => {
  const rows = (filters: Parameters<typeof FilterRows>[0]['filters']) =>
    html(
      <EditorWorldProvider value={{ cubes: KNOWN_CUBES, scope, variables: [], currencies: NO_CURRENCIES }}>
        <FilterRows filters={filters} cube={knownCube('web')} onChange={nothing} />
      </EditorWorldProvider>,
    )

  test('are named as the cube names its dimensions', () => {
    expect(rows([{ dimension: 'path', op: 'in', values: ['/a'] }])).toContain('>Page<')
  })

  test('that are joined are said in words', () => {
    const both = rows([
      {
        or: [
          { dimension: 'path', op: 'empty' },
          { dimension: 'os', op: 'in', values: ['<b>'] },
        ],
      },
    ])
    expect(both).toContain('Page is empty or System is &lt;b&gt;')
  })
})

test('an empty board offers a first draft about every cube', () => {
  const card = html(<StartCard cubes={KNOWN_CUBES} onStart={nothing} onAdd={nothing} />)
  for (const { label } of KNOWN_CUBES) expect(card).toContain(`>${label}<`)
})

test('changes of an earlier visit are offered, and whether the board was saved since', () => {
  const draft = { board, version: 1, changedAt: '2026-01-01T10:00:00Z' }
  const note = html(<LeftNote draft={draft} isOutdated onTake={nothing} onDrop={nothing} />)
  expect(note).toContain('2026')
  expect(note).toContain('The board itself was saved since.')
  expect(html(<LeftNote draft={draft} isOutdated={false} onTake={nothing} onDrop={nothing} />)).not.toContain('since')
})

test.each([
  { state: { isNew: true, isChanged: false, isSaving: false }, says: 'Save' },
  { state: { isNew: false, isChanged: false, isSaving: false }, says: 'Saved' },
  { state: { isNew: false, isChanged: true, isSaving: false }, says: 'Save' },
  { state: { isNew: false, isChanged: true, isSaving: true }, says: 'Saving…' },
])('the button says $says for $state', ({ state, says }) => {
  const button = html(<SaveButton {...state} onSave={nothing} />)
  expect(button).toContain(`>${says}<`)
  expect(button.includes('disabled=""')).toBe(!state.isChanged || state.isSaving)
})

test('a sketch of a board shows its widgets by name, never as HTML', () => {
  const sketch = html(<BoardSketch board={board} />)
  expect(sketch).toContain('&lt;img src=x&gt;')
  expect(sketch).toContain('&lt;b&gt;Top&lt;/b&gt;')
  expect(sketch).not.toContain('<img')
})

test('every kind has a name of its own', () => {
  const labels = KIND_NAMES.map((kind) => KINDS[kind].label)
  expect(new Set(labels).size).toBe(labels.length)
})
