import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'

/** What a folder of the workspace holds. Another kind of definition is another row. */
export const KINDS = { cubes: 'cube', endpoints: 'endpoint', boards: 'board', segments: 'segment' } as const
type KindFolder = keyof typeof KINDS
export type DefinitionKind = (typeof KINDS)[KindFolder]

export interface WorkspaceListing {
  /** The files with definitions in order, such as `cubes/sales.ts`. */
  readonly files: readonly string[]
  /** Differs when any file that a definition could import has changed. */
  readonly fingerprint: string
}

const MOST_FILES = 5000

/** Fails with `not_found` when the folder is not there. */
export async function listWorkspace(folder: string): Promise<WorkspaceListing> {
  const all = await allFiles(folder, '')
  const states = await Promise.all(all.map(async (file) => [file, await fileState(join(folder, file))]))
  const isDefinition = (file: string) =>
    Object.hasOwn(KINDS, file.slice(0, file.indexOf('/'))) && /^\w+\/[^/]+(?<!\.test|\.d)\.ts$/.test(file)
  return { files: all.filter(isDefinition), fingerprint: JSON.stringify(states) }
}

export function kindOf(file: string): DefinitionKind {
  return KINDS[file.slice(0, file.indexOf('/')) as KindFolder]
}

/** Without what was installed, and without hidden files. */
async function allFiles(folder: string, below: string): Promise<string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    // A folder inside that has just been removed has no files any more.
    if (cause.code === 'ENOENT' && below !== '') return []
    throw new AppError('not_found', `The workspace ${join(folder, below)} cannot be read: ${cause.message}`, { cause })
  })
  const files: string[] = []
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    const name = `${below}${entry.name}`
    if (entry.isDirectory()) files.push(...(await allFiles(folder, `${name}/`)))
    else files.push(name)
    if (files.length > MOST_FILES) throw tooMany(folder)
  }
  return files
}

/** Two states are equal only when nothing was written in between, even a file of the same size within a millisecond. */
async function fileState(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true })
    return `${ino} ${size} ${mtimeNs} ${ctimeNs}`
  } catch {
    return 'gone'
  }
}

function tooMany(folder: string): AppError {
  return new AppError('invalid_config', `The workspace ${folder} has more than ${MOST_FILES} files`, {
    hint: 'Name a folder of definitions, with cubes/, endpoints/, boards/ and segments/ in it.',
  })
}
