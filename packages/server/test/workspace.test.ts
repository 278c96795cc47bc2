import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { almanac } from './support/almanac-command.ts'
import { createEventClient, ingestHasCaughtUp, postEvents } from './support/event-client.ts'
import { eventually } from './support/processes.ts'
import { makeScratch } from './support/scratch.ts'
import { callServer, startServerProcess } from './support/server-process.ts'

test('a workspace as a person makes it: init, check, start, ask, change, and a command without the folder', async () => {
  await using scratch = await makeScratch()
  const folder = join(scratch.path, 'analytics')
  expect(await almanac(['workspace', 'init', folder])).toMatchObject({ exitCode: 0 })
  expect(await almanac(['workspace', 'check', folder])).toEqual({
    exitCode: 0,
    stdout: [
      'boards/downloads.ts: board downloads',
      'cubes/downloads.ts: cube downloads',
      'endpoints/downloads.ts: endpoint /downloads/{period}',
      'segments/dach.ts: segment dach',
      '',
    ].join('\n'),
    stderr: `4 files without errors in ${folder}\n`,
  })

  const server = await startServerProcess(scratch.dataDir, ['--workspace', folder])
  try {
    const { secret } = await createEventClient(server)
    const events = ['ada', 'ada', 'bob'].map((userId) => ({ name: 'download', userId, time: '2026-01-05T10:00:00Z' }))
    const sent = await postEvents(server.url, secret, JSON.stringify(events))
    expect(sent.status, await sent.text()).toBe(202)
    await ingestHasCaughtUp(server)
    const address = '/api/downloads/week?start=2026-01-05&end=2026-01-12'
    await eventually('the events are in the answer', async () => {
      const { figures } = await callServer<{ figures: { downloads: number }[] }>(server, address)
      return figures[0]?.downloads === 3
    })
    expect(await callServer(server, address)).toEqual({
      start: '2026-01-05',
      end: '2026-01-12',
      figures: [{ period: '2026-01-05', downloads: 3, people: 2 }],
    })

    const endpoint = join(folder, 'endpoints/downloads.ts')
    await writeFile(endpoint, (await readFile(endpoint, 'utf8')).replace('downloads: column', 'times: column'))
    await eventually('the change is in force', async () => {
      const { figures } = await callServer<{ figures: object[] }>(server, address)
      return JSON.stringify(figures) === '[{"period":"2026-01-05","times":3,"people":2}]'
    })

    await writeFile(join(folder, 'cubes/web.ts'), `import './nothing.ts'`)
    await eventually('the error is known', async () => {
      const { state } = await callServer<{ state: string }>(server, '/api/v1/workspace')
      return state === 'failed'
    })
    const checked = await almanac(['workspace', 'check', folder])
    expect([checked.exitCode, checked.stdout]).toEqual([
      1,
      expect.stringMatching(/^cubes\/web\.ts: Cannot find module/),
    ])
  } finally {
    await server.stop()
  }

  // This starts a server for itself, which does not know the folder.
  const flags = ['--measures', 'downloads', '--from', '2026-01-05', '--to', '2026-01-12', '--format', 'json']
  const asked = await almanac(['query', '--cube', 'downloads', ...flags, '--data-dir', scratch.dataDir])
  expect(asked.stderr).toBe('')
  expect(asked.stdout).toContain('3')
})

test('a board of a file is shown and follows the file; its code makes the same board again', async () => {
  await using scratch = await makeScratch()
  const folder = join(scratch.path, 'analytics')
  const file = join(folder, 'boards/downloads.ts')
  const data = ['--data-dir', scratch.dataDir]
  await almanac(['workspace', 'init', folder])
  const server = await startServerProcess(scratch.dataDir, ['--workspace', folder])
  try {
    const shown = () => callServer<BoardAnswer>(server, '/api/v1/boards/downloads')
    const { board } = await shown()
    expect(await shown()).toMatchObject({ title: 'Downloads', origin: 'workspace', mayEdit: false, problems: [] })

    await almanac(['boards', 'export', 'downloads', '--out', file, ...data])
    await writeFile(file, (await readFile(file, 'utf8')).replace(`title: 'Downloads'`, `title: 'Per day'`))
    await eventually('the change is shown', async () => (await shown()).title === 'Per day')
    expect(await shown()).toMatchObject({ board: { ...board, title: 'Per day' } })

    const imported = await almanac(['boards', 'import', file, ...data])
    expect(imported.stdout).toBe('per-day\n')
    const made = await callServer<BoardAnswer>(server, '/api/v1/boards/per-day')
    expect(made).toMatchObject({ origin: 'made', board: (await shown()).board })
  } finally {
    await server.stop()
  }
})

interface BoardAnswer {
  readonly title: string
  readonly board: object
}
