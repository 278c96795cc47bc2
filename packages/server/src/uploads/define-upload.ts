import { AppError } from '@almanac/core/errors.ts'
import type { UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import type { LoadMode } from '@almanac/core/uploads/upload-load.ts'
import { command, loadFile } from './load/load-upload.ts'
import { uploadCube } from './store/upload-cube.ts'
import {
  filesInForce,
  listFiles,
  listUploads,
  newTableVersion,
  type StoredUpload,
  saveDefinition,
  type UploadFile,
} from './store/upload-store.ts'
import { dropTableSql, tableName, viewSql } from './store/upload-table.ts'
import type { UploadsDeps } from './uploads-deps.ts'

export interface DefineRequest {
  readonly upload: StoredUpload
  readonly definition: UploadDefinition
  readonly mode: LoadMode
  /** The first one by default, and later those that the table is made of. */
  readonly file?: UploadFile | undefined
  readonly by: string
}

/**
 * Brings a definition in force. Where it changes what is stored, a new table is made of the raw files, and takes the place of the old
 * one when it is whole. Only to be called by who is alone with the upload.
 */
export async function defineUpload(
  deps: UploadsDeps,
  { upload, definition, mode, file, by }: DefineRequest,
): Promise<void> {
  const isSame =
    upload.definition !== null && file === undefined && storedPart(upload.definition) === storedPart(definition)
  const tableVersion = isSame ? upload.tableVersion : await newTableVersion(deps.pool)
  const table = tableName(upload.name, tableVersion)
  // Says what is wrong with it before anything is made.
  uploadCube(upload.name, table, definition)
  if (!isSame) await makeTable(deps, { upload, definition, mode, file, by }, tableVersion)
  await command(deps, viewSql(upload.name, table, definition, deps.place))
  await saveDefinition(deps.pool, upload.id, { definition, tableVersion, mode, by })
  await showCubes(deps, upload.name)
  deps.onChange(upload.name, 0, ALL_TIMES_MS)
}

const ALL_TIMES_MS = Date.UTC(2106, 0, 1)

/** Of a definition all that the rows depend on. */
function storedPart({ timezone, sheet, hasHeader, columns, time, keys }: UploadDefinition): string {
  const stored = columns.map(({ source, name, type, numbers, dates, isPercent, isLeftOut }) => [
    source,
    name,
    type,
    numbers,
    dates,
    isPercent,
    isLeftOut,
  ])
  return JSON.stringify([timezone, sheet, hasHeader, stored, time, keys])
}

async function makeTable(
  deps: UploadsDeps,
  { upload, definition, mode, file, by }: DefineRequest,
  tableVersion: number,
): Promise<void> {
  const all = await listFiles(deps.pool, upload.id)
  const before = upload.definition === null || file ? [] : await filesInForce(deps.pool, upload.id)
  const first = file ?? all[0]
  const loads =
    before.length > 0
      ? before.flatMap(({ fileId, mode, startedBy }) => {
          const found = all.find(({ id }) => id === fileId)
          return found ? [{ file: found, mode: upsertable(mode, definition), by: startedBy }] : []
        })
      : first
        ? [{ file: first, mode: upsertable(mode === 'upsert' ? 'upsert' : 'replace', definition), by }]
        : []
  if (loads.length === 0)
    throw new AppError('invalid_request', `${upload.name} has no file yet`, { hint: 'Upload one first.' })
  try {
    for (const load of loads) await loadFile(deps, { upload, definition, tableVersion, ...load })
  } catch (error) {
    await command(deps, dropTableSql(tableName(upload.name, tableVersion), deps.place)).catch(() => undefined)
    throw error
  }
}

/** Files that were inserted or updated are appended where there are no keys any more. */
const upsertable = (mode: LoadMode, { keys }: UploadDefinition): LoadMode =>
  mode === 'upsert' && keys.length === 0 ? 'append' : mode

/** Brings the cubes of all uploads in force. Throws what the engine says of this one, if it refuses it. */
export async function showCubes(deps: UploadsDeps, name?: string): Promise<void> {
  const uploads = await listUploads(deps.pool)
  await deps.cubes.replaceUploads(uploads.flatMap((upload) => cubeOf(upload)))
  const failure = deps.registry.failures().find((one) => one.name === name)
  if (failure) throw new AppError('query_failed', `The engine refused the cube ${failure.name}: ${failure.reason}`)
}

/** None before its definition was confirmed. */
export function cubeOf({ name, definition, tableVersion }: StoredUpload) {
  return definition === null ? [] : [uploadCube(name, tableName(name, tableVersion), definition)]
}
