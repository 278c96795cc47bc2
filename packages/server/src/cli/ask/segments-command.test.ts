import { PAGES, SESSIONS } from '@almanac/core/segments/testing/two-cubes.ts'
import { afterEach, expect, test } from 'vitest'
import { buildTestApp, LOCAL_TOKEN, type TestApp } from '../../http/test-app.ts'
import { memorySegments, testSegment } from '../../segments/testing/memory-segments.ts'
import { captured } from '../testing/captured.ts'
import { segmentsCommand } from './segments-command.ts'

let tested: TestApp | undefined
afterEach(() => tested?.app.close())

/** Runs the command against the real routes over segments in memory. */
async function run(args: string[], segments = memorySegments(), input = '') {
  tested = await buildTestApp({ segments, cubes: () => [PAGES, SESSIONS] })
  const url = await tested.app.listen({ port: 0, host: '127.0.0.1' })
  const { printed, deps } = captured(url, { token: LOCAL_TOKEN, input })
  const command = segmentsCommand(deps)
  for (const child of command.commands) child.exitOverride().configureOutput({ writeErr: deps.stderr })
  await command.parseAsync(args, { from: 'user' })
  return printed
}

const filterOf = async (segments: ReturnType<typeof memorySegments>) => (await segments.list())[0]?.filter

test('several filters all hold, and several values of one dimension mean either', async () => {
  const segments = memorySegments()
  const filters = ['--filter', 'browser=Firefox', '--filter', 'browser=Chrome', '--filter', 'status!=404']
  const { stderr, stdout } = await run(
    ['set', 'readers', ...filters, '--cube', 'pages', '--label', 'Readers'],
    segments,
  )

  expect([stdout, stderr]).toEqual(['', 'The segment readers is set.\n'])
  expect(await segments.list()).toMatchObject([
    {
      name: 'readers',
      label: 'Readers',
      cube: 'pages',
      filter: {
        and: [
          { dimension: 'browser', op: 'in', values: ['Firefox', 'Chrome'] },
          { dimension: 'status', op: 'not_in', values: ['404'] },
        ],
      },
    },
  ])
})

test('one filter stands alone, and JSON comes from the flag or from standard input', async () => {
  const segments = memorySegments()
  await run(['set', 'a', '--filter', 'browser~fox'], segments)
  expect(await filterOf(segments)).toEqual({ dimension: 'browser', op: 'contains', values: ['fox'] })

  await run(['set', 'a', '--json', '{"not":{"dimension":"browser","op":"empty"}}'], segments)
  expect(await filterOf(segments)).toEqual({ not: { dimension: 'browser', op: 'empty' } })

  await run(['set', 'a', '--json', '-'], segments, '{"dimension":"browser","op":"empty"}')
  expect(await filterOf(segments)).toEqual({ dimension: 'browser', op: 'empty' })
})

test.each([
  { args: ['set', 'a'], words: 'expected either --filter or --json' },
  { args: ['set', 'a', '--filter', 'b=1', '--json', '{}'], words: 'expected either --filter or --json' },
  { args: ['set', 'a', '--json', '{'], words: 'The filter is no JSON' },
  { args: ['set', 'a', '--filter', '=1'], words: 'Expected something such as' },
])('$args is refused', async ({ args, words }) => {
  await expect(run(args)).rejects.toThrow(words)
})

test('the list has the cubes that each fits, or the reason why it fits none', async () => {
  const lost = testSegment({ name: 'lost', filter: { dimension: 'plan', op: 'empty' } })
  const { stdout } = await run(['list'], memorySegments([testSegment(), lost]))
  expect(stdout).toMatch(
    /firefox +Firefox +pages, sessions +\{"dimension":"browser","op":"in","values":\["Firefox"\]\}/,
  )
  expect(stdout).toMatch(/lost .*none: the cube pages has no dimension "plan"/)

  const ofOne = await run(['list', '--cube', 'pages'], memorySegments([testSegment(), lost]))
  expect(ofOne.stdout).not.toContain('lost')
})

test('a segment is removed', async () => {
  const segments = memorySegments([testSegment()])
  expect((await run(['remove', 'firefox'], segments)).stderr).toBe('The segment firefox is removed.\n')
  expect(await segments.list()).toEqual([])
})
