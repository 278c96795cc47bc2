import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/support/engines.ts'
import { useTestDatabase } from '../../../test/support/use-test-database.ts'
import { buildTestApp, LOCAL_TOKEN, type TestApp } from '../../http/test-app.ts'
import { openUploadBench } from '../../uploads/testing/upload-bench.ts'
import { captured } from '../testing/captured.ts'
import { uploadCommand } from './upload-command.ts'

let db: TestDatabase
useTestDatabase((fresh) => {
  db = fresh
})

let bench: Awaited<ReturnType<typeof openUploadBench>>
let tested: TestApp
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-upload-'))
  bench = await openUploadBench(db)
  tested = await buildTestApp({ uploads: bench.uploads })
})
afterEach(async () => {
  await tested.app.close()
  await bench.close()
  await rm(folder, { recursive: true, force: true })
})

async function run(file: string, content: string, ...flags: string[]) {
  const path = join(folder, file)
  await writeFile(path, content)
  const url = tested.app.server.listening ? urlOf() : await tested.app.listen({ port: 0, host: '127.0.0.1' })
  const { printed, deps } = captured(url, { token: LOCAL_TOKEN })
  const command = uploadCommand(deps)
  command.exitOverride().configureOutput({ writeErr: deps.stderr })
  await command.parseAsync([path, ...flags], { from: 'user' })
  return printed
}

function urlOf(): string {
  const address = tested.app.server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}

const rows = () =>
  bench.ask({ cube: 'monthly_sales', measures: ['rows', 'amount'], from: '2026-01-01', to: '2027-01-01' })

test('a file is a table by one line, and the next one takes its place', async () => {
  const first = await run('Monthly Sales.csv', 'Date,Amount\n2026-05-01,1\n2026-05-02,2\n')
  expect(first).toEqual({ stdout: 'monthly_sales\n', stderr: '2 rows stored.\n' })
  expect(await rows()).toEqual([{ rows: 2, amount: 3 }])
  const second = await run('Monthly Sales.csv', 'Date,Amount\n2026-05-01,9\nsoon,1\n')
  expect(second.stderr).toBe('1 rows stored, 1 left out.\n  line 3, date: expected a date, got "soon"\n')
  expect(await rows()).toEqual([{ rows: 1, amount: 9 }])
})

test('the time and the keys are said by what the file calls them', async () => {
  const text = 'Made,Shipped,Id,Amount\n2026-05-01,2026-06-01,a,1\n2026-05-02,2026-06-02,b,2\n'
  await run('x.csv', text, '--name', 'monthly_sales', '--time', 'Shipped', '--key', 'Id')
  await run('x.csv', 'Made,Shipped,Id,Amount\n2026-05-01,2026-06-03,a,10\n', '--name', 'monthly_sales', '--key', 'Id')
  expect(
    await bench.ask({
      cube: 'monthly_sales',
      measures: ['amount'],
      from: '2026-06-01',
      to: '2026-07-01',
      grain: 'week',
    }),
  ).toMatchObject([{ amount: 12 }, { amount: 0 }, { amount: 0 }, { amount: 0 }, { amount: 0 }])
  await expect(run('y.csv', text, '--name', 'other', '--time', 'Sent')).rejects.toThrow(
    'There is no column "Sent" for --time',
  )
})

test('a file that is not there says so', async () => {
  const { deps } = captured('http://127.0.0.1:1', { token: LOCAL_TOKEN })
  const command = uploadCommand(deps)
  await expect(command.parseAsync([join(folder, 'none.csv')], { from: 'user' })).rejects.toThrow('cannot be read')
})
