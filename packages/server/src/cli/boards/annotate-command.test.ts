import { afterEach, expect, test, vi } from 'vitest'
import type { AnnotationFields } from '../../boards/annotations/annotation-store.ts'
import { noBoards } from '../../boards/testing/no-boards.ts'
import { buildTestApp, LOCAL_TOKEN, type TestApp } from '../../http/test-app.ts'
import { captured } from '../testing/captured.ts'
import { annotateCommand } from './annotate-command.ts'

let tested: TestApp | undefined
afterEach(() => {
  vi.unstubAllEnvs()
  return tested?.app.close()
})

/** Runs the command against the real routes; answers with what was entered, too. */
async function run(...args: string[]) {
  const entered: AnnotationFields[] = []
  const { annotations } = noBoards()
  tested = await buildTestApp({
    annotations: {
      ...annotations,
      make: async (fields) => {
        entered.push(fields)
        return { ...fields, id: 'the-id', by: 'Command line' }
      },
    },
  })
  const url = await tested.app.listen({ port: 0, host: '127.0.0.1' })
  const { printed, deps } = captured(url, { token: LOCAL_TOKEN })
  const command = annotateCommand(deps)
  command.exitOverride().configureOutput({ writeErr: deps.stderr })
  await command.parseAsync(args, { from: 'user' })
  return { ...printed, entered }
}

test('with a title alone, it happened now and on all boards', async () => {
  const { stdout, stderr, entered } = await run('Deploy 1.4')
  expect([stdout, stderr]).toEqual(['the-id\n', 'Noted at 2026-01-15T12:00:00.000Z.\n'])
  expect(entered).toEqual([
    { title: 'Deploy 1.4', at: new Date('2026-01-15T12:00:00Z'), until: null, text: '', tags: [], board: null },
  ])
})

test('times without a zone are of this machine, and tags have commas between', async () => {
  vi.stubEnv('TZ', 'Europe/Berlin')
  const flags = [
    '--at',
    '2026-03-01',
    '--until',
    '2026-07-15T08:30',
    '--tags',
    'a, b',
    '--text',
    'x',
    '--board',
    'sales',
  ]
  expect((await run('Sale', ...flags)).entered).toEqual([
    {
      title: 'Sale',
      at: new Date('2026-02-28T23:00:00Z'),
      until: new Date('2026-07-15T06:30:00Z'),
      text: 'x',
      tags: ['a', 'b'],
      board: 'sales',
    },
  ])
})

test('an instant is taken as it is', async () => {
  expect((await run('x', '--at', '2026-03-01T10:00:00+05:45')).entered[0]?.at).toEqual(new Date('2026-03-01T04:15:00Z'))
})

test('what is no time is refused before anything is asked', async () => {
  await expect(run('x', '--at', 'yesterday')).rejects.toThrow('Expected a time such as 2026-05-17T10:00:00Z')
})
