import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { AppError, type ErrorCode } from '@almanac/core/errors.ts'
import type { UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import type { UploadProposal } from '@almanac/core/uploads/upload-proposal.ts'
import { createClickHouse, translateClickHouseError } from '../../clickhouse/client.ts'
import { insertRows } from '../../clickhouse/insert.ts'
import type { ClickHouseConnection } from '../../engines/start-engines.ts'
import { propose } from '../propose/propose.ts'
import type { ReadChoices } from '../reading/file-rows.ts'
import { openFile } from '../reading/open-file.ts'
import { isGzip, readHead, unpacked } from '../reading/text-file.ts'
import type { LoadCounts } from '../store/upload-store.ts'
import { loadColumns, loadRows } from './load-rows.ts'

/** The thread that reads a file: a large one takes a second for every few megabytes, in which the server has other things to do. */
export type WorkerTask = (ProposeTask | LoadTask) & FileToRead

interface FileToRead {
  readonly path: string
  readonly fileName: string
  /** Of a packed file. */
  readonly mostUnpackedBytes: number
}
interface ProposeTask {
  readonly kind: 'propose'
  readonly choices: ReadChoices
  readonly label: string
  readonly timezone: string
}
interface LoadTask {
  readonly kind: 'load'
  readonly definition: UploadDefinition
  readonly load: number
  readonly receivedAtMs: number
  /** With its database. */
  readonly table: string
  readonly clickhouse: ClickHouseConnection
}

export type WorkerResult = UploadProposal | LoadCounts

export type WorkerMessage =
  | { readonly result: WorkerResult }
  | { readonly refusal: { readonly code: ErrorCode; readonly message: string; readonly hint: string | undefined } }
  | { readonly bug: string }

if (parentPort) {
  const port = parentPort
  const message = await run(workerData as WorkerTask).then(
    (result): WorkerMessage => ({ result }),
    (error): WorkerMessage => {
      if (!(error instanceof AppError))
        return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) }
      return { refusal: { code: error.code, message: error.message, hint: error.hint } }
    },
  )
  port.postMessage(message)
}

async function run(task: WorkerTask): Promise<WorkerResult> {
  if (!isGzip(await readHead(task.path, 2))) return runOn(task.path, task.fileName, task)
  const path = `${task.path}.${crypto.randomUUID()}.unpacked`
  try {
    await pipeline(
      unpacked(createReadStream(task.path), task.mostUnpackedBytes),
      createWriteStream(path, { mode: 0o600 }),
    )
    return await runOn(path, task.fileName.replace(/\.gz$/i, ''), task)
  } finally {
    await rm(path, { force: true })
  }
}

async function runOn(path: string, name: string, task: WorkerTask): Promise<WorkerResult> {
  if (task.kind === 'propose') return propose(await openFile(path, name, task.choices), task)
  const { definition, table, load } = task
  const { sheet, hasHeader } = definition
  const clickhouse = createClickHouse(task.clickhouse)
  try {
    let batches = 0
    const insert = async (rows: readonly string[]) => {
      const token = `upload:${load}:${batches++}`
      await insertRows(clickhouse, { table, columns: loadColumns(definition), rows, token }).catch((error) => {
        throw translateClickHouseError(error)
      })
    }
    return await loadRows(await openFile(path, name, { sheet, hasHeader }), { ...task, insert })
  } finally {
    await clickhouse.close()
  }
}
