import type { UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import type { FileLoad, LoadMode } from '@almanac/core/uploads/upload-load.ts'
import type { UploadProposal } from '@almanac/core/uploads/upload-proposal.ts'
import { queryOptions } from '@tanstack/react-query'
import { errorOfAnswer, unreachable } from './api-error.ts'
import { request } from './request.ts'

/** Tables out of files. */

export interface UploadLoad extends FileLoad {
  readonly file: string
  readonly startedAt: string
  readonly finishedAt: string | null
}

export interface UploadFile {
  readonly id: string
  readonly fileName: string
  readonly sizeBytes: number
  readonly origin: UploadLoad['origin']
  readonly receivedAt: string
}

export interface UploadRefresh {
  readonly url: string
  readonly everyMinutes: number
  readonly headerNames: readonly string[]
  readonly nextAt: string
  readonly lastAt: string | null
  readonly lastResult: 'changed' | 'same' | 'failed' | null
  readonly problem: string | null
  readonly failures: number
}

export interface Upload {
  readonly name: string
  readonly label: string
  readonly isDefined: boolean
  readonly isHidden: boolean
  readonly rows: number | null
  readonly mode: LoadMode
  readonly keys: readonly string[]
  readonly createdAt: string
  readonly updatedAt: string
  readonly lastLoad: Omit<UploadLoad, 'misfits'> | null
  readonly refresh: UploadRefresh | null
}

export interface WholeUpload extends Upload {
  readonly definition: UploadDefinition | null
  readonly times: { readonly first: string; readonly last: string } | null
  readonly loads: readonly UploadLoad[]
  readonly files: readonly UploadFile[]
}

export interface Received {
  readonly upload: Upload
  readonly file: UploadFile
  readonly proposal?: UploadProposal
  readonly load?: UploadLoad
}

const ROOT = '/api/v1/uploads'
const pathOf = (name: string) => `${ROOT}/${encodeURIComponent(name)}`

export const uploadsQuery = queryOptions({
  queryKey: ['uploads'],
  queryFn: ({ signal }) => request<{ uploads: Upload[] }>(ROOT, { signal }).then(({ uploads }) => uploads),
  refetchInterval: 15_000,
})

export const uploadQuery = (name: string) =>
  queryOptions({
    queryKey: ['uploads', name],
    queryFn: ({ signal }) => request<{ upload: WholeUpload }>(pathOf(name), { signal }).then(({ upload }) => upload),
  })

export interface ProposalChoices {
  readonly file?: string | undefined
  readonly sheet?: string | undefined
  readonly hasHeader?: boolean | undefined
}

export const proposalQuery = (name: string, { file, sheet, hasHeader }: ProposalChoices) =>
  queryOptions({
    queryKey: ['upload-proposal', name, file ?? null, sheet ?? null, hasHeader ?? null],
    queryFn: ({ signal }) => {
      const search = new URLSearchParams({
        timezone: hereZone(),
        ...(file !== undefined && { file }),
        ...(sheet !== undefined && { sheet }),
        ...(hasHeader !== undefined && { hasHeader: String(hasHeader) }),
      })
      return request<{ file: UploadFile; proposal: UploadProposal }>(`${pathOf(name)}/proposal?${search}`, { signal })
    },
    // A file never changes.
    staleTime: Number.POSITIVE_INFINITY,
  })

const hereZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

export interface FileToSend {
  readonly name: string
  readonly label: string
  readonly file: File
  readonly mode: LoadMode | undefined
}

/** Sends a file and tells how much of it has gone, from 0 to 1. `fetch` cannot say that. */
export function sendFile(
  { name, label, file, mode }: FileToSend,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Received> {
  const search = new URLSearchParams({
    name,
    label,
    fileName: file.name.slice(0, 200),
    timezone: hereZone(),
    ...(mode && { mode }),
  })
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest()
    sending.open('POST', `${ROOT}?${search}`)
    sending.setRequestHeader('content-type', 'application/octet-stream')
    sending.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    sending.onerror = () => reject(unreachable())
    sending.onabort = () => reject(signal.reason)
    sending.onload = () => {
      if (sending.status < 200 || sending.status >= 300) reject(errorOfAnswer(sending.status, sending.responseText))
      else resolve(JSON.parse(sending.responseText) as Received)
    }
    signal.addEventListener('abort', () => sending.abort())
    sending.send(file)
  })
}

export interface AddressToFetch {
  readonly name: string
  readonly label: string
  readonly url: string
  readonly everyMinutes: number
  readonly headers?: Readonly<Record<string, string>>
}

export const fetchFirst = (body: AddressToFetch) =>
  request<Received>(`${ROOT}/from-url`, { method: 'POST', body: { ...body, timezone: hereZone() } })

export const defineUpload = (name: string, body: { definition: UploadDefinition; mode: LoadMode; file?: string }) =>
  request<{ upload: WholeUpload }>(`${pathOf(name)}/definition`, { method: 'PUT', body }).then(({ upload }) => upload)

export const followAddress = (
  name: string,
  body: { url: string; everyMinutes: number; headers?: Record<string, string> },
) => request<{ upload: WholeUpload }>(`${pathOf(name)}/refresh`, { method: 'PUT', body })

export const refreshNow = (name: string) =>
  request<{ result: 'changed' | 'same' }>(`${pathOf(name)}/refresh`, { method: 'POST' }).then(({ result }) => result)

export const forgetAddress = (name: string) => request<void>(`${pathOf(name)}/refresh`, { method: 'DELETE' })
export const removeUpload = (name: string) => request<void>(pathOf(name), { method: 'DELETE' })
