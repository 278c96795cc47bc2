import { AppError } from '@almanac/core/errors.ts'
import type { UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import type { LoadMode } from '@almanac/core/uploads/upload-load.ts'
import { translateClickHouseError } from '../../clickhouse/client.ts'
import { isThere } from '../store/raw-files.ts'
import {
  beginLoad,
  endLoad,
  type LoadCounts,
  noteCounts,
  type StoredUpload,
  type UploadFile,
  unfinishedLoads,
  whileAlone,
} from '../store/upload-store.ts'
import {
  createTableSql,
  dropTableSql,
  emptySql,
  hasLoad,
  stagingName,
  tableName,
  takeOverSql,
} from '../store/upload-table.ts'
import type { UploadsDeps } from '../uploads-deps.ts'
import { readInThread } from './read-in-thread.ts'

export interface LoadRequest {
  readonly upload: Pick<StoredUpload, 'id' | 'name'>
  readonly definition: UploadDefinition
  readonly tableVersion: number
  readonly file: UploadFile
  readonly mode: LoadMode
  readonly by: string
  /** A file without rows is a mistake where nobody is looking. */
  readonly needsRows?: boolean
}

/** Files that hold more than this when they are unpacked are not what they say. */
export const UNPACKED_PER_BYTE = 20

/**
 * Loads a file into the table of that version: readers see all of its rows or none. Only to be called by who is alone with the
 * upload. A failure is written down with the load, and changes nothing else.
 */
export async function loadFile(
  deps: UploadsDeps,
  request: LoadRequest,
): Promise<{ readonly id: number; readonly counts: LoadCounts }> {
  const { pool } = deps
  const { upload, tableVersion, file, mode, by, definition } = request
  if (mode === 'upsert' && definition.keys.length === 0) {
    throw new AppError(
      'invalid_request',
      `${upload.name} has no key columns, so that rows cannot be told apart to update them`,
      {
        hint: 'Name key columns in its definition, or append.',
      },
    )
  }
  const id = await beginLoad(pool, upload.id, { fileId: file.id, tableVersion, mode, by })
  try {
    const counts = await stage(deps, request, id)
    await endLoad(pool, id)
    return { id, counts }
  } catch (error) {
    const known = error instanceof AppError ? error : undefined
    const problem = known?.message ?? (deps.signal.aborted ? 'The server stopped' : 'Something went wrong on our side')
    await endLoad(pool, id, problem).catch(() => undefined)
    throw error
  }
}

async function stage(deps: UploadsDeps, request: LoadRequest, id: number): Promise<LoadCounts> {
  const { clickhouse, place, files, pool } = deps
  const { upload, definition, tableVersion, file, mode } = request
  const table = tableName(upload.name, tableVersion)
  const staging = stagingName(table, id)
  if (!(await isThere(files.path(file.hash)))) {
    throw new AppError('not_found', `The raw file ${file.fileName} is not in the data directory any more`, {
      hint: 'Upload it again.',
    })
  }
  try {
    await command(deps, createTableSql(table, definition, place))
    await command(deps, createTableSql(staging, definition, place))
    const counts = await readInThread(
      {
        kind: 'load',
        path: files.path(file.hash),
        fileName: file.fileName,
        mostUnpackedBytes: files.maxBytes * UNPACKED_PER_BYTE,
        definition,
        load: id,
        receivedAtMs: file.receivedAt.getTime(),
        table: `${place.database}.${staging}`,
        clickhouse: deps.connection,
      },
      deps.signal,
    )
    refuseNothing(counts, request)
    await noteCounts(pool, id, counts)
    if (counts.rowsStored > 0) await command(deps, takeOverSql(table, staging, mode, place))
    else if (mode === 'replace') await command(deps, emptySql(table, place))
    return counts
  } finally {
    await clickhouse
      .command({ query: dropTableSql(staging, place) })
      .catch((error) =>
        deps.logger.warn(
          { err: error, staging },
          'a table of an upload could not be dropped; it goes at the next start',
        ),
      )
  }
}

/** Where everything was left out, the definition does not fit the file, and what was there before is worth more. */
function refuseNothing({ rowsRead, rowsStored, misfits }: LoadCounts, { needsRows, file }: LoadRequest): void {
  if (rowsStored > 0 || (rowsRead === 0 && !needsRows)) return
  if (rowsRead === 0)
    throw new AppError('invalid_request', `The file ${file.fileName} has no rows; those from before are kept`)
  const first = misfits.find(({ line }) => line > 0)
  throw new AppError('invalid_request', `None of the ${rowsRead} rows of ${file.fileName} fits; nothing was changed`, {
    hint:
      first &&
      `Line ${first.line}${first.column ? `, column ${first.column}` : ''}: ${first.reason}, got "${first.value}".`,
  })
}

export async function command({ clickhouse }: Pick<UploadsDeps, 'clickhouse'>, query: string): Promise<void> {
  await clickhouse.command({ query }).catch((error) => {
    throw translateClickHouseError(error)
  })
}

/** Loads that a server has left when it died: those whose rows are there are done, the others never were. */
export async function finishLeftLoads(deps: UploadsDeps): Promise<void> {
  for (const { name } of await unfinishedLoads(deps.pool)) {
    await whileAlone(deps.pool, name, async () => {
      for (const { id, tableVersion } of (await unfinishedLoads(deps.pool)).filter((load) => load.name === name)) {
        const isDone = await hasLoad(deps.clickhouse, tableName(name, tableVersion), id, deps.place)
        await endLoad(deps.pool, id, isDone ? undefined : 'The server stopped while it was loaded')
      }
    })
  }
}
