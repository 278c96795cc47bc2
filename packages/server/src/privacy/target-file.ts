import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFileDurably } from '../engines/files/durable-file.ts'
import type { RedactionChange } from '../log/redact/redact.ts'
import type { Person, PersonKey } from './person.ts'
import type { HashedPerson } from './person-events.ts'

/**
 * Whose data is being erased and what was found out on the way, in a file of its own that goes with the last step: a
 * database keeps old rows for long in places that nobody can clean.
 */
export interface ErasureTarget {
  readonly key: PersonKey
  /** Once it is known who that is: the links that say so are erased as well. */
  readonly person?: Person
  readonly hashed?: HashedPerson
  readonly redacted?: RedactedLines
  /** What the person's events are part of, found before they are deleted. */
  readonly traces?: Traces
}

/** How many raw lines were taken out of the log, kept so that nothing is lost or counted twice by whoever dies on the way. */
export interface RedactedLines {
  readonly before: number
  /** The last change, which may not have been made; then it is found once more. */
  readonly last: RedactionChange
}

export interface Traces {
  readonly events: number
  /** Starts of hours with events, in seconds. */
  readonly hours: readonly number[]
  readonly stretches: readonly VisitStretch[]
}

/** Where a visitor's visits have to be made anew; times in milliseconds. */
export interface VisitStretch {
  readonly source: string
  readonly environment: string
  readonly visitor: string
  readonly firstAt: number
  readonly lastAt: number
  readonly events: number
}

export interface TargetFiles {
  read(id: string): Promise<ErasureTarget | undefined>
  write(id: string, target: ErasureTarget): Promise<void>
  /** Overwritten first, so that the disk does not keep it where the file was. */
  remove(id: string): Promise<void>
  list(): Promise<string[]>
  /** What writes left behind that were cut short; to be called while none is under way. */
  removeUnfinished(): Promise<void>
}

export function targetFiles(directory: string): TargetFiles {
  const pathOf = (id: string) => join(directory, `${id}.json`)
  const overwrite = async (path: string) => {
    const { size } = await stat(path)
    await writeFile(path, Buffer.alloc(size, ' '), { flag: 'r+', flush: true })
  }
  return {
    read: async (id) => {
      const text = await readFile(pathOf(id), 'utf8').catch(undefinedWhenMissing)
      return text === undefined ? undefined : JSON.parse(text)
    },
    write: async (id, target) => {
      await mkdir(directory, { recursive: true, mode: 0o700 })
      await writeFileDurably(pathOf(id), JSON.stringify(target))
    },
    remove: async (id) => {
      await overwrite(pathOf(id)).catch(undefinedWhenMissing)
      await rm(pathOf(id), { force: true })
    },
    list: async () => {
      const names = (await readdir(directory).catch(undefinedWhenMissing)) ?? []
      return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length))
    },
    removeUnfinished: async () => {
      const names = (await readdir(directory).catch(undefinedWhenMissing)) ?? []
      for (const name of names.filter((name) => !name.endsWith('.json'))) await rm(join(directory, name))
    },
  }
}

function undefinedWhenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
