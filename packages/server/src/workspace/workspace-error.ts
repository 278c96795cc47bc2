import { isAbsolute, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { AppError, type Issue } from '@almanac/core/errors.ts'

/** Something wrong in a workspace. */
export interface WorkspaceError {
  /** Relative to the workspace, with `/`; absent when it is about all of it. */
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** Inside of a definition, such as `['measures', 'revenue', 'of']`. */
  readonly path?: Issue['path']
  readonly message: string
}

/** As people read it: `cubes/sales.ts:4: measures.revenue: expected …`. */
export function workspaceErrorText({ file, line, path, message }: WorkspaceError): string {
  const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}: `
  return `${place}${path && path.length > 0 ? `${path.join('.')}: ` : ''}${message}`
}

/** What was thrown while `file` was loaded, with the place in the workspace where it was. */
export function errorsOf(error: unknown, file: string, folder: string): WorkspaceError[] {
  const place = { file, ...placeOf(error, folder) }
  if (error instanceof AppError && error.issues.length > 0) {
    return error.issues.map(({ path, message }) => ({ ...place, path, message }))
  }
  return [{ ...place, message: messageOf(error) }]
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return `it threw ${inspect(error, { depth: 0 })}`
  const isOfNode = 'code' in error && String(error.code).startsWith('ERR_')
  // The runtime's own words are sentences; without the name, `x is not defined` would be one, too, but `boom` would not.
  return isOfNode || error instanceof SyntaxError || error instanceof AppError
    ? error.message
    : `${error.name}: ${error.message}`
}

/** The first place in the folder that the stack names. Syntax errors have it above the stack. */
function placeOf(error: unknown, folder: string): Pick<WorkspaceError, 'file' | 'line' | 'column'> {
  const text = error instanceof Error ? `${error.stack}\n${inspect(error, { customInspect: false })}` : ''
  for (const { groups } of text.matchAll(PLACE)) {
    const path = pathOf(groups?.file ?? '')
    const name = path === undefined ? undefined : nameIn(folder, path)
    if (name === undefined) continue
    const column = groups?.column
    return { file: name, line: Number(groups?.line), ...(column !== undefined && { column: Number(column) }) }
  }
  return {}
}

const PLACE = /(?<file>(?:file:\/\/)?\/[^\n:()]*\.ts):(?<line>\d+)(?::(?<column>\d+))?/g

function pathOf(text: string): string | undefined {
  if (!text.startsWith('file:')) return text
  return URL.canParse(text) ? fileURLToPath(text) : undefined
}

/** Undefined for files that are not the workspace's own. */
function nameIn(folder: string, path: string): string | undefined {
  const name = relative(folder, path)
  if (name === '' || name.startsWith('..') || isAbsolute(name)) return undefined
  const parts = name.split(sep)
  return parts.includes('node_modules') ? undefined : parts.join('/')
}
