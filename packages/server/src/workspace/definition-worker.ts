import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { WORKSPACE_MODULES } from './files/workspace-modules.ts'
import { plainJson } from './plain-data.ts'
import { errorsOf, type WorkspaceError } from './workspace-error.ts'

/**
 * The thread that runs the files of a workspace. Each load has a new one: it knows no module yet, so that a change in a file
 * that is imported is seen, and it can be ended when a file hangs.
 */
export interface WorkerTask {
  /** Its real path. */
  readonly folder: string
  readonly files: readonly string[]
}

export interface LoadedExport {
  /** As the file calls it; with its place when it is an item of a list. */
  readonly name: string
  readonly json: string
}

export type WorkerReport =
  | { readonly type: 'loading'; readonly file: string }
  | { readonly type: 'loaded'; readonly file: string; readonly exports: readonly LoadedExport[] }
  | { readonly type: 'failed'; readonly file: string; readonly errors: readonly WorkspaceError[] }
  | { readonly type: 'end' }

const { folder, files }: WorkerTask = workerData
const report = (message: WorkerReport) => parentPort?.postMessage(message)

registerHooks({
  resolve(specifier, context, next) {
    const url = WORKSPACE_MODULES.get(specifier)
    if (url !== undefined) return { url, format: 'module-typescript', shortCircuit: true }
    if (specifier === 'almanac' || specifier.startsWith('almanac/')) throw unknownModule(specifier)
    const found = next(specifier, context)
    // Whatever a package.json says or does not say: definitions are modules.
    const isOfWorkspace = found.url.startsWith(FOLDER_URL) && !found.url.includes('/node_modules/')
    return isOfWorkspace && found.url.endsWith('.ts') ? { ...found, format: 'module-typescript' } : found
  },
})
const FOLDER_URL = `${pathToFileURL(folder)}/`

// Before the first file, so that the time for it is not counted as that file's.
for (const url of WORKSPACE_MODULES.values()) await import(url)

for (const file of files) {
  report({ type: 'loading', file })
  try {
    const module = await import(pathToFileURL(join(folder, file)).href)
    report({ type: 'loaded', file, exports: Object.entries(module).flatMap(toExports) })
  } catch (error) {
    report({ type: 'failed', file, errors: errorsOf(error, file, folder) })
  }
}
report({ type: 'end' })

function toExports([name, value]: [string, unknown]): LoadedExport[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => toExports([`${name}[${i}]`, item]))
  try {
    return [{ name, json: plainJson(value) }]
  } catch (error) {
    throw new TypeError(`the export "${name}" is no definition: ${error instanceof Error ? error.message : error}`)
  }
}

function unknownModule(specifier: string): Error {
  return new Error(`there is no module ${specifier}: expected one of ${[...WORKSPACE_MODULES.keys()].join(', ')}`)
}
