import { AppError } from '@almanac/core/errors.ts'
import { expect, test } from 'vitest'
import { runChecks } from './check.ts'
import { checkClock, checkDisk, checkNode } from './machine-checks.ts'
import {
  checkCubes,
  checkEngine,
  checkIngest,
  checkLogFiles,
  checkLogState,
  checkLogTables,
  checkWorkspaceState,
} from './server-checks.ts'

const NOW = Date.UTC(2026, 4, 17)
const GIB = 1024 ** 3
const LOG = { logId: 'x', segments: 1, frames: 1234, bytes: 99, end: 99, unfinishedBytes: 0, damage: [] }
const WORKSPACE = {
  ...{ folder: '/w', loadedAt: null, files: [], errors: [] },
  ...{ cubes: ['sales'], endpoints: [], boards: [], segments: ['mobile'] },
}
const INGEST = { position: 1, lagBytes: 0, eventsPerSecond: 0, lastBatchAt: null }

test.each([
  { what: 'Node 26', finding: checkNode('26.10.0'), state: 'ok', words: '26.10.0' },
  { what: 'Node 24', finding: checkNode('24.1.0'), state: 'fail', words: '26 is needed' },
  { what: 'much free disk', finding: checkDisk(76 * GIB, GIB / 2), state: 'ok', words: '76.0 GiB free' },
  { what: 'little free disk', finding: checkDisk(2 * GIB, GIB / 2), state: 'warn', words: '2.0 GiB free' },
  { what: 'a full disk', finding: checkDisk(GIB / 4, GIB / 2), state: 'fail', words: 'no new events are taken' },
  { what: 'a right clock', finding: checkClock(NOW, NOW - 1000), state: 'ok', words: '2026-05-17T00:00:00.000Z' },
  { what: 'a clock at 1970', finding: checkClock(5000, undefined), state: 'fail', words: '1970-01-01' },
  { what: 'a clock that went back', finding: checkClock(NOW, NOW + 7200_000), state: 'fail', words: 'was written at' },
  { what: 'an engine', finding: checkEngine({ state: 'ready', restarts: 0 }, 'ok'), state: 'ok', words: 'it answers' },
  {
    what: 'an engine that died',
    finding: checkEngine({ state: 'ready', restarts: 2 }, 'ok'),
    state: 'warn',
    words: '2 times',
  },
  {
    what: 'an engine that does not start',
    finding: checkEngine({ state: 'failed', problem: 'no room' }, 'ok'),
    state: 'fail',
    words: 'it is failed: no room',
  },
  {
    what: 'an engine that is away',
    finding: checkEngine({ state: 'ready' }, 'refused'),
    state: 'fail',
    words: 'refused',
  },
  {
    what: 'a workspace',
    finding: checkWorkspaceState({ ...WORKSPACE, state: 'loaded' }),
    state: 'ok',
    words: '1 cube, 0 endpoints, 0 boards and 1 segment of /w',
  },
  {
    what: 'a workspace with errors',
    finding: checkWorkspaceState({
      ...WORKSPACE,
      state: 'failed',
      errors: [{ file: 'cubes/a.ts', line: 3, message: 'boom' }, { message: 'x' }],
    }),
    state: 'warn',
    words: 'cubes/a.ts:3: boom (and 1 more); what was loaded before is in force',
  },
  {
    what: 'a workspace that is not named',
    finding: checkWorkspaceState({ ...WORKSPACE, folder: null, state: 'remembered' }),
    state: 'warn',
    words: '1 cube, 0 endpoints, 0 boards and 1 segment, as they were loaded last',
  },
  { what: 'a log', finding: checkLogState('open', 'ok'), state: 'ok', words: 'it takes events' },
  { what: 'a full log', finding: checkLogState('full', 'no space'), state: 'fail', words: 'no space' },
  { what: 'log files', finding: checkLogFiles(LOG), state: 'ok', words: '1 file, 1,234 frames, 99 bytes, all intact' },
  {
    what: 'a damaged log',
    finding: checkLogFiles({ ...LOG, damage: [{ from: 10, to: 30, reason: 'frames_damaged' }] }),
    state: 'fail',
    words: '20 bytes at 10 (frames damaged)',
  },
  { what: 'an ingest that is done', finding: checkIngest(INGEST), state: 'ok', words: 'everything' },
  {
    what: 'a slow ingest',
    finding: checkIngest({ ...INGEST, lagBytes: 1e9 }),
    state: 'warn',
    words: '1,000,000,000 bytes',
  },
  {
    what: 'an ingest that fails',
    finding: checkIngest({ ...INGEST, lagBytes: 1, lastError: 'no such table' }),
    state: 'fail',
    words: 'no such table',
  },
  { what: 'settled cubes', finding: checkCubes(0), state: 'ok', words: 'settled' },
  { what: 'many hours to compute', finding: checkCubes(10_000), state: 'warn', words: '10,000 hours' },
  { what: 'tables', finding: checkLogTables({ count: 2, problem: null }), state: 'ok', words: '2 tables' },
  { what: 'no table', finding: checkLogTables({ count: 2, problem: 'Too many' }), state: 'warn', words: 'Too many' },
])('$what: $state', ({ finding, state, words }) => {
  expect(finding.state).toBe(state)
  expect(finding.words).toContain(words)
  if (state !== 'ok') expect(finding.whatToDo).toMatch(/^[A-Z].*/)
})

test('a check that cannot be made is a failure, and the others are made all the same', async () => {
  const findings = await runChecks([
    {
      name: 'a',
      run: () => {
        throw new AppError('not_found', 'There is no folder', { hint: 'Make it.' })
      },
    },
    { name: 'b', run: () => ({ state: 'ok', words: 'fine' }) },
  ])

  expect(findings).toEqual([
    { name: 'a', state: 'fail', words: 'There is no folder', whatToDo: 'Make it.' },
    { name: 'b', state: 'ok', words: 'fine' },
  ])
})
