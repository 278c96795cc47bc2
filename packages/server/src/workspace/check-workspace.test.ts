import { column, count, defineCube } from '@almanac/core/cubes/define/define-cube.ts'
import { expect, test } from 'vitest'
import { checkWorkspace, errorsIn } from './check-workspace.ts'
import type { LoadedFile } from './files/load-files.ts'
import { pipelineEndpoint } from './testing/pipeline-endpoint.ts'
import { workspaceErrorText } from './workspace-error.ts'

const NOW = Temporal.Instant.from('2026-01-15T12:00:00Z')

const cube = (name: string) =>
  defineCube({
    name,
    base: { table: 'events', time: 'timestamp' },
    dimensions: { country: column('country') },
    measures: { leads: count() },
  })

const file = (name: string, ...values: unknown[]): LoadedFile => ({
  file: name,
  exports: values.map((value, i) => ({ name: i === 0 ? 'default' : `other${i}`, json: JSON.stringify(value) })),
  errors: [],
})
const endpoint = (change = {}) => pipelineEndpoint(change).definition

function check(...files: LoadedFile[]) {
  const content = checkWorkspace(files, [cube('web')], NOW)
  return { content, errors: errorsIn(content).map(workspaceErrorText) }
}

test('definitions are taken with the files that they are in', () => {
  const { content, errors } = check(
    file('cubes/a.ts', cube('leads'), cube('mqls')),
    file('endpoints/pipeline.ts', endpoint()),
  )

  expect(errors).toEqual([])
  expect(content.cubes.map(({ file, definition }) => `${file} ${definition.name}`)).toEqual([
    'cubes/a.ts leads',
    'cubes/a.ts mqls',
  ])
  expect(content.files).toEqual([
    {
      file: 'cubes/a.ts',
      defines: [
        { kind: 'cube', name: 'leads' },
        { kind: 'cube', name: 'mqls' },
      ],
      errors: [],
    },
    { file: 'endpoints/pipeline.ts', defines: [{ kind: 'endpoint', name: '/pipeline/{period}' }], errors: [] },
  ])
})

test('what a file brings is checked here again, and told with the export and the place in it', () => {
  const { errors } = check(file('cubes/a.ts', { ...cube('leads'), measures: {} }, { ...cube('mqls'), name: 'x; DROP' }))

  expect(errors.length).toBeGreaterThan(0)
  expect(errors.join('\n')).toMatch(/^cubes\/a\.ts: default\.measures: /m)
  expect(errors.join('\n')).toMatch(/^cubes\/a\.ts: other1\.name: /m)
})

test('a name that is taken is an error that names the other place', () => {
  const { errors } = check(
    file('cubes/a.ts', cube('web')),
    file('cubes/b.ts', cube('leads')),
    file('cubes/c.ts', cube('leads')),
    file('endpoints/a.ts', endpoint()),
    file('endpoints/b.ts', endpoint({ path: '/pipeline/{period}' })),
  )

  expect(errors).toEqual([
    'cubes/a.ts: expected another name for this cube: "web" comes with Almanac',
    'cubes/c.ts: expected another name for this cube: "leads" is in cubes/b.ts, too',
    'endpoints/b.ts: expected another path for this endpoint: endpoints/a.ts has /pipeline/{period}, too',
  ])
})

test('an endpoint that asks for what no cube has is an error', () => {
  expect(check(file('endpoints/a.ts', endpoint())).errors).toEqual([
    'endpoints/a.ts: queries.figures.cube: there is no cube "leads": expected one of web',
  ])
  const figures = { cube: 'web', measures: ['mqls'], dimensions: ['city'], from: '2026-01-01', to: '2026-02-01' }
  const asking = endpoint({ path: '/x', parameters: {}, queries: { figures }, answer: 1 })
  expect(check(file('endpoints/a.ts', asking)).errors.toSorted()).toEqual([
    expect.stringMatching(/^endpoints\/a\.ts: queries\.figures\.dimensions\.0: .*no dimension "city"/),
    expect.stringMatching(/^endpoints\/a\.ts: queries\.figures\.measures\.0: .*no measure "mqls"/),
  ])
})

test('an endpoint is not blamed for the cube whose file is wrong', () => {
  const broken: LoadedFile = {
    file: 'cubes/a.ts',
    exports: [],
    errors: [{ file: 'cubes/a.ts', line: 3, message: 'boom' }],
  }

  expect(check(broken, file('endpoints/a.ts', endpoint())).errors).toEqual(['cubes/a.ts:3: boom'])
})

test('a file that exports nothing is an error', () => {
  const empty = ['cubes/a.ts', 'endpoints/a.ts', 'boards/a.ts', 'segments/a.ts'].map((name) => file(name))
  expect(check(...empty).errors).toEqual([
    'cubes/a.ts: expected an export default of a cube, as defineCube(…) makes it',
    'endpoints/a.ts: expected an export default of an endpoint, as defineEndpoint(…) makes it',
    'boards/a.ts: expected an export default of a board, as defineBoard(…) makes it',
    'segments/a.ts: expected an export default of a segment, as defineSegment(…) makes it',
  ])
})

const german = { filter: { dimension: 'country', values: ['DE'] } }

test('a segment has the name of its file or its export, or the one that it gives itself', () => {
  const exports = [
    ['default', german],
    ['oldCustomers', { ...german, label: 'Old ones' }],
    ['more[0]', { ...german, name: 'own_name' }],
  ] as const
  const { content, errors } = check({
    file: 'segments/german.ts',
    exports: exports.map(([name, value]) => ({ name, json: JSON.stringify(value) })),
    errors: [],
  })

  expect(errors).toEqual([])
  expect(content.segments.map(({ definition: { name, label } }) => [name, label])).toEqual([
    ['german', 'german'],
    ['old-customers', 'Old ones'],
    ['own_name', 'own_name'],
  ])
  expect(content.files[0]?.defines).toContainEqual({ kind: 'segment', name: 'german' })
})

test('everything that is wrong with segments is told at once, each with its place', () => {
  const { errors } = check(
    file('segments/a.ts', { filter: { dimension: 'plan', op: 'empty' } }),
    file('segments/b.ts', { ...german, cube: 'sales' }),
  )
  expect(errors).toEqual([
    expect.stringMatching(/^segments\/a\.ts: a\.filter\.dimension: the cube web has no dimension "plan"/),
    'segments/b.ts: b.cube: there is no cube "sales": expected one of web',
  ])
  expect(
    check(
      file('segments/a.ts', { ...german, colour: 'red' }, { ...german, name: 'No name' }),
      file('segments/b.ts', { ...german, name: 'b' }),
      file('segments/c.ts', { ...german, name: 'b' }),
    ).errors,
  ).toEqual([
    expect.stringMatching(/^segments\/a\.ts: default: expected nothing by the name of "colour"/),
    expect.stringMatching(/^segments\/a\.ts: other1\.name: expected 1 to 63/),
    'segments/c.ts: expected another name for this segment: segments/b.ts has "b", too',
  ])
})

test('a segment may be for a cube of the same workspace', () => {
  const leads = { ...german, cube: 'leads' }
  expect(check(file('cubes/leads.ts', cube('leads')), file('segments/a.ts', leads)).errors).toEqual([])
})

const board = (title: string, cube = 'web') => {
  const place = { x: 0, y: 0, w: 12, h: 6 }
  const data = [{ from: 'cube', cube, measures: ['leads'] }]
  const widgets = [{ id: 'w', place, chart: { kind: 'line' }, data }]
  return { title, tabs: [{ id: 'main', title: 'Main', sections: [{ id: 'all', widgets }] }] }
}

test('a board is at the name of its file, others by the names of their exports', () => {
  const loaded: LoadedFile = {
    file: 'boards/Our sales.ts',
    exports: ['default', 'salesByCountry', 'more[0]'].map((name) => ({ name, json: JSON.stringify(board('Sales')) })),
    errors: [],
  }
  const { content, errors } = check(loaded)

  expect(errors).toEqual([])
  expect(content.boards.map(({ file, definition: { slug } }) => `${file} ${slug}`)).toEqual([
    'boards/Our sales.ts our-sales',
    'boards/Our sales.ts sales-by-country',
    'boards/Our sales.ts more-0',
  ])
  expect(content.boards[0]?.definition.board).toMatchObject({ title: 'Sales', range: '28d' })
  expect(content.files[0]?.defines).toContainEqual({ kind: 'board', name: 'sales-by-country' })
})

test('two boards of one address are an error, and so is one that asks for what no cube has', () => {
  expect(check(file('boards/a-b.ts', board('A')), file('boards/a b.ts', board('B'))).errors).toEqual([
    'boards/a b.ts: expected another name for this board: boards/a-b.ts has the address a-b, too',
  ])
  expect(check(file('boards/a.ts', board('A', 'gone'))).errors).toEqual([
    'boards/a.ts: tabs.0.sections.0.widgets.0.data.0.cube: there is no cube "gone": expected one of web',
  ])
  expect(check(file('boards/a.ts', board('A', 'mqls')), file('cubes/mqls.ts', cube('mqls'))).errors).toEqual([])
})

test('everything that is wrong with the form of a board is told with its export', () => {
  expect(check(file('boards/a.ts', { ...board(''), range: 7 })).errors).toEqual([
    'boards/a.ts: default.title: expected a title',
    'boards/a.ts: default.range: expected text, got 7',
  ])
})
