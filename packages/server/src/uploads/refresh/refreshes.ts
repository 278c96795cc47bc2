import { AppError } from '@almanac/core/errors.ts'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import { startWorkLoop, type WorkLoop } from '../../background/work-loop.ts'
import type { UploadFile } from '../store/upload-store.ts'
import type { Uploads } from '../uploads.ts'
import { checkedUrl, type Fetched, fetchFile, refuseClosedAddress } from './fetch-file.ts'
import {
  findRefresh,
  listRefreshes,
  noteResult,
  removeRefresh,
  type StoredRefresh,
  saveRefresh,
  takeDue,
} from './refresh-store.ts'
import { type Headers, opened, sealed } from './secret-headers.ts'

/** Files that come from the web, once or again and again. What fails changes nothing, is told, and is tried again in its turn. */
export interface Refreshes {
  /** By the name of the upload. */
  list(): Promise<ReadonlyMap<string, StoredRefresh>>
  find(name: string): Promise<StoredRefresh | undefined>
  /** Fetches a file and keeps it for the upload of that name, which is made where there is none. */
  fetchFirst(request: FirstFetch): Promise<UploadFile>
  /** From now on the upload's files come from there. Headers that are not named stay as they were. */
  follow(name: string, request: FollowRequest): Promise<void>
  forget(name: string): Promise<void>
  /** Fetches it now. Throws what went wrong, which is written down as well. */
  refresh(name: string): Promise<'changed' | 'same'>
}

export interface FollowRequest {
  readonly url: string
  readonly everyMinutes: number
  readonly headers?: Headers | undefined
}

export interface FirstFetch extends FollowRequest {
  readonly name: string
  readonly label: string
  readonly by: string
}

export interface RefreshesDeps {
  readonly pool: Pool
  readonly uploads: Pick<Uploads, 'find' | 'receive' | 'load'>
  readonly key: Uint8Array
  readonly arePrivateAllowed: boolean
  readonly signal: AbortSignal
}

const LONGEST_FETCH_MS = 10 * 60_000

export function createRefreshes(deps: RefreshesDeps): Refreshes {
  const { pool, uploads, key, arePrivateAllowed } = deps

  const get = (
    url: string,
    headers: Headers,
    known: { etag?: string | undefined; lastModified?: string | undefined } = {},
  ) => {
    const signal = AbortSignal.any([deps.signal, AbortSignal.timeout(LONGEST_FETCH_MS)])
    return fetchFile({ url, headers, ...known, arePrivateAllowed, signal })
  }
  const save = async (uploadId: string, { url, everyMinutes }: FollowRequest, headers: Headers) => {
    const names = Object.keys(headers)
    const hidden = names.length > 0 ? sealed(headers, key, uploadId) : null
    await saveRefresh(pool, { uploadId, url, everyMinutes, headers: hidden, headerNames: names })
  }
  const headersOf = ({ headers, uploadId }: StoredRefresh): Headers => (headers ? opened(headers, key, uploadId) : {})

  async function run(refresh: StoredRefresh): Promise<'changed' | 'same'> {
    const { uploadId, name, url, etag, lastModified } = refresh
    try {
      const fetched = await get(url, headersOf(refresh), {
        etag: etag ?? undefined,
        lastModified: lastModified ?? undefined,
      })
      const isChanged = fetched.kind === 'file' && (await take(name, fetched))
      const lastResult = isChanged ? 'changed' : 'same'
      await noteResult(pool, uploadId, { lastResult, ...(fetched.kind === 'file' && tagsOf(fetched)) })
      return lastResult
    } catch (error) {
      const problem = error instanceof AppError ? error.message : 'Something went wrong on our side'
      await noteResult(pool, uploadId, { lastResult: 'failed', problem })
      throw error
    }
  }

  /** False where the bytes are those of the last file: servers that know no tags send them again and again. */
  async function take(name: string, { body, fileName }: Extract<Fetched, { kind: 'file' }>): Promise<boolean> {
    const { loads, files, label } = await uploads.find(name)
    const last = loads.find(({ state }) => state === 'done')
    const known = files.find(({ id }) => id === last?.fileId)
    const { file } = await uploads.receive({ name, label, fileName, origin: 'url', body, by: 'refresh', known })
    if (file === known) return false
    await uploads.load(name, { file: file.id, by: 'refresh', needsRows: true })
    return true
  }

  return {
    list: () => listRefreshes(pool),
    find: (name) => findRefresh(pool, name),
    async fetchFirst({ name, label, by, ...request }) {
      const headers = request.headers ?? {}
      const fetched = await get(checkedUrl(request.url).href, headers)
      if (fetched.kind !== 'file')
        throw new AppError('query_failed', 'The address answered that nothing has changed, to the first question')
      const { upload, file } = await uploads.receive({
        name,
        label,
        fileName: fetched.fileName,
        origin: 'url',
        body: fetched.body,
        by,
      })
      await save(upload.id, request, headers)
      await noteResult(pool, upload.id, { lastResult: 'changed', ...tagsOf(fetched) })
      return file
    },
    async follow(name, request) {
      const { id } = await uploads.find(name)
      await refuseClosedAddress(checkedUrl(request.url), arePrivateAllowed)
      const before = await findRefresh(pool, name)
      // They were given for the machine that they were given for.
      const isSameMachine = before && new URL(before.url).origin === new URL(request.url).origin
      const headers = request.headers ?? (isSameMachine ? headersOf(before) : {})
      await save(id, request, headers)
    },
    async forget(name) {
      const { id } = await uploads.find(name)
      if (!(await removeRefresh(pool, id))) throw new AppError('not_found', `${name} is not fetched from anywhere`)
    },
    async refresh(name) {
      await uploads.find(name)
      const refresh = await findRefresh(pool, name)
      if (!refresh) throw new AppError('not_found', `${name} is not fetched from anywhere`)
      return run(refresh)
    },
  }
}

function tagsOf({ etag, lastModified }: Extract<Fetched, { kind: 'file' }>) {
  return { etag, lastModified }
}

const AT_ONCE = 2

/** Fetches what is due, a few at once. */
export function startRefreshes(
  refreshes: Refreshes,
  { pool, logger }: { readonly pool: Pool; readonly logger: Logger },
): WorkLoop {
  return startWorkLoop({
    run: async () => {
      const due = await takeDue(pool, AT_ONCE)
      await Promise.all(
        due.map((name) =>
          refreshes
            .refresh(name)
            .catch((error) => logger.warn({ err: error, upload: name }, 'a file could not be fetched again')),
        ),
      )
      return due.length > 0
    },
    logger,
    onFailure: 'files could not be fetched again; it is tried again',
  })
}
