import { AppError } from '@almanac/core/errors.ts'
import type { UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import type { LoadMode } from '@almanac/core/uploads/upload-load.ts'
import type { UploadProposal } from '@almanac/core/uploads/upload-proposal.ts'
import { cubeOf, defineUpload, showCubes } from './define-upload.ts'
import { command, finishLeftLoads, loadFile, UNPACKED_PER_BYTE } from './load/load-upload.ts'
import { readInThread } from './load/read-in-thread.ts'
import type { ReadChoices } from './reading/file-rows.ts'
import {
  ensureUpload,
  findUpload,
  forgetUpload,
  insertFile,
  isHashUsed,
  lastLoads,
  listFiles,
  listLoads,
  listUploads,
  type StoredLoad,
  type StoredUpload,
  type UploadFile,
  whileAlone,
} from './store/upload-store.ts'
import { dropTableSql, dropViewSql, ownerOf, tableName, uploadTables, viewSql } from './store/upload-table.ts'
import type { UploadsDeps } from './uploads-deps.ts'

/** Tables out of files. Every method but `list` and `receive` throws `not_found` for an upload that there is not. */
export interface Uploads {
  list(): Promise<ListedUpload[]>
  find(name: string): Promise<FoundUpload>
  /** Keeps a file, and makes the upload where there is none of that name. Nothing of it is read yet. */
  receive(file: ReceivedFile): Promise<{ readonly upload: StoredUpload; readonly file: UploadFile }>
  /** What is in a file: by default the newest. */
  propose(
    name: string,
    request: ProposeRequest,
  ): Promise<{ readonly file: UploadFile; readonly proposal: UploadProposal }>
  /** Confirms how the files are read, and makes the table and the cube. */
  define(name: string, request: DefinitionRequest): Promise<void>
  /** Loads a file by the definition that there is. */
  load(name: string, request: LoadNow): Promise<StoredLoad>
  /** With its rows, its raw files and its history. */
  remove(name: string): Promise<void>
}

export interface ListedUpload extends StoredUpload {
  readonly lastLoad: StoredLoad | undefined
  /** In the table now; absent before there is one. */
  readonly rows: number | undefined
  /** Its name is a cube's of the workspace. */
  readonly isHidden: boolean
}

export interface FoundUpload extends ListedUpload {
  /** From the first to the last time of its rows; absent without rows. */
  readonly times: { readonly first: Date; readonly last: Date } | undefined
  readonly loads: readonly StoredLoad[]
  readonly files: readonly UploadFile[]
}

export interface ReceivedFile {
  readonly name: string
  readonly label: string
  readonly fileName: string
  readonly origin: UploadFile['origin']
  readonly body: AsyncIterable<Uint8Array>
  readonly by: string
  /** With the same bytes again, this is the answer, and nothing is written down. */
  readonly known?: UploadFile | undefined
}

export interface ProposeRequest extends ReadChoices {
  readonly file?: string | undefined
  readonly timezone: string
}

export interface DefinitionRequest {
  readonly definition: UploadDefinition
  readonly mode: LoadMode
  /** Absent: the table is made of the files that it was made of. */
  readonly file?: string | undefined
  readonly by: string
}

export interface LoadNow {
  readonly file: string
  /** By default as the upload says. */
  readonly mode?: LoadMode | undefined
  readonly by: string
  readonly needsRows?: boolean
}

/** Longer than a query takes that began with the old table. */
const OLD_TABLE_MS = 60_000

export function createUploads(deps: UploadsDeps): Uploads {
  const { pool, files } = deps

  async function require(name: string): Promise<StoredUpload> {
    const upload = await findUpload(pool, name)
    if (upload) return upload
    throw new AppError('not_found', `There is no upload ${name}`)
  }

  async function fileOf(upload: StoredUpload, id: string | undefined): Promise<UploadFile> {
    const all = await listFiles(pool, upload.id)
    const file = id === undefined ? all[0] : all.find((one) => one.id === id)
    if (file) return file
    throw new AppError(
      'not_found',
      id === undefined ? `${upload.name} has no file yet` : `${upload.name} has no file ${id}`,
    )
  }

  function sweepLater(name: string): void {
    const timer = setTimeout(() => {
      sweep(deps, name).catch((error) =>
        deps.logger.warn({ err: error, name }, 'old tables of an upload could not be dropped'),
      )
    }, OLD_TABLE_MS)
    timer.unref()
    deps.signal.addEventListener('abort', () => clearTimeout(timer))
  }

  return {
    list: async () => {
      const [uploads, last] = await Promise.all([listUploads(pool), lastLoads(pool)])
      const rows = await rowCounts(deps, uploads)
      return uploads.map((upload) => listed(deps, upload, last.get(upload.id), rows))
    },
    async find(name) {
      const upload = await require(name)
      const [loads, all, rows, times] = await Promise.all([
        listLoads(pool, upload.id),
        listFiles(pool, upload.id),
        rowCounts(deps, [upload]),
        timesOf(deps, upload),
      ])
      return { ...listed(deps, upload, loads[0], rows), loads, files: all, times }
    },
    async receive({ name, label, fileName, origin, body, by, known }) {
      await refuseTakenName(deps, name)
      const { hash, sizeBytes } = await files.save(body)
      if (sizeBytes === 0) throw new AppError('invalid_request', `The file ${fileName} is empty`)
      const upload = await ensureUpload(pool, name, label, by)
      if (known?.hash === hash) return { upload, file: known }
      return { upload, file: await insertFile(pool, upload.id, { hash, sizeBytes, fileName, origin, receivedBy: by }) }
    },
    async propose(name, { file: id, timezone, ...choices }) {
      const upload = await require(name)
      const file = await fileOf(upload, id)
      const proposal = await readInThread(
        {
          kind: 'propose',
          path: files.path(file.hash),
          fileName: file.fileName,
          mostUnpackedBytes: files.maxBytes * UNPACKED_PER_BYTE,
          choices,
          label: upload.label,
          timezone,
        },
        deps.signal,
      )
      return { file, proposal }
    },
    async define(name, { definition, mode, file: id, by }) {
      await refuseTakenName(deps, name)
      await whileAlone(pool, name, async () => {
        const upload = await require(name)
        const file = id === undefined ? undefined : await fileOf(upload, id)
        await defineUpload(deps, { upload, definition, mode, file, by })
      })
      sweepLater(name)
    },
    load: (name, { file: id, mode, by, needsRows }) =>
      whileAlone(pool, name, async () => {
        const upload = await require(name)
        const { definition, tableVersion } = upload
        if (!definition) {
          throw new AppError('conflict', `Nobody has said yet how the files of ${name} are to be read`, {
            hint: `Look at the proposal and confirm it, with PUT /api/v1/uploads/${name}/definition or on the page Data.`,
          })
        }
        const file = await fileOf(upload, id)
        const how = mode ?? upload.mode
        const loaded = await loadFile(deps, {
          upload,
          definition,
          tableVersion,
          file,
          mode: how,
          by,
          ...(needsRows && { needsRows }),
        })
        const { firstMs = 0, lastMs = deps.now() } = loaded.counts
        deps.onChange(name, how === 'append' ? firstMs : 0, how === 'append' ? lastMs : LAST_TIME_MS)
        const load = (await listLoads(pool, upload.id)).find(({ id }) => id === loaded.id)
        if (!load) throw new AppError('not_found', `The upload ${name} was removed while a file was loaded`)
        return load
      }),
    remove: (name) =>
      whileAlone(pool, name, async () => {
        const upload = await require(name)
        const all = await listFiles(pool, upload.id)
        await forgetUpload(pool, upload.id)
        await showCubes(deps)
        await command(deps, dropViewSql(name, deps.place))
        for (const { hash } of all) if (!(await isHashUsed(pool, hash))) await files.remove(hash)
        sweepLater(name)
      }),
  }
}

const LAST_TIME_MS = Date.UTC(2106, 0, 1)

function listed(
  { cubes }: UploadsDeps,
  upload: StoredUpload,
  lastLoad: StoredLoad | undefined,
  rows: ReadonlyMap<string, number>,
): ListedUpload {
  return {
    ...upload,
    lastLoad,
    rows: upload.definition ? (rows.get(tableName(upload.name, upload.tableVersion)) ?? 0) : undefined,
    isHidden: cubes.isTaken(upload.name),
  }
}

/** By the name of the table. Where rows are updated, old ones are not yet merged away, and only reading tells. */
async function rowCounts(
  { clickhouse, place }: UploadsDeps,
  uploads: readonly StoredUpload[],
): Promise<ReadonlyMap<string, number>> {
  const result = await clickhouse.query({
    query: `SELECT name, toFloat64(ifNull(total_rows, 0)) AS row_count FROM system.tables
      WHERE database = {database:String} AND startsWith(name, 'upload_')`,
    query_params: { database: place.database },
    format: 'JSONCompactEachRow',
  })
  const counts = new Map(await result.json<[string, number]>())
  const replacing = uploads.filter(({ definition }) => (definition?.keys.length ?? 0) > 0)
  for (const { name, tableVersion } of replacing) {
    const table = tableName(name, tableVersion)
    if (counts.has(table)) counts.set(table, await finalCount(clickhouse, `${place.database}.${table}`))
  }
  return counts
}

async function finalCount(clickhouse: UploadsDeps['clickhouse'], table: string): Promise<number> {
  const query = `SELECT toFloat64(count()) FROM ${table} FINAL`
  const [[count = 0] = []] = await (await clickhouse.query({ query, format: 'JSONCompactEachRow' })).json<[number]>()
  return count
}

async function timesOf(
  { clickhouse, place }: UploadsDeps,
  { name, definition, tableVersion }: StoredUpload,
): Promise<FoundUpload['times']> {
  if (!definition) return undefined
  const final = definition.keys.length > 0 ? ' FINAL' : ''
  const result = await clickhouse.query({
    query: `SELECT toFloat64(count()), toFloat64(toUnixTimestamp64Milli(min(_time))), toFloat64(toUnixTimestamp64Milli(max(_time)))
      FROM ${place.database}.${tableName(name, tableVersion)}${final}`,
    format: 'JSONCompactEachRow',
  })
  const [[count, first, last] = [0, 0, 0]] = await result.json<[number, number, number]>()
  return count === 0 ? undefined : { first: new Date(first), last: new Date(last) }
}

/** Names that views for people's SQL have, or that are a cube's. */
async function refuseTakenName(deps: UploadsDeps, name: string): Promise<void> {
  if (await findUpload(deps.pool, name)) return
  const result = await deps.clickhouse.query({
    query: 'SELECT name FROM system.tables WHERE database = {views:String} AND name = {name:String}',
    query_params: { views: deps.place.views, name },
    format: 'JSONCompactEachRow',
  })
  const isTable = (await result.json()).length > 0
  const isCube = deps.registry.definitions().some((cube) => cube.name === name)
  if (!isTable && !isCube && !RESERVED.test(name)) return
  throw new AppError('conflict', `The name ${name} is taken by ${isCube ? 'a cube' : 'a table'} that is no upload`, {
    hint: `Choose another name, such as my_${name}.`,
  })
}

/** What a later version may bring. */
const RESERVED = /^(almanac|cube|upload|system|information_schema)(_|$)/

/** Drops the tables of a name that no definition names any more. */
async function sweep(deps: UploadsDeps, name: string): Promise<void> {
  await whileAlone(deps.pool, name, async () => {
    const upload = await findUpload(deps.pool, name)
    const current = upload?.definition ? tableName(name, upload.tableVersion) : undefined
    for (const table of await uploadTables(deps.clickhouse, deps.place)) {
      if (ownerOf(table) === name && table !== current) await command(deps, dropTableSql(table, deps.place))
    }
  })
}

/** What a server that died has left undone, and the cubes. Before questions are answered. */
export async function openUploads(deps: UploadsDeps): Promise<Uploads> {
  await finishLeftLoads(deps)
  const names = new Set((await uploadTables(deps.clickhouse, deps.place)).flatMap((table) => ownerOf(table) ?? []))
  for (const name of names) await sweep(deps, name)
  for (const { name, definition, tableVersion } of await listUploads(deps.pool)) {
    if (definition) await command(deps, viewSql(name, tableName(name, tableVersion), definition, deps.place))
  }
  return createUploads(deps)
}

/** Of all uploads, for the first bringing in force. */
export async function uploadCubes(pool: UploadsDeps['pool']) {
  return (await listUploads(pool)).flatMap(cubeOf)
}
