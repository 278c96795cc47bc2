import { appendFile, open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { segmentFileName } from '../src/log/position.ts'
import { listSegments } from '../src/log/segments/segments.ts'
import { almanac } from './support/almanac-command.ts'
import {
  createEventClient,
  type EventClient,
  eventClient,
  expectAllStoredOnce,
  ingestHasCaughtUp,
  type Status,
} from './support/event-client.ts'
import { makeScratch } from './support/scratch.ts'
import { callServer, type ServerProcess } from './support/server-process.ts'

/** Damage to the files of the event log, done while no server runs, and what a user hears of it. */

test('damage in the log is reported, kept, and costs nothing that is in the tables', async () => {
  await using scratch = await makeScratch()
  const { dataDir } = scratch
  const first = await scratch.start()
  const client = await createEventClient(first)
  await sendFrames(client, 20)
  await expectAllStoredOnce(first, client)
  const healthy = await almanac(['doctor', '--data-dir', dataDir])
  expect(healthy.stdout).toMatch(/^ok {4}log files: 1 file, 20 frames, .* all intact$/m)
  expect(healthy.stdout).not.toMatch(/FAIL/)
  expect(healthy.exitCode).toBe(0)
  expect(await first.stop()).toBe(0)

  await damageFrameOf(dataDir, [...client.acknowledged][500])
  const second = await scratch.start()
  const more = eventClient(() => second.url, client.secret)
  await sendFrames(more, 1)
  await expectAllStoredOnce(second, { acknowledged: client.acknowledged.union(more.acknowledged) })

  const damaged = await almanac(['doctor', '--data-dir', dataDir])
  expect(damaged.stdout).toMatch(
    /FAIL {2}log files: .* damaged: \d+ bytes at \d+ \(frames damaged\)\n {6}Check the disk\./,
  )
  expect(damaged.exitCode).toBe(1)
  expect(await readdir(join(dataDir, 'log', 'damaged'))).toHaveLength(1)
  expect(await second.stop()).toBe(0)
})

test('what is damaged before ingest has read it is in quarantine, and the rest is stored once', async () => {
  await using scratch = await makeScratch()
  const { dataDir } = scratch
  let server = await scratch.start()
  const { secret, ...first } = await createEventClient(server)

  await sendFramesThatStayInTheLog(server, first)
  const lost = [...first.acknowledged].slice(200, 250)
  await damageFrameOf(dataDir, lost[0])
  server = await scratch.start()
  const second = eventClient(() => server.url, secret)
  await ingestHasCaughtUp(server)

  // The damaged file is sealed now, and gets a second damage in what is stored already; the new one is torn as well.
  const segments = await sendFramesThatStayInTheLog(server, second)
  lost.push(...[...second.acknowledged].slice(400, 450))
  await damageFrameOf(dataDir, lost[50])
  await damageFrameOf(dataDir, [...first.acknowledged][0])
  await appendFile(segments.at(-1) ?? '', 'torn')
  server = await scratch.start()

  const intact = first.acknowledged.union(second.acknowledged).difference(new Set(lost))
  expect(intact.size).toBe(900)
  await expectAllStoredOnce(server, { acknowledged: intact })
  const quarantine = await callServer<{ rows: { reason: string }[] }>(server, '/api/v1/quarantine')
  const reasons = quarantine.rows.map(({ reason }) => reason)
  expect(reasons).toHaveLength(2)
  for (const reason of reasons) expect(reason).toMatch(/^the log is damaged from \d+ to \d+/)
  const doctor = await almanac(['doctor', '--data-dir', dataDir])
  expect(doctor.stdout.match(/frames damaged/g)).toHaveLength(3)
  expect(doctor.exitCode).toBe(1)
  expect(await server.stop()).toBe(0)
})

/** A frame is what one request brings. */
async function sendFrames(client: EventClient, count: number): Promise<void> {
  for (let i = 0; i < count; i++) expect((await client.send(50)).status).toBe(202)
}

/** Ten frames that are acknowledged and not ingested when the server dies: ClickHouse hears nothing. The log's files. */
async function sendFramesThatStayInTheLog(server: ServerProcess, client: EventClient): Promise<string[]> {
  const { engines } = await callServer<Status>(server, '/api/v1/status')
  process.kill(engines.clickhouse.pid, 'SIGSTOP')
  await sendFrames(client, 10)
  await server.kill()
  return segmentFiles(join(server.dataDir, 'log'))
}

async function segmentFiles(folder: string): Promise<string[]> {
  return (await listSegments(folder)).map((base) => join(folder, segmentFileName(base)))
}

/** Flips a byte of the event with that marker, and so makes its whole frame unreadable. */
async function damageFrameOf(dataDir: string, marker = ''): Promise<void> {
  for (const path of await segmentFiles(join(dataDir, 'log'))) {
    const at = (await readFile(path)).indexOf(marker)
    if (at === -1) continue
    await using file = await open(path, 'r+')
    await file.write(Buffer.from('!'), 0, 1, at)
    return
  }
  throw new Error(`no event with ${marker} is in the log of ${dataDir}`)
}
