import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { captured, listening } from '../testing/captured.ts'
import { peopleCommand } from './people-command.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-people-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** The command against a server that answers as it is told; what it asked and printed. */
async function run(args: readonly string[], listener: RequestListener = (_request, response) => response.end('{}')) {
  const asked: string[] = []
  const url = await listening(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    asked.push(`${request.method} ${request.url} ${body}`)
    listener(request, response)
  })
  const { printed, deps } = captured(url)
  const command = peopleCommand({ ...deps, defaultDataDir: folder })
  const outcome = await command.parseAsync(args, { from: 'user' }).then(
    () => undefined,
    (error: Error) => error.message,
  )
  return { ...printed, asked, error: outcome }
}

test.each([{ args: [] }, { args: ['--user', 'ada', '--visitor', '7'] }])(
  'people find $args names nobody, and asks nothing',
  async ({ args }) => {
    const { error, asked } = await run(['find', ...args])
    expect(error).toBe('Expected exactly one of --user, --anonymous and --visitor')
    expect(asked).toEqual([])
  },
)

test('without --yes nothing is erased', async () => {
  const found = { person: { visitors: ['7'] }, events: 3, firstAt: 'then', lastAt: 'now', sources: [] }
  const { error, asked } = await run(['erase', '--anonymous', 'd1'], (_request, response) =>
    response.end(JSON.stringify(found)),
  )
  expect(error).toBe('This erases 3 events of 1 visitor from then to now, raw data included, for good')
  expect(asked).toEqual(['POST /api/v1/people/find {"anonymousId":"d1"}'])
})

const END = '{"type":"end","events":1,"logLines":2}\n'
const PERSON = '{"type":"person","visitors":["7"]}\n'

test('an export goes into a new file that only its owner can read', async () => {
  const out = join(folder, 'ada.ndjson')
  const { error, stderr, stdout } = await run(['export', '--user', 'ada', '--out', out], (_request, response) =>
    response.end(PERSON + END),
  )
  expect({ error, stdout, stderr }).toEqual({ error: undefined, stdout: '', stderr: '1 event and 2 raw lines\n' })
  expect(await readFile(out, 'utf8')).toBe(PERSON + END)
  expect((await stat(out)).mode & 0o777).toBe(0o600)
})

test('a file that is there already is not replaced', async () => {
  const out = join(folder, 'ada.ndjson')
  await writeFile(out, 'kept')
  const { error, asked } = await run(['export', '--user', 'ada', '--out', out])
  expect(error).toMatch(/^The export can't be written: EEXIST/)
  expect(asked).toEqual([])
  expect(await readFile(out, 'utf8')).toBe('kept')
})

test('an export that ends in the middle is an error', async () => {
  const { error, stdout } = await run(['export', '--user', 'ada'], (_request, response) => response.end(PERSON))
  expect(error).toBe('The export ended in the middle and is not whole')
  expect(stdout).toBe(PERSON)
})
