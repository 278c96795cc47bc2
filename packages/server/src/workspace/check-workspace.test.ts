import { column, count, defineCube } from '@almanac/core/cubes/define-cube.ts'
import { expect, test } from 'vitest'
import { checkWorkspace, errorsIn } from './check-workspace.ts'
import type { LoadedFile } from './load-files.ts'
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
  expect(check(file('cubes/a.ts'), file('endpoints/a.ts')).errors).toEqual([
    'cubes/a.ts: expected an export default of a cube, as defineCube(…) makes it',
    'endpoints/a.ts: expected an export default of an endpoint, as defineEndpoint(…) makes it',
  ])
})
